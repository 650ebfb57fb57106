"""Permanent links: no id is lost, and an id without a service goes on answering in every language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from examples import problems
from ids import ROOT, current, stored

from generator import catalogue, plugin

RETIRED = "- id: vanha-tupa\n  name: {fi: Vanha tupa, sv: Gamla stugan, en: Old house, uk: Старий дім}\n  date: 2026-05-31\n  replaced_by: perhetupa\n"


def test_no_id_has_disappeared() -> None:
    retired = set(catalogue.load(ROOT / "services", ROOT).terms["retired"])
    assert len(stored()) >= 39
    assert stored() - current() - retired == set(), "write these into services/terms/retired.yaml with what replaces them"
    assert current() - stored() == set(), "run `python tests/ids.py`"


@pytest.fixture
def built(site: Path) -> Path:
    """The tiny site with a retired id and an inactive service."""
    (site / "services" / "terms" / "retired.yaml").write_text(RETIRED, encoding="utf-8")
    file = site / "services" / "tupa" / "unikoulu.yaml"
    file.write_text(re.sub(r"^status:.*\n", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE) + "status: inactive\n", encoding="utf-8")
    plugin.build(str(site / "mkdocs.yml"), str(site / "out"))
    return site / "out"


def test_an_old_permanent_link_tells_in_four_languages_what_helps_instead(built: Path) -> None:
    page = (built / "p" / "vanha-tupa" / "index.html").read_text(encoding="utf-8")
    for language, folder in (("fi", "palvelut"), ("sv", "tjanster"), ("en", "services"), ("uk", "posluhy")):
        assert f'<section lang="{language}"' in page
        assert f'href="../../{language}/{folder}/perhetupa/"' in page
        old = (built / language / folder / "vanha-tupa" / "index.html").read_text(encoding="utf-8")
        assert 'href="../perhetupa/"' in old or f"/{folder}/perhetupa/" in old
        assert '<meta name="robots" content="noindex">' in old
    assert "Старий дім" in page
    assert "<script src" in page
    assert page.count("<script") == 1, "the page's words need no script"


def test_the_link_of_an_inactive_service_answers(built: Path) -> None:
    assert "Find help" in (built / "p" / "unikoulu" / "index.html").read_text(encoding="utf-8")
    assert (built / "uk" / "posluhy" / "unikoulu" / "index.html").is_file()


def test_a_retired_id_is_given_to_no_other_service() -> None:
    found = problems("# services/terms/retired.yaml\n" + RETIRED.replace("vanha-tupa", "perhetupa").replace("replaced_by: perhetupa", "replaced_by: perhetup"))
    assert {"retired-is-there", "unknown-reference"} <= {problem.code for problem in found}
