"""The stored figures of bench/lighthouse: every kind of page in every language is there, at 100, and README.md shows the same."""

from __future__ import annotations

import json
import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "bench" / "lighthouse"
FIGURES = json.loads((FOLDER / "figures.json").read_text(encoding="utf-8"))
KINDS = ("home", "finder", "topic", "service", "organization", "content")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def test_every_kind_of_page_in_every_language_is_at_100() -> None:
    assert [(page["kind"], page["language"]) for page in FIGURES] == [(kind, language) for kind in KINDS for language in ("fi", "sv", "en", "uk")]
    assert [page["path"] for page in FIGURES if any(page[name] != 100 for name in CATEGORIES)] == []


def test_the_table_shows_the_stored_figures() -> None:
    rows = re.findall(r"^\| (\w+) \| (\w\w) \|(.+)\|$", (FOLDER / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    shown = [(kind, language, *(cell.strip() for cell in cells.split("|"))) for kind, language, cells in rows]
    assert [(*row[:6], row[-1]) for row in shown] == [
        (page["kind"], page["language"], *(str(page[name]) for name in CATEGORIES), f"{page['bytes']:,}") for page in FIGURES
    ]


def test_the_lock_names_no_registry_and_the_tests_need_none_of_it() -> None:
    lock = (FOLDER / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert "lighthouse" not in json.loads((FOLDER.parent.parent / "package.json").read_text(encoding="utf-8"))["devDependencies"]
