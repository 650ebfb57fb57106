"""An HSDS service → the tree of our YAML file."""

from __future__ import annotations

from generator import model
from generator.exports.importing.hours import schedules
from generator.exports.importing.places import dates, languages, locations, phones, sources, valid
from generator.exports.importing.reading import Reading, attributes, first, many, text, yes_no
from generator.exports.importing.texts import steps, summaries, wanted
from generator.exports.tree import Tree, tidy

TOPIC = "choose-a-topic"
_STATUS = {"active": "active", "inactive": "inactive", "defunct": "inactive", "temporarily closed": "temporarily closed"}
# Fields of HSDS that our model has no place for; what they say is reported.
_LEFT_OUT = ("wait_time", "accreditations", "licenses", "assurer_email")
_LEFT_OUT_LISTS = {"funding": "source", "required_documents": "document", "capacities": "description"}


class Terms:
    """What ids there are to refer to: those of the folder's terms (None: no terms there, all are taken), and by label."""

    def __init__(self, known: dict[str, set[str]] | None, areas: dict[str, str], services: dict[str, str]) -> None:
        self.known = known
        self.areas = areas
        self.services = services

    def pick(self, reading: Reading, service: str, field: str, vocabulary: str, values: list[str]) -> list[str]:
        """Those of `values` that the vocabulary has; the others are told of."""
        if self.known is None:
            return [value for value in values if valid(reading, service, model.Concept, "id", value)]
        for value in values:
            if value not in self.known[vocabulary]:
                reading.problem("import-no-term", service, field, value)
        return [value for value in values if value in self.known[vocabulary]]

    def area_ids(self, reading: Reading, service: str, trees: list[Tree]) -> list[str]:
        """service_areas by our attribute, or by their name in any language."""
        found = []
        for tree in trees:
            own = self.pick(reading, service, "service_areas", "areas", attributes(tree, "area"))
            name = " ".join(text(tree, "name").split())
            if not attributes(tree, "area") and name.casefold() in self.areas:
                own = [self.areas[name.casefold()]]
            elif not own and not attributes(tree, "area"):
                reading.problem("import-no-term", service, "service_areas", name)
            found += own
        return list(dict.fromkeys(found))


def service(reading: Reading, identifier: str, organization: str, tree: Tree, terms: Terms) -> Tree:
    """The file of one service; what could not be carried is in the reading's problems."""
    name = reading.words(tree, "name")
    summary, description = summaries(reading, identifier, tree, name)
    accessible = reading.said(tree, "accessibility")
    physical, chat, booking, homepage = _places(reading, identifier, tree)
    rules, exceptions = schedules(reading, identifier, many(tree, "schedules") or [rule for link in physical for rule in many(link, "schedules")])
    unwanted = reading.said(tree, "not_for")
    _leftovers(reading, identifier, tree)
    return tidy(
        {
            "id": identifier,
            "organization": organization,
            "status": _STATUS.get(text(tree, "status"), "active"),
            "name": name,
            "summary": summary,
            "description": description,
            "alert": reading.words(tree, "alert"),
            "topics": _topics(reading, identifier, tree, terms),
            "target_groups": terms.pick(reading, identifier, "target_groups", "target_groups", attributes(tree, "target_group")),
            "eligibility": tidy({"for": wanted(reading.paragraphs(tree, "eligibility_description"), unwanted), "not_for": unwanted}),
            "minimum_age": _age(reading, identifier, tree, "minimum_age"),
            "maximum_age": _age(reading, identifier, tree, "maximum_age"),
            "threshold": _threshold(reading, identifier, tree),
            "municipalities": terms.pick(reading, identifier, "municipalities", "municipalities", attributes(tree, "municipality")),
            "cost_option": _cost(tree),
            "fees_description": reading.words(tree, "fees_description") or reading.words(tree, "fees"),
            "anonymous": yes_no(tree, "anonymous"),
            "application_process": steps(reading.paragraphs(tree, "application_process")),
            "first_contact": reading.said(tree, "first_contact"),
            "referral_path": _path(reading, identifier, tree, terms),
            "staff": reading.said(tree, "staff"),
            "chat": chat,
            "booking": booking,
            "phones": phones(reading, identifier, many(tree, "phones") + _contact_phones(reading, identifier, tree, physical)),
            "email": valid(reading, identifier, model.Service, "email", text(tree, "email")),
            "url": valid(reading, identifier, model.Service, "url", text(tree, "url") or homepage),
            "locations": locations(reading, identifier, [link["location"] for link in physical], accessible),
            "channels": terms.pick(reading, identifier, "channels", "channels", attributes(tree, "channel")),
            "schedules": rules,
            "schedule_exceptions": exceptions,
            "public_holidays": first([value for value in attributes(tree, "public_holidays") if value in ("open", "closed")]),
            "languages": languages(reading, identifier, many(tree, "languages")),
            "interpretation_services": reading.words(tree, "interpretation_services"),
            "accessibility": accessible,
            "service_areas": terms.area_ids(reading, identifier, many(tree, "service_areas")),
            "keywords": {code: words for code, version in reading.versions(tree).items() if (words := attributes(version, "keyword"))},
            "sensitive": True if yes_no(tree, "sensitive") else None,
            "assured_date": dates(reading, identifier, tree),
            "source": sources(reading, identifier, tree, terms.known["sources"] if terms.known else None),
        }
    )


