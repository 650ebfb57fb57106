"""JSON Schemas of the files, made from the model, for the tools that editors write in (yaml-language-server, VS Code).

They complete keys and ids and mark most mistakes while one types; what is right or wrong is still decided by `model` and
`checks`. Editors' tools read YAML 1.2, where `0442700797` is a number, so every scalar may also be a number or yes/no, and
patterns hold for strings only. Draft-07, which is what these tools know best; descriptions are in the editor's language.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from generator import shape, words
from generator.catalogue import VOCABULARIES, Catalogue
from generator.formatting import SCHEMAS
from generator.localise import codes
from generator.problems import CODES, N_, Place, Problem
from generator.settings import Settings
from generator.shape import Shape

DRAFT = "http://json-schema.org/draft-07/schema#"
LANGUAGES = ("fi", "sv", "en")

REFERENCES = {
    "topics": "topics",
    "target_groups": "target_groups",
    "municipalities": "municipalities",
    "channels": "channels",
    "service_areas": "areas",
    "part_of": "areas",
    "area": "areas",
    "referrers": "referrers",
    "before": "services",
    "beside": "services",
    "after": "services",
    "services": "services",
    "organization": "organizations",
    "document": "sources",
    "replaced_by": "services",
}
TITLES = {
    "service": N_("A service: one file for each, named by its id"),
    "organization": N_("An organization: the file organization.yaml of its folder"),
    "concept": N_("A need in people's own words, for the search"),
    "topics": N_("Life situations"),
    "target_groups": N_("For whom the services are"),
    "areas": N_("Areas"),
    "municipalities": N_("Municipalities"),
    "channels": N_("Ways in which help is given"),
    "referrers": N_("Who may guide to a service"),
    "sources": N_("Documents that facts come from"),
    "retired": N_("Services that are no more"),
}
_EXAMPLES = {"clock": ["9:00", "15:30"], "date": ["2026-01-31", "2026-01", "2026"], "phone": ["044 270 0797"], "url": ["https://www.example.fi/"]}
_SNIPPETS: dict[str, Any] = {
    "phones": {"number": "${1:044 123 4567}", "description": {"fi": "${2}"}},
    "schedules": {"byday": ["${1:MO}"], "opens_at": "${2:9:00}", "closes_at": "${3:15:00}"},
    "application_process": {"fi": "${1}"},
    "schedule_exceptions": {"valid_from": "${1:2026-12-24}", "closed": "yes"},
    "source": {"document": "${1}"},
}
_BLANKS = r"[\s()/–-]*"
PATTERNS: dict[str, tuple[str, str]] = {
    "id": (r"[a-z0-9]+(-[a-z0-9]+)*", "bad-id"),
    "yes-no": (r"([Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])", "bad-yes-no"),
    "age": (r"0*(\d|[1-9]\d|1[01]\d|120)", "bad-number"),
    "clock": (r"([01]?\d|2[0-3])[:.][0-5]\d|24[:.]00", "bad-time"),
    "date": (r"(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", "bad-date"),
    "url": (r"[hH][tT][tT][pP][sS]?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d+)?(/\S*)?", "bad-url"),
    "email": (r"[^@\s]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", "bad-email"),
    "phone": (rf"{_BLANKS}\+?({_BLANKS}\d){{3,15}}{_BLANKS}", "bad-phone"),
    "postal-code": (r"\d{5}", "bad-postal-code"),
    "language": (r"[a-z]{2,3}", "language-code"),
}
_LIMITS = {"low": "0", "high": "120"}


def schemas(catalogue: Catalogue, settings: Settings, language: str) -> dict[str, dict[str, Any]]:
    """Every kind of file's schema by its name, with descriptions in `language`."""
    writer = _Writer(catalogue, settings, language)
    found = {name: writer.file(name, shape.of(kind)) for name, kind in shape.FILES.items()}
    return found | {name: writer.file(name, Shape("list", item=shape.of(kind))) for name, kind in VOCABULARIES.items()}


def language_of(settings: Settings) -> str:
    """The editors' language: the site's first one when messages are translated into it, else English."""
    return settings.languages[0] if settings.languages[0] in LANGUAGES else "en"


