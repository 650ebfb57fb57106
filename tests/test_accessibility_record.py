"""The accessibility statement shows what the record of the tests says, and nothing where there is none."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator import plugin
from generator.localise.accessibility import OTHER, RecordError

RECORD = {"date": "2026-11-21", "axe": "4.14.1", "pages": 1234, "states": 40, "combinations": 24, "violations": 0, "other": list(OTHER)}
PAGE = "---\nid: {id}\ntitle: T\ndescription: D\n---\n\nFirst.\n\n{marker}Last.\n"


def build(site: Path, record: object, marker: str = "<!-- tested -->\n\n", identifier: str = "accessibility") -> dict[str, str]:
    """The main part of the page in each language."""
    for language in ("fi", "sv", "en", "uk"):
        (site / f"content/{language}/a11y.md").write_text(PAGE.format(id=identifier, marker=marker), encoding="utf-8")
    configuration = site / "mkdocs.yml"
    configuration.write_text(
        configuration.read_text(encoding="utf-8").replace("  - apupolku:\n", "  - apupolku:\n      accessibility_results: record.json\n"), encoding="utf-8"
    )
    if record is not None:
        (site / "record.json").write_text(record if isinstance(record, str) else json.dumps(record), encoding="utf-8")
    plugin.build(str(configuration), str(site / "out"))
    return {language: main((site / f"out/{language}/a11y/index.html").read_text(encoding="utf-8")) for language in ("fi", "sv", "en", "uk")}


def main(text: str) -> str:
    return text[text.index("<main") : text.index("</main>")]


def test_figures_and_words_in_each_language_where_the_page_wants_them(site: Path) -> None:
    pages = build(site, RECORD)
    for language, date, number in [
        ("fi", "21. marraskuuta 2026", "1\u00a0234"),
        ("sv", "21 november 2026", "1\u00a0234"),
        ("en", "21 November 2026", "1,234"),
        ("uk", "21 листопада 2026 року", "1\u00a0234"),
    ]:
        text = pages[language]
        assert f"{date}<" in re.sub(r"\s", " ", text)
        assert number in text.replace("\u202f", "\u00a0") or number.replace(",", "\u00a0") in text
        assert "4.14.1" in text and ": 40." in text and ": 24." in text and ": 0." in text
        assert text.count("<li>") == 4 + len(OTHER)
        assert text.index("First.") < text.index('id="tested"') < text.index("Last.")
    assert len({re.sub(r"\d", "", page[page.index('id="tested"') :]) for page in pages.values()}) == 4


def test_at_the_end_where_the_page_has_no_mark(site: Path) -> None:
    text = build(site, {**RECORD, "other": []}, marker="")["en"]
    assert text.index("Last.") < text.index('id="tested"')


@pytest.mark.parametrize(("record", "identifier"), [(None, "accessibility"), (RECORD, "other-page")])
def test_nothing_without_a_record_or_on_another_page(site: Path, record: object, identifier: str) -> None:
    assert all("tested" not in text.replace("<!-- tested -->", "") for text in build(site, record, identifier=identifier).values())


@pytest.mark.parametrize("record", ["", "[]", "{}", {**RECORD, "date": "yesterday"}, {**RECORD, "pages": "many"}, {**RECORD, "other": ["unheard-of"]}])
def test_a_damaged_record_is_told_and_nothing_is_built(site: Path, record: object) -> None:
    with pytest.raises(RecordError, match=r"record\.json: not a record"):
        build(site, record)
    assert not (site / "out").exists()
