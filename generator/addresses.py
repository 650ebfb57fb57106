"""Where every kind of page lives, per language: docs/contract.md in code.

Paths are relative to the site's root, without a leading slash and ending in one, so that the site works below any base
path. Ids stay for ever; these words do too.
"""

from __future__ import annotations

SEGMENTS: dict[str, dict[str, str]] = {
    "fi": {
        "finder": "haku",
        "services": "palvelut",
        "topics": "aiheet",
        "paths": "polku",
        "target_groups": "kenelle",
        "areas": "alueet",
        "organizations": "jarjestot",
        "professionals": "ammattilaisille",
        "client_list": "lista",
        "webmasters": "upota",
        "freshness": "tuoreus",
        "data": "avoin-data",
    },
    "sv": {
        "finder": "sok",
        "services": "tjanster",
        "topics": "amnen",
        "paths": "vag",
        "target_groups": "for-vem",
        "areas": "omraden",
        "organizations": "organisationer",
        "professionals": "for-proffs",
        "client_list": "lista",
        "webmasters": "badda-in",
        "freshness": "aktualitet",
        "data": "oppna-data",
    },
    "en": {
        "finder": "search",
        "services": "services",
        "topics": "topics",
        "paths": "path",
        "target_groups": "for-whom",
        "areas": "areas",
        "organizations": "organizations",
        "professionals": "professionals",
        "client_list": "list",
        "webmasters": "embed",
        "freshness": "freshness",
        "data": "open-data",
    },
    "uk": {
        "finder": "poshuk",
        "services": "posluhy",
        "topics": "temy",
        "paths": "shliakh",
        "target_groups": "dlia-koho",
        "areas": "rehiony",
        "organizations": "orhanizatsii",
        "professionals": "dlia-fakhivtsiv",
        "client_list": "spysok",
        "webmasters": "vstavyty",
        "freshness": "aktualnist",
        "data": "vidkryti-dani",
    },
}


def path(kind: str, language: str, identifier: str = "") -> str:
    """The path of a page: path("services", "fi", "lahti-doula") → "fi/palvelut/lahti-doula/". A language without words
    of its own uses the English ones."""
    if kind == "languages":
        return ""
    if kind == "home":
        return f"{language}/"
    if kind == "permalink":
        return f"p/{identifier}/"
    segment = SEGMENTS.get(language, SEGMENTS["en"]).get(kind, kind)
    if kind == "paths":
        return f"{path('topics', language, identifier)}{segment}/"
    return f"{language}/{segment}/{identifier}/" if identifier else f"{language}/{segment}/"


def card(language: str, identifier: str, other: str) -> str:
    """A service's card: `language` beside `other`."""
    return f"{path('services', language, identifier)}card/{other}/"


def embed(kind: str, language: str, identifier: str, area: str = "") -> str:
    """What other sites may show of a service, or of a topic, in one area or in all."""
    return f"{path(kind, language, identifier)}embed/{area + '/' if area else ''}"


def poster(kind: str, identifier: str) -> str:
    """A poster, in all languages at once: poster("areas", "kymenlaakso") → "posters/areas/kymenlaakso/"."""
    return f"posters/{kind}/{identifier}/"


def root(of: str) -> str:
    """The relative way from the page at path `of` to the site's root: "fi/haku/" → "../../"; "" → "./"."""
    return "../" * of.count("/") or "./"
