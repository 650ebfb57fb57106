"""Each host's file gives each header, read as that host reads it; nginx itself is asked where it is installed."""

from __future__ import annotations

import dataclasses
import re
import shlex
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from generator import headers
from generator.pages import POLICY
from generator.settings import Admin, Settings

BASES = {"/": "https://apu.example/", "/polku/": "https://apu.example/polku/"}
ADDRESSES = ["", "fi/", "fi/palvelut/talo/", "uk/temy/x/", "p/talo/", "404.html", "data/index.json", "sitemap.xml"]


@pytest.fixture(params=BASES)
def base(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[False, True], ids=["", "with forms"])
def own(request: pytest.FixtureRequest, base: str, settings: Settings) -> Settings:
    forms = Admin({"name": "github", "repo": "talo/apu", "branch": "main"}) if request.param else None
    return dataclasses.replace(settings, site_url=BASES[base], admin=forms)


@pytest.fixture
def made(own: Settings) -> dict[str, str]:
    return {name: content.decode() for name, content in headers.files(own).items()}


def expected(own: Settings, address: str) -> dict[str, str]:
    """Every header that an address gets, but for Cache-Control."""
    return {**headers.SECURITY, **(headers.forms(own) if address.startswith("admin/") else {})}


def addresses(own: Settings) -> list[str]:
    return [*ADDRESSES, *(["admin/", "admin/sveltia-cms/npm/index.js"] if own.admin else [])]


