"""What templates, search and exports receive: everything chosen, worded and ordered for one language.

`Chosen` is a text with the language it is in when that is not the page's; templates mark it with `lang`. Paths are
relative to the site's root.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Chosen(NamedTuple):
    """A text as shown. `lang` is None when it is in the page's language; `stale`: the text that it was translated from has
    changed since."""

    text: str
    lang: str | None = None
    stale: bool = False

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


class Link(NamedTuple):
    """A name and where it leads."""

    id: str
    name: Chosen
    path: str


class ThresholdView(NamedTuple):
    """How easy it is to get in: the code (for markup and icons), a short label and a plain sentence."""

    code: str
    label: str
    sentence: str


class PhoneView(NamedTuple):
    """A phone number: as people write it, as a telephone link needs it, and what a caller wants to know before calling."""

    display: str
    tel: str
    description: Chosen | None
    facts: tuple[str, ...]
    hours: tuple[Chosen, ...]


class ChannelView(NamedTuple):
    """A chat or a booking; `url` is "" when its address is not known."""

    url: str
    host: str
    description: Chosen | None
    facts: tuple[str, ...]
    hours: tuple[Chosen, ...]


class LocationView(NamedTuple):
    """A place; a confidential one has neither name nor lines."""

    name: Chosen | None
    lines: tuple[str, ...]
    confidential: bool
    description: Chosen | None
    accessibility: Chosen | None


class Facets(NamedTuple):
    """What the finder's filters ask of a service: ids of terms, and whether it is known to be free and anonymous."""

    topics: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    free: bool = False
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A service in a list."""

    id: str
    path: str
    name: Chosen
    door_name: Chosen | None
    summary: Chosen
    threshold: ThresholdView
    areas: str
    organization: Chosen
    phone: PhoneView | None
    sensitive: bool
    facets: Facets = field(default_factory=Facets)


@dataclass(frozen=True, slots=True)
class ServiceView:
    """A service page, in the order in which it answers."""

    card: Card
    title: str
    meta_description: str
    alert: Chosen | None
    status: str
    description: tuple[Chosen, ...]
    audience: Chosen | None
    not_for: Chosen | None
    ages: str
    target_groups: tuple[Link, ...]
    steps: tuple[Chosen, ...]
    first_contact: Chosen | None
    note: Chosen | None
    referrers: str
    municipalities: str
    phones: tuple[PhoneView, ...]
    phones_from: Chosen | None
    chat: ChannelView | None
    booking: ChannelView | None
    email: str
    url: str
    url_host: str
    hours: tuple[Chosen, ...]
    exceptions: tuple[Chosen, ...]
    locations: tuple[LocationView, ...]
    channels: tuple[Chosen, ...]
    accessibility: Chosen | None
    staff: Chosen | None
    cost: str
    fees: Chosen | None
    anonymous: str
    languages: str
    interpretation: Chosen | None
    before: tuple[Card, ...]
    beside: tuple[Card, ...]
    after: tuple[Card, ...]
    organization: Link
    topics: tuple[Link, ...]
    areas: tuple[Link, ...]
    assured: str
    assured_age: str
    sources: tuple[Chosen, ...]
    keywords: tuple[str, ...]
    fallback: str
    stale: bool = False
    now: str = ""
    way_in: str = ""
    meanwhile: tuple[Card, ...] = ()
    ask: str = ""
    ask_at_door: Chosen | None = None


class Group(NamedTuple):
    """Cards under one heading: the threshold says how easy it is to get in and why they stand together."""

    threshold: ThresholdView
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ListView:
    """A topic, a target group, an area or an organization, with its services, the lowest threshold first."""

    kind: str
    id: str
    path: str
    name: Chosen
    title: str
    summary: Chosen | None
    description: tuple[Chosen, ...]
    groups: tuple[Group, ...]
    icon: str = ""
    professional_name: Chosen | None = None
    wider: tuple[Group, ...] = ()
    wider_name: Chosen | None = None
    contact: OrganizationContact | None = None
    size: int = 0


class PathStop(NamedTuple):
    """A service on a topic's whole way, with its number in the picture and the id of the area whose lane it stands in."""

    number: int
    card: Card
    area: str


class PathStage(NamedTuple):
    """A stage of a whole way (`paths.STAGES`): its name, a sentence, and its services."""

    code: str
    name: str
    sentence: str
    stops: tuple[PathStop, ...]


@dataclass(frozen=True, slots=True)
class PathView:
    """The whole way of a topic; `edges`: from which number a way leads to which; `areas`: the widest first. `title` is
    as discreet as the topic's."""

    id: str
    path: str
    name: str
    title: str
    topic: ListView
    stages: tuple[PathStage, ...]
    edges: tuple[tuple[int, int], ...]
    areas: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class OrganizationContact:
    """How to reach an organization, and how fresh that is."""

    phones: tuple[PhoneView, ...]
    email: str
    url: str
    url_host: str
    locations: tuple[LocationView, ...]
    areas: str
    assured: str
    sources: tuple[Chosen, ...]


class FreshnessView(NamedTuple):
    """How fresh the facts are, measured: of `total` services `checked` were confirmed within `months`. `organization` is
    None for the whole site; `sentence` says the two numbers; `oldest` is the oldest date in words, "" when none is known."""

    organization: Link | None
    total: int
    checked: int
    months: int
    sentence: str
    oldest: str


class RetiredView(NamedTuple):
    """A service that has no page any more: its name, since when ("" when not known), and what helps instead."""

    id: str
    name: Chosen
    date: str
    replaced_by: Card | None


@dataclass(frozen=True, slots=True)
class TestedView:
    """What the accessibility statement says of the tests: when, the figures of axe-core, what else was tested."""

    when: str
    facts: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteView:
    """One language's whole site: what every page needs, and all services and lists. `anyone`: a service that answers
    everyone by phone, for those who found nothing."""

    language: str
    direction: str
    name: str
    notice: str
    exit_url: str
    emergency: tuple[tuple[PhoneView, str, str], ...]
    thresholds: tuple[ThresholdView, ...]
    services: dict[str, ServiceView] = field(default_factory=dict)
    topics: tuple[ListView, ...] = ()
    paths: tuple[PathView, ...] = ()
    target_groups: tuple[ListView, ...] = ()
    areas: tuple[ListView, ...] = ()
    organizations: tuple[ListView, ...] = ()
    channels: tuple[Link, ...] = ()
    anyone: Card | None = None
    all_services: tuple[Group, ...] = ()
    freshness: tuple[FreshnessView, ...] = ()
    retired: dict[str, RetiredView] = field(default_factory=dict)
    tested: TestedView | None = None
