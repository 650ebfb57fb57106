"""HSDS organizations, phones, languages and locations → ours. What does not fit our model is left out and told of."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from pydantic import BaseModel, ValidationError

from generator import model
from generator.exports.importing.hours import of_phone
from generator.exports.importing.reading import Reading, attributes, first, many, text, yes_no
from generator.exports.tree import Tree, tidy

_LETTERS = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэё",
        [
            "a",
            "b",
            "v",
            "h",
            "g",
            "d",
            "e",
            "ie",
            "zh",
            "z",
            "y",
            "i",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "",
            "iu",
            "ia",
            "y",
            "e",
            "e",
        ],
        strict=True,
    )
)


def slug(words: str) -> str:
    """An id made of a name: “Lahden Äitiryhmä” → lahden-aitiryhma; "" when no letter of it has a Latin form."""
    latin = "".join(_LETTERS.get(char, char) for char in words.lower())
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")


def fits(kind: type[BaseModel], field: str, value: Any) -> bool:
    """Whether `value` (as text) is valid for a field of the model."""
    try:
        kind.__pydantic_validator__.validate_assignment(kind.model_construct(), field, value)
    except ValidationError as error:
        return not any(details["loc"][:1] == (field,) for details in error.errors(include_url=False))
    return True


def valid(reading: Reading, service: str, kind: type[BaseModel], field: str, value: str) -> str | None:
    """`value` when the model takes it; else None, told of."""
    if not value:
        return None
    if fits(kind, field, value):
        return value
    reading.problem("import-not-valid", service, field, value)
    return None


def languages(reading: Reading, service: str, trees: list[Tree]) -> list[str]:
    """Language codes of two or three letters."""
    found = []
    for tree in trees:
        code = text(tree, "code").lower().split("-")[0]
        if re.fullmatch(r"[a-z]{2,3}", code):
            found.append(code)
        else:
            reading.problem("import-not-valid", service, "languages", text(tree, "name") or code)
    return list(dict.fromkeys(found))


def phones(reading: Reading, service: str, trees: list[Tree]) -> list[Tree]:
    """Phone numbers, each once; one that is not a number in Finland or abroad is told of."""
    made: dict[str, Tree] = {}
    for tree in trees:
        number = valid(reading, service, model.Phone, "number", text(tree, "number"))
        if number is None:
            continue
        if tree.get("extension"):
            reading.problem("import-no-field", service, "phones.extension", f"{number}: {tree['extension']}")
        if text(tree, "type").lower() not in ("", "voice", "cell", "mobile"):
            reading.problem("import-no-field", service, "phones.type", f"{number}: {text(tree, 'type')}")
        cost = first(attributes(tree, "cost_option"))
        own = tidy(
            {
                "number": number,
                "description": reading.words(tree, "description"),
                "cost_option": cost if cost in ("free", "fee") else None,
                "languages": languages(reading, service, many(tree, "languages")),
                "schedules": of_phone(reading, service, tree),
                "shown_on_bill": yes_no(tree, "shown_on_bill"),
                "anonymous": yes_no(tree, "anonymous"),
            }
        )
        key = re.sub(r"[^\d+]", "", number)
        made[key if key not in made or made[key] == own else f"{key} {len(made)}"] = own
    return list(made.values())


def locations(reading: Reading, service: str, trees: list[Tree], shared: dict[str, str] | None = None) -> list[Tree]:
    """Physical places. One without addresses is confidential unless it says that it is not: better one address too few.

    `shared`: the service's own words on accessibility, which the export repeats in each of its places.
    """
    made = []
    for tree in trees:
        secret = yes_no(tree, "confidential")
        if secret is None and not many(tree, "addresses"):
            reading.problem("import-confidential", service)
            secret = True
        if secret:
            made.append({"confidential": True})
            continue
        if tree.get("latitude") or tree.get("longitude"):
            reading.problem("import-no-field", service, "locations.latitude/longitude", f"{tree.get('latitude')}, {tree.get('longitude')}")
        if text(tree, "transportation"):
            reading.problem("import-no-field", service, "locations.transportation", text(tree, "transportation"))
        access = [words for entry in many(tree, "accessibility") if (words := reading.words(entry, "description"))]
        own = tidy(
            {
                "name": reading.words(tree, "name"),
                "address": _address(reading, service, many(tree, "addresses")),
                "description": reading.words(tree, "description"),
                "accessibility": access[0] if access and access[0] != shared else None,
            }
        )
        if own:
            made.append(own)
    return made


def _address(reading: Reading, service: str, trees: list[Tree]) -> Tree | None:
    """The first address that is a physical one in Finland."""
    found: Tree | None = None
    for tree in trees:
        shown = ", ".join(filter(None, (text(tree, field) for field in ("address_1", "address_2", "postal_code", "city", "country"))))
        own = tidy({field: " ".join(text(tree, field).split()) for field in ("address_1", "address_2", "postal_code", "city", "country")})
        try:
            model.Address.model_validate(own)
        except ValidationError:
            reading.problem("import-not-valid", service, "addresses", shown)
            continue
        if found is not None or text(tree, "address_type") == "postal":
            reading.problem("import-no-field", service, "addresses", shown)
            continue
        found = own
    return found


def dates(reading: Reading, service: str, tree: Tree) -> str | None:
    """The day when facts were confirmed: assured_date, or our attributes for it."""
    said = text(tree, "assured_date") or first(attributes(tree, "assured_date")) or first(attributes(tree, "assured_date_partial"))
    return valid(reading, service, model.Service, "assured_date", said)


def sources(reading: Reading, service: str, tree: Tree, known: set[str] | None) -> list[Tree]:
    """Where facts come from, by our attribute “document section”."""
    made = []
    for said in attributes(tree, "source"):
        document, _, section = said.partition(" ")
        if valid(reading, service, model.Source, "document", document) is None:
            continue
        if known is None or document in known:
            made.append(tidy({"document": document, "section": section}))
        else:
            reading.problem("import-no-term", service, "source", document)
    return made


def without(whole: dict[str, str], beginnings: dict[str, str]) -> dict[str, str]:
    """Descriptions without the summary that the export puts before them."""
    rest = {}
    for code, said in whole.items():
        parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", said)]
        if parts and parts[0] == beginnings.get(code):
            parts = parts[1:]
        if parts:
            rest[code] = "\n\n".join(parts)
    return rest


def organization(reading: Reading, identifier: str, tree: Tree, areas: list[str], known: set[str] | None) -> Tree:
    """organization.yaml. Without a summary the description is all there is."""
    summary = {code: said for code, said in reading.said(tree, "summary").items() if len(said) <= model.SUMMARY_LIMIT}
    name = reading.words(tree, "name")
    told = {code: said for code, said in without(reading.paragraphs(tree, "description"), summary).items() if said != name.get(code)}
    return tidy(
        {
            "id": identifier,
            "name": name,
            "summary": summary,
            "description": told,
            "phones": phones(reading, identifier, many(tree, "phones")),
            "email": valid(reading, identifier, model.Organization, "email", text(tree, "email")),
            "url": valid(reading, identifier, model.Organization, "url", text(tree, "website")),
            "locations": locations(reading, identifier, many(tree, "locations")),
            "service_areas": areas,
            "assured_date": dates(reading, identifier, tree),
            "source": sources(reading, identifier, tree, known),
        }
    )
