"""Bilingual cards and posters on paper: one sheet each, as Chromium prints them; and the way to a card from the front page."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from .conftest import HOST, LANGUAGES, PHONE, ROOT, SERVICES
from .test_axe import faults

PAIRS = list(itertools.permutations(LANGUAGES, 2))
# Every service in these; the longest ones in all.
WHOLE = [("uk", "fi"), ("fi", "sv")]
LONGEST = 6

# What happens in a family, the topic that a reader taps, and the service whose card she takes home.
SITUATIONS = [
    ("My partner threatens me and I need a safe place tonight", "safety", "lahti-turvakoti"),
    ("I want to ask about violence without giving my name", "safety", "nollalinja"),
    ("I hit someone and I want it to end", "own-actions", "lahti-aggredi"),
    ("We are separating and quarrel about the children", "divorce", "lahti-ero-lapsiperheessa"),
    ("The children need somewhere to talk about the divorce", "divorce", "lahti-lasten-eroryhma"),
    ("I am expecting and afraid of giving birth alone", "baby", "lahti-doula"),
    ("The baby does not sleep and neither do I", "exhaustion", "lahti-unirytmiohjaus"),
    ("I drink and I am pregnant", "substances", "lahti-jannika"),
    ("I am alone with my child and know nobody here", "single-parent", "lahti-perhetupa"),
    ("My child is bullied at school", "bullying", "valopilkku"),
]


def sheets(pdf: bytes) -> int:
    """How many pages a PDF of Chromium's has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def card(built: Path, language: str, identifier: str, other: str) -> Path:
    return built / language / SERVICES[language] / identifier / "card" / other / "index.html"


@pytest.fixture(scope="module")
def paper(browser: Browser) -> Page:
    return browser.new_page()


@pytest.fixture(scope="module")
def identifiers(built: Path) -> list[str]:
    return sorted(folder.name for folder in (built / "fi" / "palvelut").iterdir() if folder.is_dir())


def test_every_card_is_one_sheet(paper: Page, built: Path, identifiers: list[str]) -> None:
    longest = sorted(identifiers, key=lambda identifier: -card(built, "uk", identifier, "sv").stat().st_size)[:LONGEST]
    asked = [(pair, identifier) for pair in PAIRS for identifier in (identifiers if pair in WHOLE else longest)]
    assert len(asked) > 2 * 39
    for (language, other), identifier in asked:
        paper.goto(card(built, language, identifier, other).as_uri())
        assert sheets(paper.pdf(prefer_css_page_size=True)) == 1, (language, other, identifier)


def test_every_pair_says_the_same_line_by_line(paper: Page, built: Path, identifiers: list[str]) -> None:
    for identifier in identifiers:
        for language, other in PAIRS:
            text = card(built, language, identifier, other).read_text(encoding="utf-8")
            article = text[text.index("<article") : text.index("</article>")]
            rows = re.findall(r'<div class="pair row-(\w+)"><div lang="(\w+)">(.*?)</div>\s*<div lang="(\w+)">', article, re.DOTALL)
            assert [row[0] for row in rows][:1] == ["what"]
            assert {"how", "phone", "when", "where", "fresh"} <= {row[0] for row in rows}
            assert {(row[1], row[3]) for row in rows} == {(language, other)}
            assert f"{HOST}p/{identifier}/" in article
            assert '<svg class="qr"' in article


def test_what_is_said_of_a_number_stands_with_that_number(built: Path) -> None:
    """Only one of the two is free and leaves no trace on the bill: nobody may read it of the other."""
    for language, other in PAIRS:
        text = card(built, language, "lahti-turvakoti", other).read_text(encoding="utf-8")
        halves = re.findall(r'<div class="tel">080 005 005</div>(.*?)<div class="tel">044 270 0797</div>(.*?)</div>', text, re.DOTALL)
        assert len(halves) == 2
        for first, second in halves:
            assert "Nollalinja" in first and " · " in first
            assert "Nollalinja" not in second and second.count(" · ") == 1, "only its description, e-mail and web address"


def test_a_card_of_a_sensitive_service_tells_nothing_in_its_title(built: Path) -> None:
    for language, other in PAIRS:
        text = card(built, language, "lahti-turvakoti", other).read_text(encoding="utf-8")
        title = re.findall(r"<title>(.*?)</title>", text)[0]
        page = (built / language / SERVICES[language] / "lahti-turvakoti" / "index.html").read_text(encoding="utf-8")
        assert title in page
        assert 'name="description"' not in text


