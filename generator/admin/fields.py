"""The forms of `/admin/`, made from the model: a configuration for Sveltia CMS, and the shapes for our own file format.

Every field of the model is a field of a form, with the model's description below it and the reader's own sentence where a
value has not the right form. A service and an organization are chosen from those in the repository, terms from those that
there were when the site was built. Not here: how a file is read and written (theme/admin/), which files make up the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import Any

from generator import schema, shape, words
from generator.admin.labels import BY_FIELD, CHOICES, COLLECTIONS, LABELS, LANGUAGES
from generator.catalogue import VOCABULARIES, Catalogue
from generator.formatting import SCHEMAS
from generator.problems import N_
from generator.settings import Settings
from generator.shape import Shape

Field = dict[str, Any]
MARK = "_text"
"""A hidden field: which text the values were read from (MARK in theme/admin/format.js)."""

_IN_REPOSITORY = {"services": "service", "organizations": "organization"}
_ON_ONE_LINE = frozenset(("name", "discreet_name", "professional_name", "locative"))
_CHANGED_ALONE = "stamps"  # by `apupolku stamp`, never by hand
_PATHS = {"service": "{{organization}}/{{slug}}", "organization": "{{slug}}/organization", "concept": "{{slug}}"}
_SUMMARIES = {
    "phones": "{{fields.number}}",
    "schedules": "{{fields.byday}} {{fields.opens_at}}–{{fields.closes_at}}",
    "schedule_exceptions": "{{fields.valid_from}} {{fields.valid_to}}",
    "source": "{{fields.document}} {{fields.section}}",
}


def configuration(catalogue: Catalogue, settings: Settings, services: PurePosixPath) -> dict[str, Any]:
    """What `CMS.init` takes. `services`: the services' folder in the repository."""
    writer = _Writer(catalogue, settings)
    admin = settings.admin
    assert admin is not None, "only for a site that has /admin/"
    first = settings.languages[0]
    collections = [writer.collection(kind, services) for kind in COLLECTIONS]
    files = [
        {
            "name": name,
            "label": writer.say(schema.TITLES[name]),
            "file": str(services / "terms" / f"{name}.yaml"),
            "format": _format(name),
            "fields": [writer.vocabulary(name)],
        }
        for name in VOCABULARIES
    ]
    terms = {"name": "terms", "label": writer.say(N_("Words to choose from")), "files": files, "icon": "label"}
    return {
        "load_config_file": False,
        "backend": dict(admin.backend),
        **({"publish_mode": admin.publish_mode} if admin.publish_mode else {}),
        "media_folder": f"{services}/.media",
        "app_title": settings.site_name,
        **({"site_url": settings.site_url, "display_url": f"{settings.site_url}{first}/"} if settings.site_url else {}),
        "editor": {"preview": False},
        "slug": {"encoding": "ascii", "clean_accents": True},
        "collections": [*collections, terms],
    }


def spoken(catalogue: Catalogue, settings: Settings) -> list[str]:
    """The languages of words for the search: the site's and those that people's words are known in besides."""
    used = [code for concept in catalogue.concepts.values() for code in concept.expressions]
    used += [code for service in catalogue.services.values() for code in service.keywords]
    return list(dict.fromkeys([*settings.languages, *used]))


def kinds(languages: Sequence[str]) -> dict[str, Any]:
    """The shapes of the files for theme/admin/format.js, by kind: {shape, modeline} and which other kinds lie in its folder.

    `languages`: those of words for the search.
    """
    found: dict[str, Any] = {}
    for name, model in [*shape.FILES.items(), *VOCABULARIES.items()]:
        root = shape.of(model) if name in shape.FILES else Shape("list", item=shape.of(model))
        found[name] = {"shape": _plain(root, languages), "modeline": _modeline(name, 2 if name == "concept" else 1)}
    found["service"] |= {"like": {"service": "organization"}, "otherwise": "organization"}
    return found


def _format(kind: str) -> str:
    return f"apupolku-{kind}"


def _modeline(name: str, depth: int) -> str:
    return f"# yaml-language-server: $schema={'../' * depth}{SCHEMAS}/{name}.json"


def _plain(part: Shape, languages: Sequence[str]) -> dict[str, Any]:
    """A Shape as JSON."""
    made: dict[str, Any] = {"kind": part.kind}
    if part.scalar:
        made["scalar"] = part.scalar
    if part.kind in ("list", "words") and part.item:
        made["item"] = _plain(part.item, languages)
    if part.kind == "words":
        made["languages"] = list(languages)
    if part.keys:
        made["keys"] = {key: _plain(child, languages) for key, child in part.keys.items()}
    return made


