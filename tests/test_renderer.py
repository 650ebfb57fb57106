"""Nothing that an editor writes becomes markup: a tag and both quotation marks in every text, looked for in every page."""

from __future__ import annotations

import dataclasses
import datetime
import html.parser
from typing import Any

import pytest
from babel import Locale
from everything import load
from pydantic import BaseModel

from generator import site
from generator.localise.views import Chosen
from generator.pages.templates import escaped
from generator.settings import Settings

MARK = "<i data-x=\"'&amp;'\">"


def marked(value: Any) -> Any:
    """The value with MARK after every text of it that has a language, and in an address."""
    if isinstance(value, BaseModel):
        found = {name: marked(getattr(value, name)) for name in type(value).model_fields if name != "stamps"}
        if "address_1" in found:
            found["address_1"] += MARK
        return value.model_copy(update=found)
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(map(marked, value))
    if isinstance(value, dict):
        return {key: text + MARK if isinstance(text, str) else marked(text) for key, text in value.items()}
    return value


class _Marks(html.parser.HTMLParser):
    """Counts elements and attributes that only MARK can have brought in."""

    found = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += any(name == "data-x" or name.startswith(("'", '"')) for name, _ in attrs)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    catalogue = load(tmp_path_factory.mktemp("marked"))
    changed = {
        "services": {name: marked(service) for name, service in catalogue.services.items()},
        "organizations": {name: marked(organization) for name, organization in catalogue.organizations.items()},
        "terms": {
            vocabulary: {name: marked(term) for name, term in terms.items()} if vocabulary != "sources" else terms
            for vocabulary, terms in catalogue.terms.items()
        },
    }
    settings = Settings(today=datetime.date(2026, 6, 1), search=False)
    files, _ = site.make(dataclasses.replace(catalogue, **changed), settings, {})
    return {name: content.decode() for name, content in files.items() if name.endswith(".html")}


def test_no_text_of_a_file_becomes_markup(pages: dict[str, str]) -> None:
    assert len(pages) > 900
    for name, page in pages.items():
        parser = _Marks()
        parser.feed(page)
        assert not parser.found and "<i data-x" not in page, name


def test_the_marks_are_there_escaped(pages: dict[str, str]) -> None:
    page = pages["fi/palvelut/kaikki/index.html"]
    assert page.count("&lt;i data-x=&#34;&#39;&amp;amp;&#39;&#34;&gt;") > 25


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("<&'\">", "&lt;&amp;&#39;&#34;&gt;"),
        (Chosen("<a>"), "&lt;a&gt;"),
        (Chosen("<a>", '"x'), '<span lang="&#34;x">&lt;a&gt;</span>'),
        (7, "7"),
        (None, ""),
        (True, "True"),
        (Locale("fi"), "fi"),
    ],
)
def test_what_is_put_out(value: object, said: str) -> None:
    assert escaped(value) == said
