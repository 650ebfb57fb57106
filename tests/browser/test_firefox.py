"""Firefox, too: one run through the kinds of pages, the search and the exit, over WebDriver BiDi (no driver is needed)."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from .conftest import FINDERS, LANGUAGES, ROOT, SERVICES, TOPICS

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
WEATHER = "https://www.ilmatieteenlaitos.fi/"


@pytest.fixture(scope="module")
def seen(address: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What Firefox saw of each path; see firefox.mjs."""
    if FIREFOX is None:
        pytest.skip("Firefox is not installed: sh .ci/packages browser installs it on Debian as root")
    paths = ["", *(f"{language}/" for language in LANGUAGES)]
    paths += [f"fi/{TOPICS['fi']}/safety/", f"uk/{FINDERS['uk']}/", f"en/{SERVICES['en']}/lahti-ensikoti/", f"sv/{SERVICES['sv']}/lahti-turvakoti/"]
    home = tmp_path_factory.mktemp("firefox")
    process = subprocess.Popen(
        ["node", str(Path(__file__).with_name("firefox.mjs")), address, FIREFOX, *paths],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "HOME": str(home), "MOZ_HEADLESS": "1"},
        start_new_session=True,
    )
    try:
        output, said = process.communicate(timeout=150)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        pytest.fail("Firefox did not end")
    assert process.returncode == 0, said
    result: dict[str, Any] = json.loads(output)
    assert [page["path"] for page in result["pages"]] == paths
    return result


def test_pages_open_without_an_error_and_stand_as_meant(seen: dict[str, Any]) -> None:
    assert seen["version"].startswith("firefox/")
    for page in seen["pages"]:
        assert page["errors"] == [], page
        assert page["title"] and page["heading"], page
        assert page["language"] == (page["path"][:2] or "fi")
        assert page["styled"] and not page["wide"], page
    assert len({page["heading"] for page in seen["pages"][1:5]}) == len(LANGUAGES)


def test_titles_of_sensitive_pages_are_discreet(seen: dict[str, Any]) -> None:
    title = next(page["title"] for page in seen["pages"] if page["path"].endswith("lahti-turvakoti/"))
    assert "Skydd" not in title and "våld" not in title


def test_nothing_is_stored(seen: dict[str, Any]) -> None:
    assert all(page["stored"] == [0, 0, 0] for page in seen["pages"])


def test_the_search_finds(seen: dict[str, Any]) -> None:
    assert seen["found"] > 3


def test_the_exit_is_on_top_and_leaves(seen: dict[str, Any]) -> None:
    assert all(page["exit"] == WEATHER and page["exitOnTop"] for page in seen["pages"])
    assert WEATHER in seen["left"]


def test_going_back_after_leaving_shows_the_neutral_sheet(seen: dict[str, Any]) -> None:
    assert seen["back"] == ["Sää", 1, 0]
