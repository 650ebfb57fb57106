"""The catalogues in locales/: nothing untranslated, nothing hard-coded in a template."""

from __future__ import annotations

import re
import string
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from generator import words

ROOT = Path(__file__).resolve().parent.parent
THEME = ROOT / "theme"
KEYWORDS = {"N_": None, "_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
CATALOGUES = [("site", language) for language in ("fi", "sv", "uk")] + [("editor", language) for language in ("fi", "sv")]


def messages(domain: str) -> set[str]:
    """All messages that the code and the templates of a domain use, as the extraction of locales/*.cfg finds them."""
    found: set[str] = set()
    for line in (ROOT / "locales" / f"{domain}.cfg").read_text(encoding="utf-8").splitlines():
        match = re.fullmatch(r"\[(python|jinja2): (\S+)\]", line)
        if not match:
            continue
        for file in ROOT.glob(match[2].replace("**.", "**/*.")):
            for _, message, _, _ in extract_from_file(match[1], str(file), keywords=KEYWORDS):
                found.add(message if isinstance(message, str) else message[0])
    return found


@pytest.mark.parametrize(("domain", "language"), CATALOGUES)
def test_every_message_is_translated(domain: str, language: str) -> None:
    catalogue = read_po(BytesIO((ROOT / "locales" / language / "LC_MESSAGES" / f"{domain}.po").read_bytes()), locale=language)
    needed = messages(domain)
    assert len(needed) > 50, "the extraction found nothing"
    translated = {}
    for message in catalogue:
        if message.id:
            identifier = message.id if isinstance(message.id, str) else message.id[0]
            forms = [message.string] if isinstance(message.string, str) else list(message.string)
            assert all(forms), f"{domain}/{language}: {identifier}"
            assert not message.fuzzy, f"{domain}/{language}: {identifier}"
            translated[identifier] = forms
    assert needed - set(translated) == set(), "run `make messages` and translate"
    for identifier, forms in translated.items():
        wanted = {name for _, name, _, _ in string.Formatter().parse(identifier) if name}
        for form in forms:
            assert {name for _, name, _, _ in string.Formatter().parse(form) if name} == wanted, f"{domain}/{language}: {identifier}"


def test_ukrainian_has_three_plural_forms() -> None:
    site = words.translations(ROOT / "locales", "site", "uk")
    forms = {site.ngettext("chapter {chapters}", "chapters {chapters}", number) for number in (1, 2, 5)}
    assert len(forms) >= 2


def test_templates_have_no_words_of_their_own() -> None:
    """Text between tags, and attributes that are read aloud, come from views or from gettext."""
    for file in THEME.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        text = re.sub(r"\{% block \w+_attributes %\}.*?\{% endblock %\}", "", text)
        bare = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", "", text, flags=re.DOTALL)
        spoken = re.findall(r'\b(?:aria-label|alt|title|placeholder)="([^"]+)"', bare)
        shown = re.findall(r">([^<>]*)<", bare.replace("<!doctype html>", ""))
        for part in [*spoken, *shown]:
            assert not re.search(r"[^\W\d_]{2,}", part), f"{file.relative_to(ROOT)}: {part.strip()!r}"


def test_messages_hold_no_quotation_marks_that_end_them() -> None:
    """`pages` puts words into templates by the quotation marks around them."""
    for file in THEME.rglob("*.html"):
        for match in re.finditer(r"""\b_\((["'])(.*?)\1\)""", file.read_text(encoding="utf-8")):
            assert match[1] not in match[2]
            assert "\\" not in match[2]


def test_a_language_without_a_catalogue_is_english() -> None:
    assert words.translations(ROOT / "locales", "site", "xx").gettext("Search") == "Search"
