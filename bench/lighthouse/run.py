"""Lighthouse's scores of every kind of page in every language, on the site as a host would serve it.

    npm ci --prefix bench/lighthouse           once
    python bench/lighthouse/run.py [--runs 5] [--only home finder] [--languages fi uk] [--reports DIR] [--write]

As `make lighthouse` does it. Builds the site for the address at which it then serves it on this machine, with the headers
of the built `_headers` and with brotli or gzip, and asks Lighthouse as it is for a phone (`measure.mjs`). Of each kind the
heaviest page is measured. Prints the four scores and the main metrics, and for a page below 100 what cost it; `--write`
keeps the figures in figures.json and README.md. Exit code 1: a page is below 100 somewhere. CHROME_PATH names the browser;
without it, Chromium from PATH.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import brotli

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "bench"))

from page_bytes import LANGUAGES, cost, kinds  # noqa: E402 # bench/ is not a package

KINDS = {"home": "front page", "finder": "finder", "topic": "topics", "service": "services", "organization": "organizations"}
"""Our words → those of page_bytes.kinds; the sixth kind is `content`."""
CATEGORIES = {"performance": "performance", "accessibility": "accessibility", "best-practices": "best practices", "seo": "SEO"}
TEXT = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".xml": "text/xml",
    ".txt": "text/plain",
}
FIGURES = HERE / "figures.json"
MARK = "<!-- figures -->"


# Serving


def rules(site: Path) -> list[tuple[str, list[tuple[str, str]]]]:
    """The host's file as it stands in the site: each pattern of addresses with its headers."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for line in (site / "_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith("/"):
            found.append((line, []))
        elif line.startswith("  "):
            name, value = line.strip().split(": ", 1)
            found[-1][1].append((name, value))
    return found


class Host(http.server.BaseHTTPRequestHandler):
    """A static host: index.html, 404.html, the headers that the site asks for, and compressed text."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: Any, site: Path, headers: list[tuple[str, list[tuple[str, str]]]]) -> None:
        self.site, self.given = site, headers
        super().__init__(*arguments)

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = (self.site / path.lstrip("/")).resolve()
        if file.is_dir() and path.endswith("/"):
            file /= "index.html"
        status = HTTPStatus.OK
        if not file.is_file() or not file.is_relative_to(self.site):
            status, file = HTTPStatus.NOT_FOUND, self.site / "404.html"
        body = file.read_bytes()
        self.send_response(status)
        if kind := TEXT.get(file.suffix):
            accepted = self.headers.get("Accept-Encoding", "")
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            if "br" in accepted:
                body = packed(body)
                self.send_header("Content-Encoding", "br")
            elif "gzip" in accepted:
                body = gzip.compress(body)
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        else:
            self.send_header("Content-Type", "application/octet-stream")
        for pattern, values in self.given:
            if fnmatch(path, pattern):
                for name, value in values:
                    self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@functools.cache
def packed(body: bytes) -> bytes:
    """Brotli's own quality, as hosts that compress beforehand use it."""
    return bytes(brotli.compress(body))


@contextmanager
def served(port: int, site: Path) -> Iterator[None]:
    """The site on this machine alone, for as long as it is measured."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), functools.partial(Host, site=site, headers=rules(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def build(site: Path, address: str) -> None:
    """The site by the command, for the address at which it will stand: canonical links name it."""
    command = [sys.executable, "-m", "generator", "build", "--strict", "--site-dir", str(site)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False, env={**os.environ, "SITE_URL": address})
    if done.returncode:
        raise SystemExit(f"The site cannot be built:\n{done.stdout}{done.stderr}")


# Measuring


def heaviest(site: Path, language: str) -> dict[str, str]:
    """The address, below the site's, of the heaviest page of each kind."""
    of = kinds(site, language)
    pages = {ours: of[theirs] for ours, theirs in KINDS.items()}
    pages["content"] = [site / language / file.stem / "index.html" for file in sorted((ROOT / "content" / language).glob("*.md"))]
    return {kind: f"{max(files, key=lambda file: sum(cost(file).values())).parent.relative_to(site).as_posix()}/" for kind, files in pages.items()}


def chromium() -> str:
    """The browser to measure with."""
    found = os.environ.get("CHROME_PATH") or next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), "")
    if not found:
        raise SystemExit("There is no Chromium: set CHROME_PATH.")
    return found


