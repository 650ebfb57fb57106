"""Which web addresses still work: `gather` finds them in the files, `ask` asks each of them once, politely.

Polite means: one question at a time per host and a pause between two, a user agent that says who asks, robots.txt obeyed
(its Crawl-delay too), HEAD first and GET only where HEAD is not understood, no body read. Hosts are asked side by side.
The standard library is enough for this: nothing is downloaded, kept or followed further than a redirect.
"""

from __future__ import annotations

import http.client
import re
import threading
import time
import urllib.error
import urllib.request
import urllib.robotparser
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import quote, urldefrag, urljoin, urlsplit, urlunsplit

from generator import __version__
from generator.catalogue import Catalogue
from generator.problems import Place

State = Literal["works", "moved", "broken", "unreachable", "unasked"]
"""works; moved: for good, to `target`; broken: the host says that it is not there; unreachable: no answer, or the host is busy;
unasked: robots.txt asks programs to stay away."""

_ADDRESS = re.compile(r"https?://[^\s<>\"'“”’`|\\]+")
_REDIRECTS = (301, 302, 303, 307, 308)
_FOR_GOOD = (301, 308)
_NOT_BY_HEAD = frozenset(range(400, 600)) - {404, 410, 429, 503}
_BUSY = (408, 425, 429, 500, 502, 503, 504)
_NOT_FOR_PROGRAMS = (401, 403, 406, 418, 451, 999)
_MOST_REDIRECTS = 8
_MOST_DELAY = 10.0


class Answer(NamedTuple):
    """What was found about one address. `detail`: a status code or why there was no answer; `target`: where it has moved."""

    url: str
    state: State
    detail: str = ""
    target: str = ""


@dataclass(slots=True)
class Asker:
    """How questions are asked: seconds between two to a host, seconds to wait for an answer, and who asks."""

    delay: float = 1.0
    timeout: float = 20.0
    contact: str = ""
    hosts: int = 8
    _opener: urllib.request.OpenerDirector = field(init=False)

    def __post_init__(self) -> None:
        self._opener = urllib.request.build_opener(_NoRedirects)

    @property
    def agent(self) -> str:
        """The user agent, with the site's address so that a host's keeper can see who asks."""
        return f"apupolku-links/{__version__}" + (f" (+{self.contact})" if self.contact else "")

    def ask(self, urls: Iterable[str]) -> dict[str, Answer]:
        """Ask each address once; hosts side by side, the addresses of one host one after another."""
        by_host: dict[str, list[str]] = {}
        for url in dict.fromkeys(urls):
            by_host.setdefault(urlsplit(url).netloc.lower(), []).append(url)
        hosts = _Hosts(self)
        with ThreadPoolExecutor(max_workers=self.hosts) as pool:
            answers = pool.map(lambda own: [self._ask(url, hosts) for url in own], by_host.values())
            return {answer.url: answer for some in answers for answer in some}

    def _ask(self, url: str, hosts: _Hosts) -> Answer:
        at, permanent = _plain(url), True
        for _ in range(_MOST_REDIRECTS):
            host = hosts.of(at)
            if not host.allows(at):
                return Answer(url, "unasked")
            with host.turn:
                status, location = self._question(at, "HEAD", host)
                if status in _NOT_BY_HEAD:
                    status, location = self._question(at, "GET", host)
            if isinstance(status, str):
                return Answer(url, "unreachable", status)
            if status in _REDIRECTS and location:
                try:
                    permanent = permanent and status in _FOR_GOOD
                    at = _plain(urljoin(at, location))
                except ValueError:
                    return Answer(url, "broken", str(status))
                if urlsplit(at).scheme not in ("http", "https"):
                    return Answer(url, "broken", str(status))
                continue
            if status < 400:
                return Answer(url, "moved", str(status), at) if permanent and _differs(url, at) else Answer(url, "works", str(status))
            if status in _NOT_FOR_PROGRAMS:
                return Answer(url, "unasked", str(status))
            return Answer(url, "unreachable" if status in _BUSY else "broken", str(status))
        return Answer(url, "broken", "redirects")

    def _question(self, url: str, method: str, host: _Host) -> tuple[int | str, str]:
        """One request, after the host's pause: (status, Location), or (why there was no answer, "")."""
        host.pause()
        request = urllib.request.Request(url, method=method, headers={"User-Agent": self.agent, "Accept": "*/*"})
        try:
            with self._opener.open(request, timeout=self.timeout) as answer:
                return int(answer.status), str(answer.headers.get("Location", ""))
        except urllib.error.HTTPError as error:
            with error:
                return error.code, str(error.headers.get("Location", ""))
        except urllib.error.URLError as error:
            return _why(error.reason), ""
        except (OSError, http.client.HTTPException, ValueError) as error:
            return _why(error), ""
        finally:
            host.last = time.monotonic()

    def rules(self, origin: str) -> urllib.robotparser.RobotFileParser:
        """What robots.txt of an origin allows; everything when there is none or it cannot be read."""
        parser = urllib.robotparser.RobotFileParser()
        request = urllib.request.Request(f"{origin}/robots.txt", headers={"User-Agent": self.agent})
        try:
            with urllib.request.build_opener().open(request, timeout=self.timeout) as answer:
                parser.parse(answer.read(500_000).decode(errors="replace").splitlines())
        except (OSError, http.client.HTTPException, ValueError):
            parser.parse([])
        return parser


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Leaves redirects to us: which kind they are is what we want to know."""

    def redirect_request(self, *arguments: Any, **more: Any) -> None:
        return None


class _Host:
    """One host: whose turn it is, when it was last asked, and what it allows."""

    def __init__(self, asker: Asker, origin: str) -> None:
        self.turn = threading.Lock()
        self.last = 0.0
        self._asker, self._origin = asker, origin
        self._rules: urllib.robotparser.RobotFileParser | None = None
        self._reading = threading.Lock()

    def _known(self) -> urllib.robotparser.RobotFileParser:
        with self._reading:
            if self._rules is None:
                self._rules = self._asker.rules(self._origin)
            return self._rules

    def allows(self, url: str) -> bool:
        """Whether robots.txt lets us ask."""
        return self._known().can_fetch(self._asker.agent, url)

    def pause(self) -> None:
        """Wait until the host may be asked again."""
        wished = self._known().crawl_delay(self._asker.agent)
        delay = max(self._asker.delay, min(float(wished or 0), _MOST_DELAY))
        time.sleep(max(0.0, self.last + delay - time.monotonic()) if self.last else 0.0)


class _Hosts:
    """All hosts of one round."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self._known: dict[str, _Host] = {}
        self._lock = threading.Lock()

    def of(self, url: str) -> _Host:
        """The host of an address, made when it is first needed."""
        parts = urlsplit(url)
        with self._lock:
            key = parts.netloc.lower()
            if key not in self._known:
                self._known[key] = _Host(self._asker, f"{parts.scheme}://{parts.netloc}")
            return self._known[key]


