"""The forms at /admin/, with the CMS's own test backend, which keeps the repository in the browser: nothing but what was changed changes."""

from __future__ import annotations

import difflib
import functools
import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from generator import cli, plugin
from generator.settings import resources

ROOT = Path(__file__).resolve().parent.parent.parent
TINY = ROOT / "tests" / "site"
FILE = "services/talo/turvakoti.yaml"
# Comments, quotes, an unknown key, a language that the site does not have, a number that YAML would not keep.
WRITTEN = """\
# yaml-language-server: $schema=../.schema/service.json
# Kysy ensin Liisalta.

id: turvakoti
organization: talo
status: jotain
name:
  fi: 'Turvakoti'   # ovessa
  sv: Skyddshemmet
  en: "Shelter"
  uk: Притулок
  ru: Убежище
summary: {fi: Saat apua., sv: Du får hjälp.,   en: You get help., uk: Ви отримаєте допомогу.}
description:
  fi: >
    Ensimmäinen rivi
    jatkuu.

    Toinen kappale.
  sv: |

    Första.
topics: [poistettu, baby]   # lähin ensin
threshold: self-referral
cost_option: ilmainen

# Näin pääset:
application_process:
  # soitto
  - fi: Soita.
    sv: Ring.
  - en: Come.
    fi: Tule.
phones:
- number: 0442700797
  ulkopuolinen: tieto
  shown_on_bill: No
  languages: [fi,sv]
  schedules:
  - always_open: true
# - number: 044 000 0000
referral_path:
  after: [unikoulu, ei-ole, perhetupa]
assured_date: 2026-01
sensitive: yes
stamps:
  name: {sv: aaaaaaaa, en: aaaaaaaa}
  application_process.0: {sv: aaaaaaaa}
"""
PUT = """async files => {
  const root = await navigator.storage.getDirectory()
  const top = await root.getDirectoryHandle('sveltia-cms-test', { create: true })
  for (const [path, text] of Object.entries(files)) {
    const folders = path.split('/'), name = folders.pop()
    let home = top
    for (const folder of folders) home = await home.getDirectoryHandle(folder, { create: true })
    const stream = await (await home.getFileHandle(name, { create: true })).createWritable()
    await stream.write(text)
    await stream.close()
  }
}"""
# A file that is being written has another beside it for a moment, which may be gone when it is asked for: then once more.
GET = """async () => {
  const walk = async (home, path, found) => {
    for await (const [name, handle] of home.entries()) {
      if (handle.kind === 'directory') await walk(handle, path + name + '/', found)
      else if (!name.endsWith('.crswap')) found[path + name] = await (await handle.getFile()).text()
    }
    return found
  }
  for (let left = 40; ; left--) {
    try {
      return await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle('sveltia-cms-test'), '', {})
    } catch (error) {
      if (error.name !== 'NotFoundError' || !left) throw error
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
}"""


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of the tests' tiny site with /admin/, and its folder of sources."""
    root = tmp_path_factory.mktemp("forms")
    shutil.copytree(TINY, root, dirs_exist_ok=True)
    text = (root / "mkdocs.yml").read_text(encoding="utf-8").replace("../../theme", str(resources("theme")))
    option = f"      admin: {{backend: {{name: test-repo}}, modules: {ROOT / 'node_modules'}}}\n"
    (root / "mkdocs.yml").write_text(text.replace("  - apupolku:\n", "  - apupolku:\n" + option), encoding="utf-8")
    plugin.build(str(root / "mkdocs.yml"))
    handler = functools.partial(_Served, directory=str(root / "site"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/admin/", root
    server.shutdown()


class _Served(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def files(forms: tuple[str, Path]) -> dict[str, str]:
    """The repository that the CMS finds: the tiny site's, with the file above."""
    root = forms[1]
    return {file.relative_to(root).as_posix(): file.read_text(encoding="utf-8") for file in (root / "services").rglob("*.yaml")} | {FILE: WRITTEN}


@pytest.fixture
def page(browser: Browser, forms: tuple[str, Path], files: dict[str, str]) -> Iterator[Page]:
    """The forms, signed in. Whatever the page asks of another host, whatever its policy stops and whatever it fails at is a failure."""
    # A field is only made when it comes into view: the window is as tall as the form.
    context = browser.new_context(viewport={"width": 1280, "height": 6000}, locale="fi-FI", reduced_motion="reduce")
    made = context.new_page()
    made.set_default_timeout(15_000)
    wrong: list[str] = []
    own = forms[0].removesuffix("admin/")
    made.on("request", lambda request: None if request.url.startswith((own, "blob:", "data:")) else wrong.append(request.url))
    made.on("response", lambda answer: wrong.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    made.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    made.goto(forms[0] + "config.json")
    made.evaluate(PUT, files)
    made.goto(forms[0])
    made.get_by_role("button", name="Työskentele testirepositorion kanssa").click()
    yield made
    context.close()
    assert not wrong


def field(page: Page, path: str) -> Locator:
    """The input of a field by its path in the file."""
    return page.locator(f'[data-key-path="{path}"] :is(input, textarea)').first


def opened(page: Page, name: str) -> None:
    page.get_by_text(name).first.click()
    expect(field(page, "id")).to_be_visible()


def item(page: Page, path: str, at: int) -> Locator:
    """An entry of a list, opened."""
    found = page.locator(f'[data-key-path="{path}"] .item').nth(at)
    expect(found).to_be_visible()
    closed = found.locator('button[aria-expanded="false"][aria-controls$="-body"]').first
    if closed.count():
        closed.click()
    return found


def saved(page: Page) -> dict[str, str]:
    """The repository after saving: when it is another than before and stays so, since the CMS may say so a moment too early, or
    of the save before."""
    before: dict[str, str] = page.evaluate(GET)
    page.get_by_role("button", name="Tallenna").click()
    expect(page.get_by_text("Merkintä tallennettu", exact=False).first).to_be_visible()
    last, found = before, page.evaluate(GET)
    for _ in range(50):
        if last == found != before:
            break
        page.wait_for_timeout(100)
        last, found = found, page.evaluate(GET)
    return found


def changes(before: str, after: str) -> list[str]:
    """The lines that differ, as `diff` shows them."""
    return [
        line for line in difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0) if line[0] in "+-" and line[:3] not in ("+++", "---")
    ]


def test_a_changed_name_is_the_only_line_that_differs(page: Page, files: dict[str, str], forms: tuple[str, Path]) -> None:
    opened(page, "Turvakoti (turvakoti)")
    field(page, "name.sv").fill("Skyddshuset")
    after = saved(page)
    assert changes(WRITTEN, after[FILE]) == ["-  sv: Skyddshemmet", "+  sv: Skyddshuset"]
    assert {name: text for name, text in after.items() if name != FILE} == {name: text for name, text in files.items() if name != FILE}


def test_what_a_form_cannot_say_is_left_alone_while_much_else_changes(page: Page) -> None:
    opened(page, "Turvakoti (turvakoti)")
    item(page, "application_process", 1)
    item(page, "phones", 0)
    field(page, "summary.sv").fill("Du får stöd.")
    field(page, "application_process.1.sv").fill("Kom.")
    field(page, "phones.0.number").fill("0442700798")
    field(page, "assured_date").fill("2026-02-03")
    after = saved(page)
    assert changes(WRITTEN, after[FILE]) == [
        "-summary: {fi: Saat apua., sv: Du får hjälp.,   en: You get help., uk: Ви отримаєте допомогу.}",
        "+summary: {fi: Saat apua., sv: Du får stöd., en: You get help., uk: Ви отримаєте допомогу.}",
        "+    sv: Kom.",
        "-- number: 0442700797",
        '+- number: "0442700798"',
        "-assured_date: 2026-01",
        "+assured_date: 2026-02-03",
    ]
    # Saved once more in the same visit, back to what it was: the file is again what it was, with every comment and quote.
    opened(page, "Turvakoti (turvakoti)")
    item(page, "application_process", 1)
    item(page, "phones", 0)
    field(page, "phones.0.number").fill("0442700797")
    field(page, "application_process.1.sv").fill("")
    field(page, "summary.sv").fill("Du får hjälp.")
    field(page, "assured_date").fill("2026-01")
    assert saved(page)[FILE] == WRITTEN


def test_entries_are_added_taken_away_and_moved(page: Page) -> None:
    opened(page, "Turvakoti (turvakoti)")
    page.locator('[data-key-path="phones"]').first.get_by_role("button", name="Lisää").last.click()
    field(page, "phones.1.number").fill("044 123 4567")
    steps = page.locator('[data-key-path="application_process"] .item')
    for _ in range(20):  # a key is lost while the form is being made
        if "Tule." in steps.first.inner_text():
            break
        steps.filter(has_text="Tule.").locator('[data-action="reorder"]').press("ArrowUp", timeout=15_000)
        page.wait_for_timeout(500)
    item(page, "phones", 0)
    page.locator('[data-key-path="phones.0.languages"]').get_by_role("textbox").last.fill("se")
    topics = page.locator('[data-key-path="topics"]').first
    topics.get_by_role("row", name="Vauva").get_by_role("button").click()
    after = saved(page)
    assert changes(WRITTEN, after[FILE]) == [
        "-topics: [poistettu, baby]   # lähin ensin",
        "+topics: [poistettu]   # lähin ensin",
        "+  - en: Come.",
        "+    fi: Tule.",
        "-  - en: Come.",
        "-    fi: Tule.",
        "-  languages: [fi,sv]",
        "+  languages: [fi, se]",
        "+- number: 044 123 4567",
    ]


def test_a_new_service_gets_a_file_that_has_no_fault(page: Page) -> None:
    page.get_by_role("button", name="Luo uusi merkintä").click()
    page.locator('[data-key-path="organization"]').first.get_by_role("radio", name="Talo ry").click()
    field(page, "name.fi").fill("Uusi palvelu")
    field(page, "summary.fi").fill("Saat apua.")
    topics = page.locator('[data-key-path="topics"]').first
    topics.get_by_role("combobox").click()
    page.get_by_role("option", name="Vauva").click()
    page.locator('[data-key-path="threshold"]').first.get_by_role("radio", name="Avoin kaikille").click()
    field(page, "id").fill("uusi palvelu")
    # An id with a space is told of in the words of `apupolku check`, and nothing is saved.
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator('[data-key-path="id"]')).to_contain_text("pieniä kirjaimia a–z")
    field(page, "id").fill("uusi")
    after = saved(page)
    assert after["services/talo/uusi.yaml"] == (
        "# yaml-language-server: $schema=../.schema/service.json\nid: uusi\norganization: talo\nname:\n  fi: Uusi palvelu\n"
        "summary:\n  fi: Saat apua.\ntopics: [baby]\nthreshold: open\n"
    )


def test_what_check_says_of_a_saved_file(
    page: Page, forms: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A Swedish name alone makes no translation stale; a Finnish name makes the other languages' so, as by hand."""
    name = "services/talo/perhetupa.yaml"
    shutil.copytree(forms[1] / "services", tmp_path / "services")
    monkeypatch.chdir(tmp_path)
    cli.main(["stamp", name])
    stamped = (tmp_path / name).read_text(encoding="utf-8")
    assert "stamps:" in stamped
    expect(page.get_by_text("Perhetupa (perhetupa)").first).to_be_visible()  # all files are read: none changes under the reading
    page.evaluate(PUT, {name: stamped})
    page.reload()

    def told() -> list[str]:
        (tmp_path / name).write_text(saved(page)[name], encoding="utf-8")
        capsys.readouterr()
        cli.main(["check", name, "--format", "json"])
        return [problem["code"] for problem in json.loads(capsys.readouterr().out)]

    opened(page, "Perhetupa (perhetupa)")
    field(page, "name.sv").fill("Familjehuset")
    assert "translation-stale" not in told()
    assert changes(stamped, (tmp_path / name).read_text(encoding="utf-8")) == ["-  sv: Familjestugan", "+  sv: Familjehuset"]
    opened(page, "Perhetupa (perhetupa)")
    field(page, "name.fi").fill("Perhetalo")
    assert "translation-stale" in told()


def test_a_vocabulary_and_an_organization(page: Page, files: dict[str, str]) -> None:
    page.get_by_role("button", name="Järjestöt").or_(page.get_by_text("Järjestöt")).first.click()
    opened(page, "Talo ry (talo)")
    field(page, "name.sv").fill("Huset rf")
    name = "services/talo/organization.yaml"
    assert changes(files[name], saved(page)[name]) == ["-  sv: Talo rf", "+  sv: Huset rf"]
    page.get_by_text("Sanastot").first.click()
    page.get_by_text("Elämäntilanteet").first.click()
    item(page, "topics", 0)
    field(page, "topics.0.name.sv").fill("Spädbarn")
    name = "services/terms/topics.yaml"
    assert changes(files[name], saved(page)[name]) == ["-    sv: Baby", "+    sv: Spädbarn"]