class _Writer:
    """What every field needs: the catalogue's ids and the words of the editors' language."""

    def __init__(self, catalogue: Catalogue, settings: Settings) -> None:
        self.catalogue, self.settings = catalogue, settings
        self.language = schema.language_of(settings)
        self.say: Callable[[str], str] = words.translations(settings.locales_dir, "editor", self.language).gettext
        self.order = (self.language, *settings.languages)
        self.spoken = spoken(catalogue, settings)

    def collection(self, kind: str, services: PurePosixPath) -> dict[str, Any]:
        """The files of a kind of which there are many."""
        many, one = COLLECTIONS[kind]
        deep = kind == "concept"
        return {
            "name": kind,
            "label": self.say(many),
            "label_singular": self.say(one),
            "description": self.say(schema.TITLES[kind]),
            "folder": str(services / "terms" / "concepts" if deep else services),
            "path": _PATHS[kind],
            "format": _format(kind),
            "extension": "yaml",
            "identifier_field": "id",
            "slug": {"template": "{{id}}", "editable": False},
            "summary": "{{id}}" if deep else f"{{{{name.{self.settings.languages[0]}}}}} ({{{{id}}}})",
            "sortable_fields": ["id"] if deep else ["id", f"name.{self.settings.languages[0]}"],
            # A service that ends leaves its id and its address behind: docs/editors tells how. A copy would carry the original's comments.
            "delete": False,
            "duplicate": False,
            **({"filter": {"field": "organization", "pattern": "^(?!null$)."}} if kind == "service" else {}),
            "fields": [*self.fields(shape.of(shape.FILES[kind])), _mark()],
        }

    def vocabulary(self, name: str) -> Field:
        """The whole of a vocabulary's file: a list of terms."""
        item = shape.of(VOCABULARIES[name])
        first = self.settings.languages[0]
        return {
            "name": name,
            "label": self.say(schema.TITLES[name]),
            "widget": "list",
            "root": True,
            "required": False,
            "collapsed": True,
            "allow_duplicate": False,
            "summary": f"{{{{fields.name.{first}}}}} ({{{{fields.id}}}})",
            "fields": [*self.fields(item), _mark()],
        }

    def fields(self, part: Shape) -> list[Field]:
        """The fields of an object."""
        assert part.model is not None
        known = shape.fields(part.model)
        return [
            {
                **self.field(key, part.keys[key]),
                "label": self.say(LABELS[key]),
                "hint": self.say(info.description or ""),
                "required": info.is_required(),
            }
            if key != _CHANGED_ALONE
            else {"name": key, "widget": "hidden"}
            for key, info in known.items()
        ]

    def field(self, key: str, part: Shape) -> Field:
        """One place; `key` is its key, or the nearest above it."""
        if part.kind == "object":
            return {"name": key, "widget": "object", "collapsed": "auto", "fields": self.fields(part)}
        if part.kind == "text":
            return {"name": key, "widget": "object", "collapsed": False, "fields": self.languages(lambda: self.prose(key, part))}
        if part.kind == "words":
            return {"name": key, "widget": "object", "collapsed": True, "fields": self.languages(lambda: {"widget": "list"}, self.spoken)}
        if part.kind == "list":
            return self.several(key, part.item or shape.ANY)
        if part.scalar == "id" and key in schema.REFERENCES:
            return self.reference(key, multiple=False)
        return {"name": key, **self.scalar(key, part)}

    def several(self, key: str, item: Shape) -> Field:
        """Several of one place."""
        if item.kind == "scalar" and item.scalar == "id" and key in schema.REFERENCES:
            return self.reference(key, multiple=True)
        if item.kind == "scalar" and item.scalar == "choice":
            return {"name": key, "widget": "select", "multiple": True, "dropdown_threshold": len(item.choices), "options": self.choices(key, item)}
        if item.kind == "scalar":
            pattern = self.scalar(key, item).get("pattern")
            return {"name": key, "widget": "list", **({"pattern": pattern} if pattern else {})}
        inner = self.languages(lambda: self.prose(key, item)) if item.kind == "text" else self.fields(item)
        summary = _SUMMARIES.get(key) or f"{{{{fields.{inner[0]['name']}}}}}"
        return {"name": key, "widget": "list", "collapsed": "auto", "allow_duplicate": False, "summary": summary, "fields": inner}

    def languages(self, make: Callable[[], Field], codes: Sequence[str] = ()) -> list[Field]:
        """The same field for each of the site's languages, or of `codes`."""
        return [
            {"name": code, "label": f"{self.say(LANGUAGES[code])} ({code})" if code in LANGUAGES else code, "required": False, **make()}
            for code in codes or self.settings.languages
        ]

    def prose(self, key: str, part: Shape) -> Field:
        """A text in one language."""
        limit = {"maxlength": part.limit} if part.limit else {}
        return {"widget": "string" if key in _ON_ONE_LINE else "text", "use_emoji_autocomplete": False, **limit}

    def reference(self, key: str, *, multiple: bool) -> Field:
        """Ids of what else there is."""
        vocabulary = schema.REFERENCES[key]
        many = {"multiple": True, "dropdown_threshold": 0} if multiple else {}  # labels that can be put in order: “the closest first”
        if kind := _IN_REPOSITORY.get(vocabulary):
            name = f"name.{self.settings.languages[0]}"
            return {"name": key, "widget": "relation", **many, "collection": kind, "value_field": "id", "display_fields": [name], "search_fields": [name, "id"]}
        known = schema.labels(self.catalogue, vocabulary, self.order)
        return {"name": key, "widget": "select", **many, "options": [{"label": label or id_, "value": id_} for id_, label in known.items()]}

    def choices(self, key: str, part: Shape) -> list[dict[str, str]]:
        codes = ("yes", "no") if part.scalar == "yes-no" else part.choices
        return [{"label": self.say(BY_FIELD.get((key, code)) or CHOICES[code]), "value": code} for code in codes]

    def scalar(self, key: str, part: Shape) -> Field:
        """A text of one of the model's types, with the sentence that is told where it is not."""
        if part.scalar in ("choice", "yes-no"):
            return {"widget": "select", "options": self.choices(key, part)}
        made: Field = {"widget": "string", "use_emoji_autocomplete": False}
        if part.scalar in schema.PATTERNS:
            pattern, code = schema.PATTERNS[part.scalar]
            made["pattern"] = [rf"^\s*({pattern})\s*$", schema.message(code, self.say)]
        return made


def _mark() -> Field:
    return {"name": MARK, "widget": "hidden"}
