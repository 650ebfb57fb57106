"""What a service, an organization and a term are: frozen, typed, in the words of Open Referral HSDS.

The tree that `source` read (all text) becomes typed values here, or problems at the place where the text stands. Names
follow HSDS 3 (https://docs.openreferral.org); own words only where it has none: `threshold`, `referral_path`,
`sensitive`, `shown_on_bill`. Every field's description is what editors see in their tools.

Not here: whether an id that is referred to exists (`catalogue`), or what is wise rather than valid (`checks`).
"""

from __future__ import annotations

import datetime
import functools
import re
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

import phonenumbers
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from generator.problems import N_, Problem, closest, declare
from generator.source import Document

declare("unknown-key", "error", N_("“{key}” is not a key that is known here; write “{suggestion}”, or see the list of keys in docs/editors."))
declare("unknown-key-here", "error", N_("“{key}” is not a key that is known here; delete it, or see the list of keys in docs/editors."))
declare("missing-key", "error", N_("The key “{key}” is missing; add it."))
declare(
    "not-text",
    "error",
    N_("“{key}” must be a text, not a list or a mapping; write it after the colon, in double quotes if there is a colon or a bracket in it."),
)
declare("not-list", "error", N_("“{key}” must be a list; write [first, second], or each item on its own line after a hyphen."))
declare("empty-list", "error", N_("“{key}” is empty; write at least one entry."))
declare("not-keys", "error", N_("“{key}” must have keys of its own below it; indent them by two spaces."))
declare("text-without-language", "error", N_("“{value}” has no language; write it below the key as “fi: …”, “sv: …”, “en: …”, “uk: …”."))
declare("empty-value", "error", N_("“{key}” is empty; write its value after the colon, or delete the key."))
declare("empty-text", "error", N_("“{key}” has no text in any language; write it, or delete the key."))
declare("language-code", "error", N_("“{value}” is not a language code; use two small letters, such as fi, sv, en or uk."))
declare("bad-id", "error", N_("“{value}” cannot be an id; use small letters a–z, digits and hyphens, such as lahti-turvakoti."))
declare("too-long", "error", N_("The text has {length} characters in “{language}”, over the limit of {limit}; shorten it."))
declare("bad-choice", "error", N_("“{value}” is not one of the choices; write one of: {allowed}."))
declare("bad-yes-no", "error", N_("“{value}” is neither yes nor no; write yes or no."))
declare("bad-number", "error", N_("“{value}” is not a whole number from {low} to {high}; write digits only."))
declare("bad-date", "error", N_("“{value}” is not a date; write it as 2026-01-31, or only the year or the year and month if that is all that is known."))
declare("bad-time", "error", N_("“{value}” is not a time of day; write it as 9:00 or 9.00, from 0:00 to 24:00."))
declare("bad-phone", "error", N_("“{value}” is not a phone number; write it as 044 123 4567 or +358 44 123 4567, one number in each entry."))
declare("bad-url", "error", N_("“{value}” is not a web address; write it in full, beginning with https://."))
declare("bad-email", "error", N_("“{value}” is not an e-mail address; write it as name@example.fi."))
declare("bad-postal-code", "error", N_("“{value}” is not a Finnish postal code; write five digits, such as 00100."))
declare("bad-value", "error", N_("“{value}” does not fit here ({reason}); compare it with another service's file."))

