"""The list for a client: chosen on any page, kept in the fragment alone, in the client's language, as a QR code."""

from __future__ import annotations

from pathlib import Path

import brotli
import pytest
import segno
from playwright.sync_api import Page, Route

from .conftest import ROOT

LIST = ROOT / "theme" / "components" / "list"


def ids(page: Page) -> list[str]:
    return [str(entry.get_attribute("data-service")) for entry in page.locator("[data-chosen] > li").all()]


def test_services_are_chosen_on_their_pages_and_the_list_goes_along(phone: Page, address: str) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(f"{address}fi/palvelut/nollalinja/")
    phone.locator("[data-add]").tap()
    phone.wait_for_url("**/fi/lista/#list=nollalinja")
    assert ids(phone) == ["nollalinja"]
    phone.goto(f"{address}fi/lista/#list=nollalinja")
    phone.locator("footer a[href*='haku']").tap()
    phone.wait_for_url("**/fi/haku/#list=nollalinja")
    phone.goto(f"{address}fi/aiheet/baby/#list=nollalinja")
    phone.reload()
    first = phone.locator(".card[data-service]").first
    chosen = first.get_attribute("data-service")
    first.locator("[data-add]").tap()
    phone.wait_for_url(f"**/fi/lista/#list=nollalinja,{chosen}")
    assert ids(phone) == ["nollalinja", chosen]
    assert not [url for url in asked if "list=" in url], "no server is told"
    assert phone.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0


def test_entries_move_and_go_and_the_fragment_follows(phone: Page, address: str) -> None:
    phone.goto(f"{address}uk/spysok/#list=nollalinja,lahti-doula,unknown-id")
    assert ids(phone) == ["nollalinja", "lahti-doula"]
    phone.locator("[data-chosen] [data-act=up]:visible").tap()
    assert phone.url.endswith("#list=lahti-doula,nollalinja")
    assert phone.evaluate("document.activeElement.tagName") == "BUTTON"
    phone.locator("[data-chosen] [data-act=remove]:visible").first.tap()
    assert phone.url.endswith("#list=nollalinja")
    phone.locator("[data-filter] input").fill("доула")
    assert phone.locator("[data-all] > li:visible").count() >= 1
    phone.locator("[data-all] > li:visible [data-act=add]:visible").first.tap()
    assert len(ids(phone)) == 2


def test_an_empty_list_offers_nothing_to_print(phone: Page, address: str) -> None:
    phone.goto(f"{address}fi/lista/")
    phone.locator("[data-all] [data-act=add]:visible").first.wait_for()
    assert not phone.locator("[data-tools]").is_visible()
    phone.locator("[data-all] [data-act=add]:visible").first.tap()
    assert phone.locator("[data-tools] [data-print]").is_visible()


def test_little_jumps_when_the_script_comes_late(phone: Page, address: str) -> None:
    phone.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(e => window.moved += e.value)).observe({type: 'layout-shift', buffered: true})"
    )

    def late(route: Route) -> None:
        phone.wait_for_timeout(300)
        route.continue_()

    phone.route("**/*.js", late)
    phone.goto(f"{address}fi/lista/")
    phone.locator("[data-all] [data-act=add]:visible").first.wait_for()
    phone.wait_for_timeout(200)
    assert phone.evaluate("window.moved") < 0.1  # what search engines and Lighthouse call good


def test_the_client_opens_it_in_her_language_without_tools(phone: Page, address: str) -> None:
    phone.goto(f"{address}fi/lista/#list=nollalinja,lahti-turvakoti")
    phone.locator("[data-client]").select_option("uk")
    link = str(phone.locator("[data-link]").get_attribute("href"))
    assert link.endswith("/uk/spysok/#list=nollalinja,lahti-turvakoti&lang=uk")
    phone.goto(f"{address}fi/lista/#list=nollalinja,lahti-turvakoti&lang=uk")
    phone.wait_for_url("**/uk/spysok/#list=nollalinja,lahti-turvakoti&lang=uk")
    assert ids(phone) == ["nollalinja", "lahti-turvakoti"]
    assert phone.locator("html").get_attribute("lang") == "uk"
    assert phone.locator("[data-act]:visible").count() == 0
    assert phone.locator("[data-all]:visible").count() == 0
    assert phone.locator("[data-chosen] a[href='tel:+35880005005']").count() == 2
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_list_prints_on_one_sheet(phone: Page, address: str) -> None:
    phone.goto(f"{address}en/list/#list=nollalinja,lahti-turvakoti,lahti-doula,tuulensuoja&lang=en")
    assert phone.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1


@pytest.mark.parametrize("length", [1, 14, 40, 106, 134, 180, 213, 251, 331, 450, 560, 666])
def test_qr_codes_are_those_of_another_encoder(phone: Page, length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # segno adds a byte of zeros where none is needed; readers pass over it, but it would differ from ours.
    monkeypatch.setattr(segno.encoder, "write_padding_bits", lambda *_: None)
    text = ("https://apupolku.example/uk/spysok/#list=nollalinja," * 20)[:length]
    phone.add_script_tag(path=LIST / "qr.js")
    made = phone.evaluate("(text) => qr(text).map((row) => row.map(Number))", text)
    other = segno.make(text, error="m", mode="byte", boost_error=False, micro=False, mask=3)
    assert made == [list(row) for row in other.matrix]


def test_a_list_that_no_code_holds_is_told(phone: Page) -> None:
    phone.add_script_tag(path=LIST / "qr.js")
    assert phone.evaluate("qr('x'.repeat(667))") is None


def test_scripts_stay_small(built: Path) -> None:
    sizes = {file.name.split(".")[0]: len(brotli.compress(file.read_bytes())) for file in (built / "assets").rglob("*.js")}
    assert sizes["list"] < 3_000
    assert sizes["qr"] < 4_000


def test_without_script_the_page_says_so_and_leads_to_cards(built: Path) -> None:
    text = (built / "sv" / "lista" / "index.html").read_text(encoding="utf-8")
    assert "<noscript>" in text
    assert text.count("/card/fi/") >= 39