def test_the_small_card_has_neither_headings_nor_the_matter(paper: Page, built: Path) -> None:
    paper.goto(card(built, "uk", "lahti-turvakoti", "fi").as_uri() + "#small")
    paper.reload()
    shown = paper.locator("article").inner_text()
    assert "080 005 005" in shown
    for word in ("Turvakoti", "Притулок", "turvakoti", "letk"):
        assert word not in shown
    assert paper.locator("article h2:visible").count() == 0
    assert sheets(paper.pdf(prefer_css_page_size=True)) == 1


def test_every_poster_is_one_sheet_in_four_languages(paper: Page, built: Path) -> None:
    posters = sorted((built / "posters").glob("*/*/index.html"))
    assert len(posters) >= 14
    for file in posters:
        paper.goto(file.as_uri())
        assert [block.get_attribute("lang") for block in paper.locator(".block").all()] == list(LANGUAGES)
        assert sheets(paper.pdf(prefer_css_page_size=True)) == 1, file


@pytest.mark.parametrize(("situation", "topic", "identifier"), SITUATIONS, ids=[identifier for _, _, identifier in SITUATIONS])
def test_from_the_ukrainian_front_page_to_a_printed_card_in_four_taps(phone: Page, address: str, situation: str, topic: str, identifier: str) -> None:
    assert situation
    phone.add_init_script("window.print = () => { window.printed = true; }")
    phone.goto(f"{address}uk/")
    taps = [
        f".situations a[href$='/{topic}/'], .situations a[href*='/{topic}/']",
        f"main .card[data-service='{identifier}'] h3 a",
        "a[href='card/fi/']",
        "[data-print]",
    ]
    for tap in taps:
        phone.locator(tap).first.tap()
        phone.wait_for_load_state()
    assert phone.url.endswith(f"/uk/posluhy/{identifier}/card/fi/")
    assert phone.evaluate("window.printed") is True
    assert len(taps) <= 4


def test_what_other_sites_take_has_no_script_and_no_frame(built: Path, identifiers: list[str]) -> None:
    for language in LANGUAGES:
        for identifier in identifiers:
            home = built / language / SERVICES[language] / identifier
            small = (home / "embed" / "index.html").read_text(encoding="utf-8")
            answer = json.loads((home / "oembed.json").read_text(encoding="utf-8"))
            page = (home / "index.html").read_text(encoding="utf-8")
            assert f'type="application/json+oembed" href="{HOST}{language}/{SERVICES[language]}/{identifier}/oembed.json"' in page
            assert answer["version"] == "1.0"
            for html in (small, answer.get("html", "")):
                assert not re.search(r"<(script|iframe|img)|\bon\w+=", html)
            assert answer["title"] == re.findall(r"<title>(.*?)(?: – Apupolku)?</title>", page)[0].replace("&#39;", "'").replace("&amp;", "&")
    sensitive = json.loads((built / "fi" / "palvelut" / "lahti-turvakoti" / "oembed.json").read_text(encoding="utf-8"))
    assert sensitive["type"] == "link"
    assert "html" not in sensitive
    assert (ROOT / "docs" / "contract.md").read_text(encoding="utf-8").count("oembed.json")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_in_what_is_handed_out(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(viewport=PHONE, bypass_csp=True, color_scheme=scheme)  # type: ignore[arg-type] # one of the two literals
    page = context.new_page()
    said: list[str] = []
    service = "uk/posluhy/lahti-turvakoti/"
    for path in (
        f"{service}card/fi/",
        f"{service}card/fi/#small",
        f"{service}embed/",
        "uk/spysok/",
        "uk/spysok/#list=nollalinja,lahti-doula",
        "uk/spysok/#list=nollalinja&lang=uk",
        "uk/vstavyty/",
        "posters/topics/baby/",
    ):
        page.goto("about:blank")
        page.goto(address + path)
        # The small card of a sensitive service has no heading, on purpose.
        said += [fault for fault in faults(page)[1] if "#small page-has-heading-one" not in fault]
    context.close()
    assert not said, "\n".join(said[:12])