def text(schema: dict[str, Any]) -> str:
    """The schema as it is committed."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def write(catalogue: Catalogue, settings: Settings, language: str, folder: Path | None = None) -> list[Path]:
    """Write every schema below `folder` (the services' `.schema` by default); returns the files whose content changed."""
    home = folder or settings.services_dir / SCHEMAS
    home.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, schema in schemas(catalogue, settings, language).items():
        file, content = home / f"{name}.json", text(schema)
        if not file.is_file() or file.read_text(encoding="utf-8") != content:
            file.write_text(content, encoding="utf-8")
            changed.append(file)
    return changed


def labels(catalogue: Catalogue, vocabulary: str, order: Sequence[str]) -> dict[str, str]:
    """The ids of a vocabulary (or "services", "organizations"), each with its label in the first language of `order` that has one."""
    known: dict[str, Any] = catalogue.terms.get(vocabulary) or getattr(catalogue, vocabulary, {})
    return {id_: next((" ".join(entry.name[code].split()) for code in order if code in entry.name), "") for id_, entry in known.items()}


def message(code: str, say: Callable[[str], str]) -> str:
    """The sentence of a problem, about a value that is not known yet: its first half quotes the value and goes."""
    sentence = Problem(code, Place(""), _LIMITS).sentence(say) if code in CODES else ""
    return re.sub(r"^[“”]…[“”]\s*", "… ", sentence)


class _Writer:
    """What every part needs: the catalogue's ids and the words of one language. A part used in several places is a definition."""

    def __init__(self, catalogue: Catalogue, settings: Settings, language: str) -> None:
        self.catalogue, self.settings, self.language = catalogue, settings, language
        self.say: Callable[[str], str] = words.translations(settings.locales_dir, "editor", language).gettext
        self.site: Callable[[str], str] = words.translations(settings.locales_dir, "site", language).gettext
        self.definitions: dict[str, Any] = {}

    def file(self, name: str, root: Shape) -> dict[str, Any]:
        self.definitions = {}
        body = self.part(root, "")
        if root.kind == "list":
            body["type"] = ["array", "null"]  # a vocabulary without entries yet
        title = {"$schema": DRAFT, "title": self.say(TITLES[name]) if name in TITLES else name}
        return {**title, **body, "definitions": dict(sorted(self.definitions.items()))}

    def part(self, part: Shape, key: str) -> dict[str, Any]:
        """The schema of one place; `key` is the nearest key above it."""
        if part.kind == "object" and part.model is not None:
            return self.object(part, part.model)
        if part.kind == "list":
            snippet = {"defaultSnippets": [{"label": key, "body": _SNIPPETS[key]}]} if key in _SNIPPETS else {}
            return {"type": "array", "items": {**self.part(part.item or shape.ANY, key), **snippet}}
        if part.kind == "text":
            return self.define(f"text-{part.limit}" if part.limit else "text", lambda: self.text(part.limit))
        if part.kind == "words":
            languages = {"type": "array", "items": self.scalar(Shape("scalar", "plain"), "")}
            return {**self.languages(languages), "type": "object", "additionalProperties": False}
        if part.kind == "stamps":
            return {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": {"type": "string"}}}
        if part.scalar == "id" and key in REFERENCES:
            return self.define(REFERENCES[key], lambda: self.reference(REFERENCES[key]))
        return self.scalar(part, key)

    def define(self, name: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        if name not in self.definitions:
            self.definitions[name] = make()
        return {"$ref": f"#/definitions/{name}"}

    def object(self, part: Shape, kind: type[BaseModel]) -> dict[str, Any]:
        fields = shape.fields(kind)
        properties = {key: {"description": self.say(info.description or ""), **self.part(part.keys[key], key)} for key, info in fields.items()}
        required = [key for key, info in fields.items() if info.is_required()]
        for key in required:
            if part.keys[key].kind == "list":
                properties[key]["minItems"] = 1
        return {"type": "object", "properties": properties, "additionalProperties": False, **({"required": required} if required else {})}

    def languages(self, value: dict[str, Any]) -> dict[str, Any]:
        return {"properties": dict.fromkeys(self.settings.languages, value), "patternProperties": {"^[a-z]{2,3}$": value}}

    def text(self, limit: int) -> dict[str, Any]:
        """A text per language; `null` is a language that waits for its translation."""
        value: dict[str, Any] = {"type": ["string", "number", "boolean", "null"], **({"maxLength": limit} if limit else {})}
        message = self.say(N_("Write the text below the key, each language on its own line: “fi: …”, “sv: …”, “en: …”, “uk: …”."))
        return {"type": "object", **self.languages(value), "additionalProperties": False, "minProperties": 1, "errorMessage": message}

    def reference(self, vocabulary: str) -> dict[str, Any]:
        """The ids that there are, each with its label."""
        known = labels(self.catalogue, vocabulary, (self.language, *self.settings.languages))
        return {"type": ["string", "number"], "enum": list(known), "enumDescriptions": list(known.values())} if known else {"type": "string"}

    def scalar(self, part: Shape, key: str) -> dict[str, Any]:
        if part.scalar == "choice":
            described = {"enumDescriptions": [self.site(codes.SENTENCES[choice]) for choice in part.choices]} if key == "threshold" else {}
            return {"enum": list(part.choices), **described}
        kinds: Sequence[str] = ("string", "number", "boolean") if part.scalar in ("plain", "yes-no", "language") else ("string", "number")
        found: dict[str, Any] = {"type": list(kinds)}
        if part.scalar in PATTERNS:
            pattern, code = PATTERNS[part.scalar]
            found |= {"pattern": rf"^\s*({pattern})\s*$", "patternErrorMessage": message(code, self.say)}
        if part.scalar == "yes-no":
            found |= {"type": ["string", "boolean"], "defaultSnippets": [{"label": word, "body": word} for word in ("yes", "no")]}
        if part.scalar == "age":
            found |= {"minimum": 0, "maximum": 120}
        if part.scalar in _EXAMPLES:
            found["examples"] = _EXAMPLES[part.scalar]
        return found