def measured(addresses: list[str], runs: int, reports: str) -> Iterator[dict[str, Any]]:
    """What Lighthouse says of each address, as soon as it says it."""
    process = subprocess.Popen(
        ["node", str(HERE / "measure.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "CHROME_PATH": chromium()}
    )
    watch = threading.Timer(120 * runs * len(addresses), process.kill)
    watch.start()
    try:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps({"addresses": addresses, "runs": runs, "reports": reports}))
        process.stdin.close()
        for line in process.stdout:
            yield json.loads(line)
        if process.wait():
            raise SystemExit("Lighthouse could not measure; see above.")
    finally:
        watch.cancel()
        process.kill()
        process.wait()


# Telling


HEAD = ["page", "language", *CATEGORIES.values(), "LCP", "TBT", "CLS", "bytes"]


def kept(kind: str, language: str, path: str, found: dict[str, Any]) -> dict[str, Any]:
    """What is stored of a page: scores; times in ms; bytes; the versions that measured it."""
    metrics = {name: round(value, 3) if name == "cls" else round(value) for name, value in found["metrics"].items()}
    return {
        "kind": kind,
        "language": language,
        "path": f"/{path}",
        **found["scores"],
        **metrics,
        "runs": found["runs"],
        "lighthouse": found["lighthouse"],
        "chromium": int(found["browser"]),
    }


def row(figure: dict[str, Any]) -> list[str]:
    """A line of the table."""
    scores = [str(figure[name]) for name in CATEGORIES]
    return [
        figure["kind"],
        figure["language"],
        *scores,
        f"{figure['lcp'] / 1000:.1f} s",
        f"{figure['tbt']} ms",
        f"{figure['cls']:.3f}".rstrip("0").rstrip("."),
        f"{figure['bytes']:,}",
    ]


def table(figures: list[dict[str, Any]]) -> str:
    """The table in Markdown."""
    lines = [HEAD, ["---"] * 2 + ["---:"] * (len(HEAD) - 2), *(row(figure) for figure in figures)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write(figure: dict[str, Any]) -> None:
    """Keep a page's figures in place of its last ones, as data and in the table of README.md."""
    stored = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.is_file() else []
    pages = {(page["kind"], page["language"]): page for page in [*stored, figure]}
    figures = [pages[key] for kind in (*KINDS, "content") for language in LANGUAGES if (key := (kind, language)) in pages]
    lines = ",\n".join(f"  {json.dumps(page)}" for page in figures)
    FIGURES.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    readme = HERE / "README.md"
    before, _, after = readme.read_text(encoding="utf-8").split(MARK)
    readme.write_text(f"{before}{MARK}\n{table(figures)}\n{MARK}{after}", encoding="utf-8")


def main() -> int:
    every = [*KINDS, "content"]
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--runs", type=int, default=5, help="runs of each page at most; the middle one by performance counts")
    parser.add_argument("--only", nargs="+", choices=every, default=every, metavar="KIND", help=f"of {', '.join(every)}")
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=LANGUAGES, metavar="LANGUAGE")
    parser.add_argument("--reports", type=Path, help="a folder for Lighthouse's own reports")
    parser.add_argument("--write", action="store_true", help="keep the figures of the pages that were measured")
    options = parser.parse_args()
    if options.reports:
        options.reports.mkdir(parents=True, exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder).resolve() / "site"
        build(site, address)
        chosen = [(kind, language, heaviest(site, language)[kind]) for kind in options.only for language in options.languages]
        print("".join(f"{head:>14}" for head in HEAD))
        with served(port, site):
            found = measured([address + path for _, _, path in chosen], options.runs, str(options.reports.resolve()) if options.reports else "")
            for page, result in zip(chosen, found, strict=True):
                figure = kept(*page, result)
                figures.append(figure)
                print("".join(f"{cell:>14}" for cell in row(figure)), f" {figure['path']} (speed {result['speed']}, runs {result['runs']})", flush=True)
                for audit in result["lost"]:
                    print(f"{'':28}{audit['id']} {audit['score']} {audit['said']} {audit['first']}")
                if options.write:
                    write(figure)
    below = [figure for figure in figures if min(figure[name] for name in CATEGORIES) < 100]
    print(f"{len(figures)} pages, {len(below)} below 100 somewhere")
    return 1 if below else 0


if __name__ == "__main__":
    raise SystemExit(main())