THRESHOLDS = ("open", "self-referral", "municipality", "referral", "not-stated")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NOT_REQUIRED = ("decision", "payment-commitment", "diagnosis", "sobriety", "crime-free-life", "physical-violence")
SUMMARY_LIMIT = 150
MAX_PROBLEMS = 100
"""So many problems of one file are told: more help nobody, and finding what was meant takes time for each."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_URL = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(/\S*)?\Z", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s]+@[a-z0-9-]+(\.[a-z0-9-]+)+\Z", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})\Z", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}\Z")


class PartialDate(NamedTuple):
    """A date of which only the year, or the year and month, may be known (0 where unknown). Sorts by time."""

    year: int
    month: int = 0
    day: int = 0

    def isoformat(self) -> str:
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in self[1:] if part)])

    def months_before(self, today: datetime.date) -> int:
        """Whole months from this date to `today`; what is not known is taken to be as late as it can be."""
        months = (today.year - self.year) * 12 + today.month - (self.month or 12)
        return months - (today.day < (self.day or 28))


def _fail(code: str, **values: str) -> PydanticCustomError:
    return PydanticCustomError(code, "{code}", {"code": code, **values})


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _fail("not-text")
    return value.strip()


def _plain(value: Any) -> str:
    text = _text(value)
    if not text:
        raise _fail("empty-value")
    return text


def _yes_no(value: Any) -> bool:
    word = _text(value).lower()
    if word in ("yes", "true"):
        return True
    if word in ("no", "false"):
        return False
    raise _fail("bad-yes-no", value=word)


def is_id(text: str) -> bool:
    """Whether `text` has the form of an id."""
    return bool(_ID.match(text))


def _pattern(code: str, pattern: re.Pattern[str]) -> Any:
    def check(value: Any) -> str:
        text = _text(value)
        if not pattern.match(text):
            raise _fail(code, value=text)
        return text

    return check


def _age(value: Any) -> int:
    text = _text(value)
    if not text.isascii() or not text.isdigit() or int(text) > 120:
        raise _fail("bad-number", value=text, low="0", high="120")
    return int(text)


def _clock(value: Any) -> int:
    """A time of day as minutes from midnight, 0 to 1440."""
    text = _text(value)
    match = _TIME.match(text)
    minutes = int(match[1]) * 60 + int(match[2]) if match and int(match[2]) < 60 else 1441
    if minutes > 1440:
        raise _fail("bad-time", value=text)
    return minutes


def _date(value: Any) -> PartialDate:
    text = _text(value)
    match = _DATE.match(text)
    year, month, day = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    days = (
        29
        if month == 2 and (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
        else (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month]
        if month <= 12
        else 0
    )
    known = match is not None and 1900 <= year <= 2100 and (match[2] is None or month >= 1) and (match[3] is None or 1 <= day <= days)
    if not known or month > 12:
        raise _fail("bad-date", value=text)
    return PartialDate(year, month, day)


@functools.lru_cache(maxsize=4096)
def known_phone(text: str) -> bool:
    """Whether `text` is one phone number that may exist, as people write it; a Finnish one where it has no country code."""
    digits = re.sub(r"[\s()\u00a0/–-]", "", text)
    if not re.fullmatch(r"\+?[0-9]{3,15}", digits):
        return False
    if len(digits) <= 6:  # 112, 116 117, 0200-style short services: no national plan to test against
        return True
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(digits, "FI"))
    except phonenumbers.NumberParseException:
        return False


def _phone(value: Any) -> str:
    text = _text(value)
    if not known_phone(text):
        raise _fail("bad-phone", value=text)
    return text


def _words(value: Any, limit: int = 0) -> dict[str, str]:
    """A text per language; a language left empty is a missing translation, not an error."""
    if isinstance(value, str):
        raise _fail("text-without-language", value=value)
    if not isinstance(value, dict):
        raise _fail("not-keys")
    words: dict[str, str] = {}
    for language, text in value.items():
        if not _LANGUAGE.match(language):
            raise _fail("language-code", value=language, at=language)
        if not isinstance(text, str):
            raise _fail("not-text", at=language)
        if limit and len(text.strip()) > limit:
            raise _fail("too-long", length=str(len(text.strip())), limit=str(limit), language=language, at=language)
        if text.strip():
            words[language] = text.strip()
    if not words:
        raise _fail("empty-text")
    return words


Id = Annotated[str, BeforeValidator(_pattern("bad-id", _ID))]
Plain = Annotated[str, BeforeValidator(_plain)]
Text = Annotated[dict[str, str], BeforeValidator(_words)]
Summary = Annotated[dict[str, str], BeforeValidator(functools.partial(_words, limit=SUMMARY_LIMIT))]
YesNo = Annotated[bool, BeforeValidator(_yes_no)]
Age = Annotated[int, BeforeValidator(_age)]
Clock = Annotated[int, BeforeValidator(_clock)]
Date = Annotated[PartialDate, BeforeValidator(_date)]
Url = Annotated[str, BeforeValidator(_pattern("bad-url", _URL))]
Email = Annotated[str, BeforeValidator(_pattern("bad-email", _EMAIL))]
PhoneNumber = Annotated[str, BeforeValidator(_phone)]
PostalCode = Annotated[str, BeforeValidator(_pattern("bad-postal-code", re.compile(r"[0-9]{5}\Z")))]
Language = Annotated[str, BeforeValidator(_pattern("language-code", _LANGUAGE))]
Threshold = Literal["open", "self-referral", "municipality", "referral", "not-stated"]
CostOption = Literal["free", "fee"]
Stamps = dict[Plain, dict[Language, Plain]]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Schedule(_Model):
    """When a service can be used: a weekly rule, always, by appointment, or words where only words are known."""

    always_open: YesNo = Field(False, description=N_("yes: day and night, every day of the year"))
    by_appointment: YesNo = Field(False, description=N_("yes: at a time agreed beforehand"))
    byday: tuple[Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"], ...] = Field((), description=N_("Weekdays: MO, TU, WE, TH, FR, SA, SU"))
    opens_at: Clock | None = Field(None, description=N_("Opening time, such as 9:00"))
    closes_at: Clock | None = Field(None, description=N_("Closing time, such as 15:00; a time before opens_at is on the next day"))
    valid_from: Date | None = Field(None, description=N_("First day on which the rule holds"))
    valid_to: Date | None = Field(None, description=N_("Last day on which the rule holds"))
    description: Text | None = Field(None, description=N_("The hours in words, when days and times are not known exactly"))


class ScheduleException(_Model):
    """Days that differ from the weekly rule: closed, or open at other times."""

    valid_from: Date = Field(description=N_("First day that differs"))
    valid_to: Date | None = Field(None, description=N_("Last day that differs; left out for one day"))
    closed: YesNo = Field(False, description=N_("yes: closed on these days"))
    opens_at: Clock | None = Field(None, description=N_("Opening time on these days"))
    closes_at: Clock | None = Field(None, description=N_("Closing time on these days"))
    description: Text | None = Field(None, description=N_("Why, such as Christmas"))


class Phone(_Model):
    """A phone number, what it is for, and what a caller wants to know before calling."""

    number: PhoneNumber = Field(description=N_("The number as people write it, such as 044 270 0797"))
    description: Text | None = Field(None, description=N_("Who answers and in what matters"))
    cost_option: CostOption | None = Field(None, description=N_("free or fee; left out when not known"))
    languages: tuple[Language, ...] = Field((), description=N_("Languages spoken on this number"))
    shown_on_bill: YesNo | None = Field(None, description=N_("no: the call does not show on the phone bill; left out when not known"))
    anonymous: YesNo | None = Field(None, description=N_("yes: the caller need not say their name; left out when not known"))
    schedules: tuple[Schedule, ...] = Field((), description=N_("When the number is answered"))


class Channel(_Model):
    """A chat or a booking: where it is (when known) and what a user wants to know before."""

    url: Url | None = Field(None, description=N_("Web address, when known"))
    description: Text | None = Field(None, description=N_("What it is for and how it works"))
    cost_option: CostOption | None = Field(None, description=N_("free or fee; left out when not known"))
    languages: tuple[Language, ...] = Field((), description=N_("Languages used"))
    anonymous: YesNo | None = Field(None, description=N_("yes: one need not say one's name; left out when not known"))
    schedules: tuple[Schedule, ...] = Field((), description=N_("When it is answered"))


class Address(_Model):
    """A postal address in Finland."""

    address_1: Plain = Field(description=N_("Street and number, such as Loviisankatu 14 A 3"))
    address_2: Plain | None = Field(None, description=N_("Second line, such as “2nd floor”"))
    postal_code: PostalCode = Field(description=N_("Five digits"))
    city: Plain = Field(description=N_("Post office, such as Lahti"))
    country: Literal["FI"] = Field("FI", description=N_("Country code"))


class Location(_Model):
    """A place where the service is given. A confidential one shows nothing of itself anywhere in the output."""

    name: Text | None = Field(None, description=N_("What the place is called"))
    address: Address | None = Field(None, description=N_("Postal address"))
    confidential: YesNo = Field(False, description=N_("yes: the address must not be on the site in any form"))
    description: Text | None = Field(None, description=N_("How to find the door"))
    accessibility: Text | None = Field(None, description=N_("Steps, lift, toilet, hearing loop, parking"))


class Eligibility(_Model):
    """Whom the service is for, and whom it is not for."""

    for_: Text | None = Field(None, alias="for", description=N_("Whom the service is for"))
    not_for: Text | None = Field(None, description=N_("Whom it is not for, and preferably where they find help"))


class ReferralPath(_Model):
    """The way in and the way on: who may guide here, and which services come before, beside and after (ids)."""

    referrers: tuple[Id, ...] = Field((), description=N_("Who may guide to the service: ids of terms/referrers.yaml"))
    before: tuple[Id, ...] = Field((), description=N_("Services from which people often come here"))
    beside: tuple[Id, ...] = Field((), description=N_("Services that help at the same time"))
    after: tuple[Id, ...] = Field((), description=N_("Services to which people often go on from here"))
    note: Text | None = Field(None, description=N_("How the way in or on goes, in words"))


class Source(_Model):
    """Where the facts come from."""

    document: Id = Field(description=N_("Id of terms/sources.yaml"))
    section: Plain | None = Field(None, description=N_("Chapter or page"))


class Contact(_Model):
    """Ways to make contact; a service inherits from its organization what it does not say itself."""

    phones: tuple[Phone, ...] = Field((), description=N_("Phone numbers, the one to call first on top"))
    email: Email | None = Field(None, description=N_("E-mail address of the service or office, never a person's"))
    url: Url | None = Field(None, description=N_("Web page, beginning with https://"))


class Organization(Contact):
    """Who keeps services."""

    id: Id = Field(description=N_("Permanent id; the same as the folder's name"))
    name: Text = Field(description=N_("Official name, translated where there is a translation"))
    summary: Summary | None = Field(None, description=N_("What the organization does for families, at most 150 characters"))
    description: Text | None = Field(None, description=N_("More about it; an empty line between paragraphs"))
    locations: tuple[Location, ...] = Field((), description=N_("Offices"))
    service_areas: tuple[Id, ...] = Field((), description=N_("Ids of terms/areas.yaml"))
    assured_date: Date | None = Field(None, description=N_("When a person last confirmed these facts"))
    source: tuple[Source, ...] = Field((), description=N_("Where the facts come from"))
    stamps: Stamps = Field(default_factory=dict, description=N_("Kept by “apupolku stamp”: which Finnish text each translation was made from"))


class Service(Contact):
    """One service: what the help is, for whom, how to get in, and what comes before and after."""

    id: Id = Field(description=N_("Permanent id; the same as the file's name"))
    organization: Id = Field(description=N_("Id of the organization; the same as the folder's name"))
    status: Literal["active", "inactive", "temporarily closed"] = Field("active", description=N_("active, inactive or temporarily closed"))
    name: Text = Field(description=N_("Name; the Finnish one as on the door"))
    summary: Summary = Field(description=N_("What the help concretely is, in one sentence of at most 150 characters"))
    description: Text | None = Field(None, description=N_("What the help concretely is, in more words; an empty line between paragraphs"))
    alert: Text | None = Field(None, description=N_("A passing notice, such as a move or a break"))
    topics: tuple[Id, ...] = Field(min_length=1, description=N_("Life situations: ids of terms/topics.yaml, the closest first"))
    target_groups: tuple[Id, ...] = Field((), description=N_("For whom: ids of terms/target_groups.yaml"))
    eligibility: Eligibility = Field(default_factory=lambda: Eligibility(), description=N_("Whom it is for and not for, in words"))
    minimum_age: Age | None = Field(None, description=N_("Lowest age in years"))
    maximum_age: Age | None = Field(None, description=N_("Highest age in years"))
    threshold: Threshold = Field(description=N_("How one gets in: open, self-referral, referral, municipality or not-stated"))
    municipalities: tuple[Id, ...] = Field((), description=N_("With threshold municipality: whose residents, ids of terms/municipalities.yaml"))
    cost_option: CostOption | None = Field(None, description=N_("free or fee; left out when not known"))
    fees_description: Text | None = Field(None, description=N_("What it costs, in words"))
    anonymous: YesNo | None = Field(None, description=N_("yes: one need not say one's name; left out when not known"))
    not_required: tuple[Literal["decision", "payment-commitment", "diagnosis", "sobriety", "crime-free-life", "physical-violence"], ...] = Field(
        (), description=N_("What the source says one need not have: decision, payment-commitment, diagnosis, sobriety, crime-free-life, physical-violence")
    )
    application_process: tuple[Text, ...] = Field((), description=N_("The way in, step by step"))
    first_contact: Text | None = Field(None, description=N_("What happens at the first contact and next"))
    referral_path: ReferralPath = Field(default_factory=lambda: ReferralPath(), description=N_("Who may guide here, and what comes before, beside and after"))
    staff: Text | None = Field(None, description=N_("Who works there"))
    chat: Channel | None = Field(None, description=N_("Chat"))
    booking: Channel | None = Field(None, description=N_("Booking an appointment on the web"))
    locations: tuple[Location, ...] = Field((), description=N_("Places where the service is given"))
    channels: tuple[Id, ...] = Field((), description=N_("In what way: ids of terms/channels.yaml"))
    schedules: tuple[Schedule, ...] = Field((), description=N_("When; left out when not known"))
    schedule_exceptions: tuple[ScheduleException, ...] = Field((), description=N_("Days that differ"))
    public_holidays: Literal["open", "closed"] | None = Field(None, description=N_("On Finnish public holidays: open or closed; left out when not known"))
    languages: tuple[Language, ...] = Field((), description=N_("Languages of the service"))
    interpretation_services: Text | None = Field(None, description=N_("Interpreting"))
    accessibility: Text | None = Field(None, description=N_("Accessibility of the premises"))
    service_areas: tuple[Id, ...] = Field((), description=N_("Ids of terms/areas.yaml"))
    keywords: dict[str, tuple[Plain, ...]] = Field(default_factory=dict, description=N_("Words that people search with, per language"))
    sensitive: YesNo = Field(False, description=N_("yes: the page's title and description say nothing of the matter"))
    assured_date: Date | None = Field(None, description=N_("When a person last confirmed these facts"))
    source: tuple[Source, ...] = Field((), description=N_("Where the facts come from"))
    stamps: Stamps = Field(default_factory=dict, description=N_("Kept by “apupolku stamp”: which Finnish text each translation was made from"))


class Term(_Model):
    """An entry of a vocabulary in services/terms: its id, its labels, and what the kind of term adds."""

    id: Id = Field(description=N_("Permanent id"))
    name: Text = Field(description=N_("Label"))
    summary: Summary | None = Field(None, description=N_("One sentence"))
    description: Text | None = Field(None, description=N_("More about it"))


class Topic(Term):
    """A life situation."""

    discreet_name: Text = Field(description=N_("A name for the browser's history that says nothing of the matter"))
    professional_name: Text = Field(description=N_("What professionals call it"))
    icon: Id = Field(description=N_("Name of an icon of the theme"))


class Area(Term):
    """A region or the whole country."""

    locative: Text = Field(description=N_("“In the area”, inflected"))
    part_of: Id | None = Field(None, description=N_("The larger area"))
    municipalities: tuple[Id, ...] = Field((), description=N_("Ids of terms/municipalities.yaml"))


class Municipality(Term):
    """A municipality of Finland."""

    area: Id = Field(description=N_("Id of terms/areas.yaml"))


class SourceDocument(Term):
    """A document that facts come from."""

    publisher: Plain | None = Field(None, description=N_("Who published it"))
    date: Date | None = Field(None, description=N_("Its date"))
    url: Url | None = Field(None, description=N_("Where it can be read"))


class Retired(Term):
    """The id of a service that is no more. Its permanent link and its old addresses go on answering."""

    date: Date | None = Field(None, description=N_("When the service ended or got another id"))
    replaced_by: Id | None = Field(None, description=N_("Id of the service that helps instead"))


class Concept(_Model):
    """What people say when they need something, in any language, and the services and topics that answer it."""

    id: Id = Field(description=N_("Permanent id; the same as the file's name"))
    services: tuple[Id, ...] = Field((), description=N_("Services that answer the need, the best first"))
    topics: tuple[Id, ...] = Field((), description=N_("Life situations, ids of terms/topics.yaml"))
    acute: YesNo = Field(False, description=N_("yes: the words mean that someone is in danger now"))
    expressions: dict[Language, tuple[Plain, ...]] = Field(description=N_("Words and sentences that people use, per language"))


M = TypeVar("M", bound=BaseModel)

_CODES = {
    "extra_forbidden": "unknown-key",
    "missing": "missing-key",
    "tuple_type": "not-list",
    "dict_type": "not-keys",
    "model_type": "not-keys",
    "model_attributes_type": "not-keys",
    "too_short": "empty-list",
    "literal_error": "bad-choice",
}


_EMPTY = frozenset(("empty-value", "empty-text", "empty-list"))


def build(model: type[M], tree: Any, document: Document, path: tuple[Any, ...] = ()) -> tuple[M | None, list[Problem]]:
    """Type `tree` (the part of `document` at `path`) as `model`; returns (None, problems) when it does not fit.

    What a line says or lacks that the reader has found fault with is not told again.
    """
    try:
        return model.model_validate(tree), []
    except ValidationError as error:
        # pydantic calls a list too short, too, when none of its items fits
        errors = [details for details in error.errors(include_url=False) if details["type"] != "too_short" or not details["input"]]
        found = [_problem(details, model, document, path) for details in errors[:MAX_PROBLEMS]]
        # Where a key is there and misspelled, it is not told as missing, too: two lines of it would be the next fault.
        meant = {(details["loc"][:-1], problem.values.get("suggestion")) for details, problem in zip(errors, found, strict=False)}
        told = [(details["loc"][:-1], problem.values["key"]) in meant for details, problem in zip(errors, found, strict=False)]
        found = [
            problem for problem, again in zip(found, told, strict=True) if not (again and problem.code == "missing-key") and not _is_told(problem, document)
        ]
        if len(errors) > MAX_PROBLEMS:
            found.append(Problem("too-many-faults", found[-1].place if found else document.place(path), {"limit": str(MAX_PROBLEMS), "key": ""}))
    return None, found


def _is_told(problem: Problem, document: Document) -> bool:
    """Whether a problem follows from one that the reader has told."""
    key, line = problem.values["key"], problem.place.line
    if problem.code == "missing-key":
        return document.may_have_lost(key)
    return line in document.faulty or (problem.code in _EMPTY and document.may_have_lost(key, line))


def _problem(details: Any, model: type[BaseModel], document: Document, path: tuple[Any, ...]) -> Problem:
    """pydantic's finding → ours, at the place of the value, or of the key where the key is what is wrong."""
    kind, where = details["type"], (*path, *details["loc"])
    context = {key: str(value) for key, value in (details.get("ctx") or {}).items() if key != "error"}
    code = _CODES.get(kind, kind if "-" in kind else "bad-value")
    of_key = code in ("unknown-key", "empty-text") or (code == "language-code" and (where[-1] == "[key]" or "at" in context))
    where = tuple(step for step in (*where, *filter(None, [context.pop("at", None)])) if step != "[key]")
    written = details.get("input", "")
    if written == "" and code != "bad-value" and not of_key:
        code = "empty-value"
    elif code == "bad-choice" and not isinstance(written, str):
        code = "not-text"
    key = next((str(step) for step in reversed(where) if isinstance(step, str)), "") or str(written)
    values = {"key": key, "value": str(written), "reason": kind, **context}
    if code == "unknown-key":
        values["suggestion"] = closest(key, _keys(model, details["loc"][:-1]))
        code = code if values["suggestion"] else "unknown-key-here"
    elif code == "missing-key":
        return Problem(code, document.place(where[:-1]), values)
    elif code == "bad-choice":
        values["allowed"] = context.get("expected", "").replace("'", "").replace(" or ", ", ")
    return Problem(code, document.place(where, key=of_key), values)


def _keys(model: type[BaseModel], loc: tuple[Any, ...]) -> list[str]:
    """The keys that the model at `loc` below `model` knows."""
    current: Any = model
    for step in loc:
        if isinstance(step, int):
            continue
        field = next((f for name, f in current.model_fields.items() if (f.alias or name) == step), None)
        nested = [part for part in _flatten(field.annotation) if isinstance(part, type) and issubclass(part, BaseModel)] if field else []
        if not nested:
            return []
        current = nested[0]
    return [f.alias or name for name, f in current.model_fields.items()]


def _flatten(annotation: Any) -> list[Any]:
    arguments = getattr(annotation, "__args__", ())
    return [annotation] if not arguments else [leaf for part in arguments for leaf in _flatten(part)]
