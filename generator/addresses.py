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
        "target_groups": "kenelle",
        "areas": "alueet",
        "organizations": "jarjestot",
        "professionals": "ammattilaisille",
    },
    "sv": {
        "finder": "sok",
        "services": "tjanster",
        "topics": "amnen",
        "target_groups": "for-vem",
        "areas": "omraden",
        "organizations": "organisationer",
        "professionals": "for-proffs",
    },
    "en": {
        "finder": "search",
        "services": "services",
        "topics": "topics",
        "target_groups": "for-whom",
        "areas": "areas",
        "organizations": "organizations",
        "professionals": "professionals",
    },
    "uk": {
        "finder": "poshuk",
        "services": "posluhy",
        "topics": "temy",
        "target_groups": "dlia-koho",
        "areas": "rehiony",
        "organizations": "orhanizatsii",
        "professionals": "dlia-fakhivtsiv",
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
    return f"{language}/{segment}/{identifier}/" if identifier else f"{language}/{segment}/"


def root(of: str) -> str:
    """The relative way from the page at path `of` to the site's root: "fi/haku/" → "../../"; "" → "./"."""
    return "../" * of.count("/") or "./"