def _topics(reading: Reading, service: str, tree: Tree, terms: Terms) -> list[str]:
    found = terms.pick(reading, service, "topics", "topics", attributes(tree, "topic"))
    if not found:
        reading.problem("import-topic", service, "topics", TOPIC)
    return found or [TOPIC]


def _threshold(reading: Reading, service: str, tree: Tree) -> str:
    code = first(attributes(tree, "threshold"))
    if code in model.THRESHOLDS:
        return code
    reading.problem("import-threshold", service)
    return "not-stated"


def _age(reading: Reading, service: str, tree: Tree, field: str) -> int | None:
    value = tree.get(field)
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 120 and value == int(value):
        return int(value)
    reading.problem("import-not-valid", service, field, str(value))
    return None


def _cost(tree: Tree) -> str | None:
    """Free when all cost options are 0; a fee when one is not, or tells no amount."""
    options = many(tree, "cost_options")
    if not options:
        return None
    return "free" if all(option.get("amount") == 0 and "amount" in option for option in options) else "fee"


def _path(reading: Reading, service: str, tree: Tree, terms: Terms) -> Tree:
    """The way in and on; services are named by their UUIDs."""
    ways: Tree = {}
    for way in ("before", "beside", "after"):
        for value in attributes(tree, f"path_{way}"):
            if value in terms.services:
                ways.setdefault(way, []).append(terms.services[value])
            else:
                reading.problem("import-no-service", service, way, value)
    referrers = terms.pick(reading, service, "referrers", "referrers", attributes(tree, "referrer"))
    return tidy({"referrers": referrers, **ways, "note": reading.said(tree, "path_note")})


def _places(reading: Reading, service: str, tree: Tree) -> tuple[list[Tree], Tree | None, Tree | None, str]:
    """(service_at_locations of physical places, chat, booking, web address of another virtual place)."""
    physical: list[Tree] = []
    online: dict[str, Tree | None] = {"chat": None, "booking": None}
    homepage = ""
    for link in many(tree, "service_at_locations"):
        place = link.get("location")
        if not isinstance(place, dict):
            continue
        kind = first(attributes(place, "contact_channel"))
        if kind in online:
            online[kind] = _channel(reading, service, place, many(link, "schedules"))
        elif text(place, "location_type") == "virtual":
            homepage = homepage or text(place, "url")
            if not homepage:
                reading.problem("import-no-field", service, "locations (virtual)", text(place, "name"))
        elif text(place, "location_type") == "postal":
            reading.problem("import-no-field", service, "locations (postal)", text(place, "name"))
        else:
            physical.append({**link, "location": place})
    return physical, online["chat"], online["booking"], homepage


def _channel(reading: Reading, service: str, place: Tree, rules: list[Tree]) -> Tree:
    cost = first(attributes(place, "cost_option"))
    return tidy(
        {
            "url": valid(reading, service, model.Channel, "url", text(place, "url")),
            "description": reading.words(place, "description"),
            "cost_option": cost if cost in ("free", "fee") else None,
            "languages": languages(reading, service, many(place, "languages")),
            "schedules": schedules(reading, service, rules)[0],
            "anonymous": yes_no(place, "anonymous"),
        }
    )


def _contact_phones(reading: Reading, service: str, tree: Tree, physical: list[Tree]) -> list[Tree]:
    """Phones of contacts and places. Persons' names stay out: an address is the service's, never a person's."""
    found: list[Tree] = []
    for contact in many(tree, "contacts"):
        found += many(contact, "phones")
        if text(contact, "email"):
            reading.problem("import-no-field", service, "contacts", text(contact, "email"))
    for link in physical:
        found += many(link, "phones") + many(link["location"], "phones")
    return found


def _leftovers(reading: Reading, service: str, tree: Tree) -> None:
    """Tell of what our model has no place for."""
    for field in _LEFT_OUT:
        if text(tree, field):
            reading.problem("import-no-field", service, field, text(tree, field))
    for field, key in _LEFT_OUT_LISTS.items():
        for entry in many(tree, field):
            reading.problem("import-no-field", service, field, text(entry, key))
    if isinstance(tree.get("program"), dict):
        reading.problem("import-no-field", service, "program", text(tree["program"], "name"))
    if text(tree, "alternate_name"):
        reading.problem("import-no-field", service, "alternate_name", text(tree, "alternate_name"))
    links = {text(entry, "url") for entry in many(tree, "additional_urls")} - set(attributes(tree, "permalink")) - {""}
    for link in sorted(links):
        reading.problem("import-no-field", service, "additional_urls", link)
    if any(text(option, "amount_description") or option.get("amount") for option in many(tree, "cost_options")) and not text(tree, "fees_description"):
        for option in many(tree, "cost_options"):
            if option.get("amount"):
                reading.problem(
                    "import-no-field", service, "cost_options", f"{option['amount']} {text(option, 'currency')} {text(option, 'amount_description')}".strip()
                )