def netlify(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each address pattern with its headers."""
    rules: list[tuple[str, list[tuple[str, str]]]] = []
    for line in text.splitlines():
        if line.startswith("/"):
            rules.append((line, []))
        elif line.startswith("  "):
            name, value = line.strip().split(": ", 1)
            rules[-1][1].append((name, value))
    return rules


def test_netlify_gives_every_header_once_to_every_address(made: dict[str, str], base: str, own: Settings) -> None:
    rules = netlify(made["_headers"])
    for address, cache in [*((address, headers.NOT_KEPT) for address in addresses(own)), ("assets/base.12345678.css", headers.KEPT)]:
        given = [header for pattern, values in rules if fnmatch(base + address, pattern) for header in values]
        assert sorted(given) == sorted([*expected(own, address).items(), ("Cache-Control", cache)]), address


def test_apache_gives_every_header(made: dict[str, str], base: str, own: Settings) -> None:
    lines = [shlex.split(line) for line in made[".htaccess"].splitlines() if line.startswith("Header always")]
    assert all(line[:3] == ["Header", "always", "set"] and len(line) in (5, 6) for line in lines)
    for address, cache in [*((address, headers.NOT_KEPT) for address in addresses(own)), ("assets/base.css", headers.KEPT)]:
        given = [(line[3], line[4]) for line in lines if len(line) == 5 or holds(line[5], base + address)]
        assert sorted(given) == sorted([*expected(own, address).items(), ("Cache-Control", cache)]), address


def holds(condition: str, address: str) -> bool:
    """An Apache condition on the address, for an address."""
    match = re.fullmatch(r"expr=%\{REQUEST_URI\} (=~|!~) m#(.*)#", condition)
    assert match is not None
    return bool(re.search(match[2], address)) == (match[1] == "=~")


def test_caddy_gives_every_header(made: dict[str, str], base: str, own: Settings) -> None:
    text = made["hosting/Caddyfile"]
    block = re.search(r"\theader \{\n(.*?)\n\t\}", text, re.DOTALL)
    assert block is not None
    everywhere = dict(shlex.split(line) for line in block[1].splitlines() if not line.startswith("\t\t-"))
    matchers = {line[0]: line[1:] for line in map(str.split, re.findall(r"^\t(@.*)$", text, re.MULTILINE))}
    rules = [shlex.split(line) for line in re.findall(r"^\theader (@.*)$", text, re.MULTILINE)]
    for address, cache in [*((address, headers.NOT_KEPT) for address in addresses(own)), ("assets/base.css", headers.KEPT)]:
        fits = {name: fnmatch(base + address, rule[-1]) != (rule[0] == "not") for name, rule in matchers.items()}
        given = [*everywhere.items(), *((rule[1], rule[2]) for rule in rules if fits[rule[0]])]
        assert sorted(given) == sorted([*expected(own, address).items(), ("Cache-Control", cache)]), address
    assert text.count("{") == text.count("}")


def test_nginx_gives_every_header(made: dict[str, str], own: Settings) -> None:
    text = made["hosting/nginx.conf"]
    lines = [shlex.split(line.strip().removesuffix(";")) for line in text.splitlines() if "add_header " in line and "#" not in line]
    given = {name: value for _, name, value, always in lines if always == "always"}
    assert set(given) == {*headers.SECURITY, "Cache-Control"}
    assert {name for name, value in given.items() if value.startswith("$")} == {"Cache-Control", *headers.forms(own)}
    assert not re.search(r"^\s*location", text, re.MULTILINE), "a location with add_header would leave the others out"


def test_no_header_breaks_a_line_or_a_quotation() -> None:
    for value in (*headers.SECURITY.values(), headers.KEPT, headers.NOT_KEPT):
        assert '"' not in value and "\n" not in value and "$" not in value


def test_the_policy_is_that_of_the_pages_and_what_only_a_header_can_say() -> None:
    said = dict(part.split(" ", 1) for part in headers.SECURITY["Content-Security-Policy"].split("; "))
    assert said == {**POLICY, "frame-ancestors": "'none'"}
    assert said["default-src"] == "'none'"
    assert not re.search(r"unsafe|https?:|\*|data:|blob:", headers.SECURITY["Content-Security-Policy"])


def test_each_header_says_what_the_documentation_promises() -> None:
    """Written out: a value that is weakened where it is made must not weaken what is asked."""
    assert headers.SECURITY["Referrer-Policy"] == "no-referrer"
    assert headers.SECURITY["X-Content-Type-Options"] == "nosniff"
    assert headers.SECURITY["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers.SECURITY["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert headers.SECURITY["Cross-Origin-Resource-Policy"] == "same-origin"
    age = re.fullmatch(r"max-age=(\d+)", headers.SECURITY["Strict-Transport-Security"])
    assert age is not None and int(age[1]) >= 31_536_000
    assert headers.NOT_KEPT == "no-store"
    for directive in ("default-src", "base-uri", "manifest-src"):
        assert POLICY[directive] == "'none'", directive
    for directive in ("connect-src", "form-action", "img-src", "script-src", "style-src", "worker-src"):
        assert POLICY[directive] == "'self'", directive
    documented = (Path(__file__).parent.parent / "docs" / "hosting.md").read_text(encoding="utf-8")
    for name in ("Content-Security-Policy", "Strict-Transport-Security", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Cache-Control"):
        assert f"| `{name}` |" in documented, name


def test_no_feature_is_allowed() -> None:
    parts = headers.SECURITY["Permissions-Policy"].split(", ")
    assert len(parts) == len(set(parts)) == len(headers.FEATURES)
    assert all(part.endswith("=()") for part in parts)
    assert {"geolocation=()", "camera=()", "microphone=()", "storage-access=()"} <= set(parts)


def test_the_files_are_in_the_site(tmp_path: Path, site: Path) -> None:
    from generator import configuration, plugin

    plugin.build(str(site / "mkdocs.yml"), str(tmp_path / "out"))
    for name, content in headers.files(configuration.read(str(site / "mkdocs.yml"))).items():
        assert (tmp_path / "out" / name).read_bytes() == content


NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


@pytest.fixture
def nginx(tmp_path: Path, base: str, made: dict[str, str]) -> Iterator[str]:
    """nginx with our file, serving a small site; the address that it listens at."""
    if NGINX is None:
        pytest.skip("nginx is not installed; the file was read by the tests above")
    root = tmp_path / "root"
    folder = root / base.strip("/")
    (folder / "fi").mkdir(parents=True)
    (folder / "assets").mkdir()
    (folder / "admin").mkdir()
    for name in ("admin/index.html", "fi/index.html", "404.html", "assets/base.12345678.css"):
        (folder / name).write_text("ä", encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = made["hosting/nginx.conf"].replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/var/www/apupolku", str(root))
    (tmp_path / "site.conf").write_text(own, encoding="utf-8")
    folders = "".join(f"{kind}_temp_path {tmp_path}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (tmp_path / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {tmp_path}/pid; error_log {tmp_path}/error.log;\nevents {{}}\n"
        f"http {{\ntypes {{ text/html html; text/css css; }}\n{folders}include {tmp_path}/site.conf;\n}}\n",
        encoding="utf-8",
    )
    command = [NGINX, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, timeout=20, check=False)
    assert tried.returncode == 0 and "[warn]" not in tried.stderr, tried.stderr
    process = subprocess.Popen(command)
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def test_nginx_sends_every_header_with_every_answer(nginx: str, base: str, own: Settings) -> None:
    for address, status, cache in [
        ("admin/", 200, headers.NOT_KEPT),
        ("fi/", 200, headers.NOT_KEPT),
        ("assets/base.12345678.css", 200, headers.KEPT),
        ("fi/missing/", 404, headers.NOT_KEPT),
        ("fi", 301, headers.NOT_KEPT),
    ]:
        opener = urllib.request.build_opener(_Stay)
        try:
            answer = opener.open(f"{nginx}{base}{address}", timeout=5)
        except urllib.error.HTTPError as error:
            answer = error
        assert answer.status == status, address
        for name, value in {**expected(own, address), "Cache-Control": cache}.items():
            assert answer.headers.get_all(name) == [value], (address, name)
        assert "ETag" not in answer.headers and answer.headers["Server"] == "nginx"
        if status != 301:
            assert "charset=utf-8" in answer.headers["Content-Type"] and answer.read() == "ä".encode()


class _Stay(urllib.request.HTTPRedirectHandler):
    """Does not follow where an answer sends it."""

    def redirect_request(self, *arguments: object) -> None:
        return None
