"""The way in and the way on in one language: what one need not have, what to say, a topic's whole way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator import addresses, paths
from generator.catalogue import Catalogue
from generator.localise import codes
from generator.localise.reader import Reader
from generator.localise.views import Card, Chosen, Link, ListView, PathStage, PathStop, PathView
from generator.model import Service
from generator.problems import N_

_NOT_REQUIRED = {
    "decision": N_("You need no decision from an authority."),
    "payment-commitment": N_("You need no payment commitment."),
    "diagnosis": N_("You need no diagnosis."),
    "sobriety": N_("You need not be sober."),
    "crime-free-life": N_("You need not have left crime behind."),
    "physical-violence": N_("You need not have been hit."),
}
_ASK = {
    "referral": N_("Could you guide us to this service: {name}, {organization}?"),
    "municipality": N_("Could you help us ask about this service: {name}, {organization}?"),
    "not-stated": N_("Could you help us ask about this service: {name}, {organization}?"),
}
_STAGES = {
    "distance": (N_("From where you are"), N_("You call or write. You need not go anywhere.")),
    "open-door": (N_("An open door"), N_("You may come or make contact as you are.")),
    "support": (N_("Support by agreement"), N_("You make contact and agree together how it goes.")),
    "strongest": (N_("The strongest support"), N_("A place to live or spend the night, or help that a professional guides you to.")),
    "everyday": (N_("Back to everyday life"), N_("Company and support when the hardest part is behind you.")),
}


def way_in(reader: Reader, service: Service) -> str:
    """Who may come, who decides, and what one need not have: only what the codes of the service say."""
    said = [codes.threshold(reader, service.threshold).sentence, *(reader.gettext(_NOT_REQUIRED[code]) for code in service.not_required)]
    if service.anonymous:
        said.append(codes.anonymity(reader, True))
    return " ".join(said)


def ask(reader: Reader, catalogue: Catalogue, service: Service) -> tuple[str, Chosen | None]:
    """What to say to a nurse or a social worker, in the reader's language and in that of the door (the site's first; None
    where it is the reader's own). Names stand after a colon, so that no language has to inflect them."""
    message = _ASK.get(service.threshold)
    if not message:
        return "", None
    settings = reader.settings
    organization = catalogue.organizations.get(service.organization)

    def sentence(language: str) -> str:
        def text(said: Mapping[str, str] | None) -> str:
            return " ".join((said or {}).get(language, "").split())

        name = text(service.name) or str(reader.line(service.name) or service.id)
        owner = text(organization.name if organization else None) or str(reader.line(organization.name) if organization else service.organization)
        return reader.gettext_of(language)(message).format(name=name, organization=owner)

    door = settings.languages[0]
    return sentence(reader.language), Chosen(sentence(door), door) if door != reader.language else None


def topic_path(
    reader: Reader,
    areas: Sequence[Link],
    cards: Mapping[str, Card],
    topic: ListView,
    services: Mapping[str, Service],
    graph: paths.Graph,
    way: tuple[paths.Stage, ...],
) -> PathView:
    """The whole way of a topic in words: its stages with their services, numbered through, and which number leads to which.
    `areas`: the widest first; `way`: as `paths.whole_way`."""
    order = [area.id for area in areas]
    numbers = {name: number for number, name in enumerate((name for stage in way for name in stage.services), 1)}

    def stop(name: str) -> PathStop:
        return PathStop(numbers[name], cards[name], next((area for area in order if area in services[name].service_areas), ""))

    def stage(found: paths.Stage) -> PathStage:
        name, sentence = _STAGES[found.code]
        return PathStage(found.code, reader.gettext(name), reader.gettext(sentence), tuple(map(stop, found.services)))

    return PathView(
        id=topic.id,
        path=addresses.path("paths", reader.language, topic.id),
        name=reader.gettext("The whole path: {topic}").format(topic=topic.name.text),
        title=reader.gettext("The whole path: {topic}").format(topic=topic.title),
        topic=topic,
        stages=tuple(map(stage, way)),
        edges=tuple((numbers[name], numbers[other]) for name in numbers for other in graph[name].after if other in numbers),
        areas=(*areas, Link("", Chosen(""), "")),
    )
