"""“Open now” in a page: Helsinki's time wherever the reader is, four languages, and the hours in words without the script."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Browser, Page

from generator.settings import resources

from .conftest import ROOT, SERVICES

FACTS = """
public_holidays: closed
schedule_exceptions:
  - valid_from: 2026-07-06
    valid_to: 2026-07-26
    closed: yes
    description: {fi: Kesätauko, sv: Sommaruppehåll, en: Summer break, uk: Літня перерва}
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny site with a service that has weekly hours (MO and TU 9.30–15), holidays and an exception."""
    site = tmp_path_factory.mktemp("hours") / "site"
    shutil.copytree(ROOT / "tests" / "site", site)
    configuration = site / "mkdocs.yml"
    configuration.write_text(configuration.read_text(encoding="utf-8").replace("../../theme", str(resources("theme"))), encoding="utf-8")
    file = site / "services" / "talo" / "perhetupa.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("referral_path:", FACTS.lstrip() + "referral_path:"), encoding="utf-8")
    folder = site.parent / "out"
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build", "--site-dir", str(folder)],
        cwd=site,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1780300000"},  # 2026-06-01
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def _scripts(file: Path) -> list[Path]:
    return [(file.parent / name).resolve() for name in re.findall(r'<script src="([^"]+)"', file.read_text(encoding="utf-8"))]


def _says(page: Page, out: Path, moment: str, language: str = "en") -> str:
    page.clock.set_fixed_time(moment)
    page.goto((out / language / SERVICES[language] / "perhetupa" / "index.html").as_uri())
    line = page.locator("[data-hours]")
    assert line.is_visible() and line.get_attribute("role") is None and line.get_attribute("aria-live") is None
    return line.inner_text()


def test_the_page_says_what_is_open_now(out: Path, browser: Browser) -> None:
    context = browser.new_context(timezone_id="America/New_York", locale="uk-UA")
    page = context.new_page()
    told = {
        "2026-06-02T06:00:00Z": "Closed now. Opens today at 9.30.",
        "2026-06-02T06:30:00Z": "Open now, until 15.00.",
        "2026-06-02T12:00:00Z": "Closed now. Opens on Monday at 9.30.",
        "2026-06-07T21:30:00Z": "Closed now. Opens today at 9.30.",
        "2026-06-19T12:00:00Z": "Closed now. Opens on Monday at 9.30.",
        "2026-06-20T12:00:00Z": "Midsummer Day: closed today. Opens on Monday at 9.30.",
        "2026-07-06T08:00:00Z": "Summer break: closed today. Opens on 27 July at 9.30.",
    }
    assert {moment: _says(page, out, moment) for moment in told} == told
    context.close()


def test_in_four_languages(out: Path, desk: Page) -> None:
    told = {
        "fi": "Juhannuspäivä: tänään kiinni. Avataan maanantaina kello 9.30.",
        "sv": "Midsommardagen: stängt i dag. Öppnar på måndag kl. 09:30.",
        "en": "Midsummer Day: closed today. Opens on Monday at 9.30.",
        "uk": "День літнього сонцестояння: сьогодні не працює. Знову працює у понеділок з 09:30.",
    }
    assert {language: _says(desk, out, "2026-06-20T12:00:00Z", language) for language in told} == told
    dates = {"fi": "27. heinäkuuta", "sv": "den 27 juli", "uk": "27 липня"}
    for language, date in dates.items():
        assert date in _says(desk, out, "2026-07-06T08:00:00Z", language)


def test_the_line_goes_on_with_the_clock(out: Path, desk: Page) -> None:
    desk.clock.install(time="2026-06-02T11:59:50Z")
    desk.goto((out / "en" / "services" / "perhetupa" / "index.html").as_uri())
    line = desk.locator("[data-hours]")
    assert line.inner_text() == "Open now, until 15.00."
    desk.clock.run_for(31_000)
    assert line.inner_text() == "Closed now. Opens on Monday at 9.30."


def test_without_script_the_hours_in_words_stand_alone(out: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((out / "en" / "services" / "perhetupa" / "index.html").as_uri())
    assert not page.locator("[data-hours]").is_visible()
    words = page.locator("li", has_text=re.compile("9.30|public holidays|Summer break")).all_inner_texts()
    assert words[0] == "Mon, Tue 9.30–15.00"
    assert words[1].startswith("Closed on public holidays.")
    assert words[2].endswith("closed (Summer break)")
    context.close()


def test_only_pages_with_hours_that_change_carry_the_script_and_it_is_small(out: Path) -> None:
    for language in SERVICES:
        for file in (out / language / SERVICES[language]).glob("*/index.html"):
            scripts = _scripts(file)
            carries = any("hours" in script.name for script in scripts)
            assert carries == (file.parent.name == "perhetupa") == ("data-hours" in file.read_text(encoding="utf-8"))
            assert sum(len(brotli.compress(script.read_bytes())) for script in scripts) <= 3_000, file
            assert len(brotli.compress(file.read_bytes())) < 8_000
