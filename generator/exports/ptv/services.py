"""A service → PTV's service object, and a finding for everything in it that PTV has no place for."""

from __future__ import annotations

from generator.exports.ptv.codes import CHARGES, LIFE_EVENTS, SERVICE_CLASSES, TARGET_GROUPS
from generator.exports.ptv.words import LANGUAGES, Words
from generator.exports.tree import Tree, tidy
from generator.localise import codes
from generator.model import Organization, Service

# What the whole catalogue lacks and PTV requires: told once, not for each service.
GENERAL = ("organizations.organization.id", "organizationId", "fundingType", "ontologyTerms", "serviceClasses.uri")


def languages(words: Words, entry: Service | Organization) -> tuple[str, ...]:
    """The languages in which PTV gets the texts: those of fi, sv and en with a name and a summary."""
    summary = entry.summary or {}
    whole = tuple(language for language in LANGUAGES if language in entry.name and language in summary)
    for language in LANGUAGES:
        if language not in whole and (language in entry.name or language in summary):
            words.findings.add("half-text", entry.id, "name", language)
    others = sorted((set(entry.name) | set(summary) | set(entry.description or {})) - set(LANGUAGES))
    if others:
        words.findings.add("language", entry.id, "texts", ", ".join(others))
    return whole


def service(words: Words, entry: Service, spoken: tuple[str, ...], areas: Tree, channels: list[Tree]) -> Tree:
    """The object in the shape of V11VmOpenApiService; ids that PTV gives are not there (see docs/open-data.md)."""
    keeper = words.catalogue.organizations.get(entry.organization)
    groups = words.classes(entry.target_groups, TARGET_GROUPS)
    classes = words.classes(entry.topics, SERVICE_CLASSES)
    words.uncoded(entry.id, "target_groups", entry.target_groups, TARGET_GROUPS)
    words.uncoded(entry.id, "topics", entry.topics, SERVICE_CLASSES, LIFE_EVENTS)
    for field, value in (("targetGroups", groups), ("serviceClasses", classes), ("languages", entry.languages)):
        if not value:
            words.findings.add("required", entry.id, field)
    _left_out(words, entry)
    return tidy(
        {
            "sourceId": entry.id,
            "type": "Service",
            "serviceNames": [{**item, "type": "Name"} for item in words.items(entry.name, "Name", entry.id, "name", spoken)],
            "serviceChargeType": CHARGES.get(entry.cost_option or ""),
            **areas,
            "serviceDescriptions": _descriptions(words, entry, spoken),
            "languages": list(entry.languages),
            "serviceClasses": classes,
            "targetGroups": groups,
            "lifeEvents": words.classes(entry.topics, LIFE_EVENTS),
            "keywords": _keywords(words, entry, spoken),
            "requirements": _requirements(words, entry, spoken),
            "serviceChannels": [{"serviceChannel": {"name": tree["serviceChannelNames"][0]["value"]}} for tree in channels],
            "organizations": [{"organization": {"name": keeper.name.get("fi", keeper.id) if keeper else entry.organization}, "roleType": "Responsible"}],
            "publishingStatus": "Draft",
        }
    )


def _descriptions(words: Words, entry: Service, spoken: tuple[str, ...]) -> list[Tree]:
    """Summary, description, what to do and what it costs. The description is required: without one the summary stands there."""
    return [
        *words.typed(entry.summary, "Summary", entry.id, "summary", spoken),
        *words.typed(
            {language: (entry.description or {}).get(language) or entry.summary[language] for language in spoken},
            "Description",
            entry.id,
            "description",
            spoken,
        ),
        *words.typed(_instruction(entry, spoken), "UserInstruction", entry.id, "application_process", spoken),
        *words.typed(entry.fees_description, "ChargeTypeAdditionalInfo", entry.id, "fees_description", spoken),
    ]


def _instruction(entry: Service, spoken: tuple[str, ...]) -> dict[str, str]:
    """The steps, numbered, and what happens at the first contact."""
    told = {}
    for language in spoken:
        steps = [f"{number}. {' '.join(step[language].split())}" for number, step in enumerate(entry.application_process, 1) if language in step]
        steps += [first] if (first := (entry.first_contact or {}).get(language)) else []
        if steps:
            told[language] = "\n\n".join(steps)
    return told


def _requirements(words: Words, entry: Service, spoken: tuple[str, ...]) -> list[Tree]:
    """For whom, ages, for whom not: PTV has one text for all of it."""
    told = {}
    for language in spoken:
        reader = words.readers[language]
        label, unwanted = reader.gettext("Not for"), (entry.eligibility.not_for or {}).get(language, "")
        parts = [(entry.eligibility.for_ or {}).get(language, ""), codes.ages(reader, entry), f"{label}: {unwanted}" if unwanted else ""]
        told[language] = " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts if part)
    return words.items(told, "requirement", entry.id, "eligibility", spoken)


def _keywords(words: Words, entry: Service, spoken: tuple[str, ...]) -> list[Tree]:
    return [
        {"language": language, "value": words.fit(word, "information", entry.id, "keywords")}
        for language in spoken
        for word in entry.keywords.get(language, ())
    ]


def _left_out(words: Words, entry: Service) -> None:
    """A finding for each thing that PTV has no field for."""
    add = words.findings.add
    path = entry.referral_path
    add("no-field", entry.id, "threshold", entry.threshold)
    for field in ("alert", "staff", "interpretation_services"):
        said = (getattr(entry, field) or {}).get("fi", "")
        if said:
            add("no-field", entry.id, field, " ".join(said.split()))
    if entry.accessibility and not entry.locations:
        add("no-field", entry.id, "accessibility", " ".join(entry.accessibility.get("fi", "").split()))
    if entry.anonymous is not None:
        add("no-field", entry.id, "anonymous", "yes" if entry.anonymous else "no")
    if entry.sensitive:
        add("no-field", entry.id, "sensitive", "yes")
    if entry.status != "active":
        add("no-field", entry.id, "status", entry.status)
    if entry.public_holidays:
        add("no-field", entry.id, "public_holidays", entry.public_holidays)
    if entry.assured_date:
        add("no-field", entry.id, "assured_date", entry.assured_date.isoformat())
    if path.note and path.note.get("fi"):
        add("no-field", entry.id, "referral_path.note", " ".join(path.note["fi"].split()))
    for field, ids in (
        ("municipalities", entry.municipalities),
        ("channels", entry.channels),
        ("referral_path.referrers", path.referrers),
        ("referral_path.before", path.before),
        ("referral_path.beside", path.beside),
        ("referral_path.after", path.after),
        ("source", tuple(source.document for source in entry.source)),
    ):
        if ids:
            add("no-field", entry.id, field, ", ".join(dict.fromkeys(ids)))