def _plain(url: str) -> str:
    """An address as it is asked for: no fragment, other letters than ASCII encoded. Raises ValueError when it is none."""
    parts = urlsplit(urldefrag(url).url)
    host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
    return urlunsplit((parts.scheme, host, quote(parts.path, safe="/%:@!$&'()*+,;=~-._"), quote(parts.query, safe="/%:@!$&'()*+,;=?~-._"), ""))


def _differs(url: str, target: str) -> bool:
    """Whether an address has moved in a way that is worth a change: not when only a slash at its end differs."""
    return _plain(url).rstrip("/") != target.rstrip("/")


def _why(reason: object) -> str:
    """Why there was no answer, in few words."""
    if isinstance(reason, TimeoutError):
        return "timeout"
    return str(reason).strip() or type(reason).__name__


def gather(catalogue: Catalogue, content: Path) -> dict[str, list[Place]]:
    """Every http(s) address in the services, organizations, terms and content pages, with its places, in the files' order."""
    found: dict[str, list[Place]] = {}
    for document in catalogue.documents.values():
        for path, text in _strings(document.root):
            for url in _addresses(text):
                found.setdefault(url, []).append(document.place(path))
    for file in sorted(content.rglob("*.md")) if content.is_dir() else ():
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            for url in _addresses(line):
                found.setdefault(url, []).append(Place(_label(file, content), number, line.index(url) + 1))
    return found


def _label(file: Path, content: Path) -> str:
    return f"{content.name}/{file.relative_to(content).as_posix()}"


def _strings(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Every string of a file's tree, with its path."""
    if isinstance(tree, str):
        yield path, tree
    elif isinstance(tree, Mapping):
        for key, part in tree.items():
            yield from _strings(part, (*path, key))
    elif isinstance(tree, list):
        for index, part in enumerate(tree):
            yield from _strings(part, (*path, index))


def _addresses(text: str) -> Iterator[str]:
    """The addresses in a text, without the punctuation that ends a sentence or a Markdown link, and without fragments."""
    for match in _ADDRESS.finditer(text):
        url = match[0].rstrip(".,;:!?*_")
        while url.endswith((")", "]")) and url.count(url[-1]) > url.count({")": "(", "]": "["}[url[-1]]):
            url = url[:-1].rstrip(".,;:!?*_")
        try:
            plain = _plain(url)
        except (ValueError, UnicodeError):
            continue
        if urlsplit(plain).hostname:
            yield urldefrag(url).url
