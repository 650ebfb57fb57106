"""`apupolku links`: what it finds, how politely it asks. Only a server on this machine is asked."""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from generator import catalogue, cli
from generator.repository.links import Asker, gather

ROOT = Path(__file__).parent.parent


class Host(ThreadingHTTPServer):
    """A server that remembers who asked what, when, and how many at once."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.asked: list[tuple[str, str, float]] = []
        self.agents: set[str] = set()
        self.at_once = self.most_at_once = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    """One path for each way in which a host may answer."""

    server: Host

    def answer(self) -> None:
        self.server.at_once += 1
        self.server.most_at_once = max(self.server.most_at_once, self.server.at_once)
        self.server.asked.append((self.command, self.path, time.monotonic()))
        self.server.agents.add(self.headers["User-Agent"])
        time.sleep(0.02)
        status, location = {
            "/moved": (301, "/works"),
            "/moved-slash": (308, "/moved-slash/"),
            "/elsewhere": (302, "/works"),
            "/loop": (302, "/loop"),
            "/file": (302, "file:///etc/passwd"),
            "/gone": (404, ""),
            "/busy": (503, ""),
            "/not-for-programs": (403, ""),
            "/only-get": (405 if self.command == "HEAD" else 200, ""),
        }.get(self.path, (200, ""))
        if self.path == "/slow":
            time.sleep(1)
        self.server.at_once -= 1
        body = b"User-agent: *\nDisallow: /private\n" if self.path == "/robots.txt" else b""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_HEAD = answer  # noqa: N815 # http.server's names

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Host() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.parametrize(
    ("path", "state", "detail"),
    [
        ("/works", "works", "200"),
        ("/works#part", "works", "200"),
        ("/ä?q=ö", "works", "200"),
        ("/moved-slash", "works", "200"),
        ("/elsewhere", "works", "200"),
        ("/only-get", "works", "200"),
        ("/moved", "moved", "200"),
        ("/gone", "broken", "404"),
        ("/loop", "broken", "redirects"),
        ("/file", "broken", "302"),
        ("/busy", "unreachable", "503"),
        ("/slow", "unreachable", "timeout"),
        ("/not-for-programs", "unasked", "403"),
        ("/private/x", "unasked", ""),
    ],
)
def test_what_a_host_answers(host: Host, path: str, state: str, detail: str) -> None:
    url = host.url + path
    answer = Asker(delay=0, timeout=0.3).ask([url])[url]
    assert (answer.state, answer.detail) == (state, detail)
    assert answer.target == (f"{host.url}/works" if state == "moved" else "")


def test_a_host_that_is_not_there_does_not_answer(host: Host) -> None:
    host.server_close()
    assert Asker(delay=0, timeout=1).ask([f"{host.url}/x"])[f"{host.url}/x"].state == "unreachable"
    nowhere = "https://nowhere.invalid/"
    assert Asker(delay=0, timeout=1).ask([nowhere])[nowhere].state == "unreachable"


def test_it_asks_politely(host: Host) -> None:
    asker = Asker(delay=0.1, timeout=5, contact="https://koe.example/")
    asker.ask([f"{host.url}/{number}" for number in range(4)] + [f"{host.url}/1", f"{host.url}/private/x", f"{host.url}/only-get"])
    asked = [entry for entry in host.asked if entry[1] != "/robots.txt"]
    assert [entry[:2] for entry in asked] == [("HEAD", f"/{number}") for number in range(4)] + [("HEAD", "/only-get"), ("GET", "/only-get")]
    assert sum(entry[1] == "/robots.txt" for entry in host.asked) == 1
    assert all(later[2] - earlier[2] >= 0.1 for earlier, later in itertools.pairwise(asked))
    assert host.most_at_once == 1
    assert host.agents == {asker.agent}
    assert asker.agent.startswith("apupolku-links/") and asker.agent.endswith("(+https://koe.example/)")


def test_addresses_of_services_organizations_terms_and_content_are_found(tmp_path: Path) -> None:
    found = gather(catalogue.load(ROOT / "services"), ROOT / "content")
    files = [place.file for places in found.values() for place in places]
    assert {"services", "content"} <= {file.split("/")[0] for file in files}
    assert any(file.startswith("services/terms/") for file in files) and any(file.endswith("organization.yaml") for file in files)
    assert all(place.line > 0 and place.column > 0 for places in found.values() for place in places)
    content = tmp_path / "content" / "fi"
    content.mkdir(parents=True)
    (content / "a.md").write_text("Lue [tämä](https://a.example/x_(y)), tai https://b.example/z.\nEi http:// mitään.\n", encoding="utf-8")
    own = gather(catalogue.load(tmp_path), tmp_path / "content")
    assert list(own) == ["https://a.example/x_(y)", "https://b.example/z"]
    assert own["https://b.example/z"][0][1:] == (1, 42)


@pytest.fixture
def project(site: Path, host: Host, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny site with addresses of the server on this machine, and none other."""
    monkeypatch.chdir(site)
    monkeypatch.setenv("LC_ALL", "en")
    for file in site.rglob("*.yaml"):
        file.write_text(file.read_text(encoding="utf-8").replace("https://", f"{host.url}/works?"), encoding="utf-8")
    file = site / "services" / "talo" / "organization.yaml"
    file.write_text(file.read_text(encoding="utf-8") + f"url: {host.url}/gone\n", encoding="utf-8")
    (site / "content" / "fi" / "about.md").write_text(f"---\nid: about\ntitle: x\n---\n\n[a]({host.url}/moved) [b]({host.url}/works)\n", encoding="utf-8")
    return site


def test_the_command_tells_and_never_blocks(project: Path, host: Host, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["links", "--delay", "0"]) == 0
    told = capsys.readouterr()
    assert f"{host.url}/gone does not exist any more (404)" in told.out
    assert f"content/fi/about.md:6:5: {host.url}/moved has moved for good; write {host.url}/works." in told.out
    assert all(path == "/robots.txt" or path.startswith(("/works", "/moved", "/gone")) for _, path, _ in host.asked)
    assert told.err == "Addresses: 4. Broken: 1. Without an answer: 0. Moved: 1.\n"
    assert cli.main(["links", "--delay", "0", "--strict"]) == 1


def test_the_command_for_programs(project: Path, host: Host, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["links", "--delay", "0", "--json", "--lang", "fi"]) == 0
    found = {entry["url"]: entry for entry in json.loads(capsys.readouterr().out)}
    gone = found[f"{host.url}/gone"]
    assert (gone["state"], gone["detail"]) == ("broken", "404")
    assert "ei ole enää olemassa" in gone["message"]
    assert gone["places"][0]["file"].endswith("services/talo/organization.yaml")


def test_the_report_tells_freshness_and_links(project: Path, host: Host, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")  # 2030: everything is old
    assert cli.main(["report", "--links", "--delay", "0", "--lang", "fi"]) == 0
    told = capsys.readouterr().out
    assert "## Kuinka tuoreita tiedot ovat" in told
    assert "(`talo/perhetupa.yaml`): 2026-01-31" in told
    assert "## Verkko-osoitteet" in told and "ei ole enää olemassa" in told
    host.asked.clear()
    assert cli.main(["report", "--lang", "sv"]) == 0
    assert "Webbadresser" not in capsys.readouterr().out and not host.asked
