"""Which style sheet a page gets: the base for all, and one made of the components that its template names.

Nothing is listed by hand: a template that imports `components/card/card.html` brings `components/card/card.css`, and so
on through the templates that it imports. Files are minified and carry a hash of their content in their names, so that
they may be kept for ever by browsers and hosts.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import rcssmin
import rjsmin

from generator.settings import theme_file

_NAMED = re.compile(r"""(?:\{%-?\s*(?:from|import|include|extends)\s+|\b(?:fragment|part)\()["']([^"']+)["']""")


def hashed(name: str, content: bytes) -> str:
    """“base.css” → “assets/base.1a2b3c4d.css”."""
    stem, dot, ending = name.rpartition(".")
    return f"assets/{stem}.{hashlib.sha256(content).hexdigest()[:8]}{dot}{ending}"


def templates_of(theme: Path, template: str) -> list[str]:
    """`template` and every template that it names, directly or through others, each once, in the order of first use."""
    seen: list[str] = []
    waiting = [template]
    while waiting:
        name = waiting.pop(0)
        if name in seen or not theme_file(theme, name).is_file():
            continue
        seen.append(name)
        waiting += _NAMED.findall(theme_file(theme, name).read_text(encoding="utf-8"))
    return seen


def sheet(theme: Path, template: str) -> str:
    """The CSS of `template` and its components, minified; "" when there is none."""
    names = [name for name in templates_of(theme, template) if name != "layout.html"]
    files = [theme_file(theme, Path(name).with_suffix(".css").as_posix()) for name in reversed(names)]
    return str(rcssmin.cssmin("\n".join(file.read_text(encoding="utf-8") for file in files if file.is_file())))


class Assets:
    """Files that pages refer to: name in the theme → path in the site, and the bytes to write."""

    def __init__(self, theme: Path, more: str = "") -> None:
        """`more`: CSS of the site's own that follows the base."""
        self.theme = theme
        self.more = more
        self.paths: dict[str, str] = {}
        self.files: dict[str, bytes] = {}

    def add(self, name: str, content: bytes) -> str:
        """Keep `content` under a hashed name; returns its path in the site."""
        path = hashed(name, content)
        self.paths[name] = path
        self.files[path] = content
        return path

    def style(self, template: str) -> str:
        """The path of the style sheet of a page template, "" when it needs none."""
        name = Path(template).stem + ".css"
        if name not in self.paths:
            content = sheet(self.theme, template)
            if not content:
                return ""
            self.add(name, content.encode())
        return self.paths[name]

    def base(self) -> str:
        """The path of the style sheet that every page has."""
        if "base.css" not in self.paths:
            self.add("base.css", rcssmin.cssmin(theme_file(self.theme, "base.css").read_text(encoding="utf-8") + self.more).encode())
        return self.paths["base.css"]

    def file(self, name: str) -> str:
        """The path of a file of the theme, such as icon.svg or site.js."""
        if name not in self.paths:
            content = theme_file(self.theme, name).read_bytes()
            self.add(name, rjsmin.jsmin(content.decode()).encode() if name.endswith(".js") else content)
        return self.paths[name]
