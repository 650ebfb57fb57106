"""What a site decides for itself: languages, base address, notice, exit. Read from mkdocs.yml by `plugin`.

Everything has a value that works, so that another organization's mkdocs.yml can be short.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

PACKAGE = Path(__file__).parent


def resources(name: str) -> Path:
    """The folder `theme` or `locales`: inside the installed package, or beside it in a checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def theme_file(theme: Path, name: str) -> Path:
    """A file of the theme: the site's own where it has one, else the package's."""
    own = theme / name
    return own if own.is_file() else resources("theme") / name


def today() -> datetime.date:
    """The build's day: SOURCE_DATE_EPOCH (seconds, UTC) when it is set, so that a build can be repeated exactly."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    return datetime.datetime.now(datetime.UTC).date()


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """A number on every page: as written, and what it is for, per language."""

    number: str
    name: Mapping[str, str]
    description: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Freshness:
    """What happens to a service whose facts nobody has confirmed for so many months; 0: never.

    note: editors get a note; warning: a warning, and the service does not count as checked; lower: it stands after the
    others in lists; hide: it is not on the site.
    """

    note: int = 6
    warning: int = 12
    lower: int = 18
    hide: int = 0


@dataclass(frozen=True, slots=True)
class Admin:
    """The forms of /admin/. `backend`: where the CMS reads and writes, as it takes it; `publish_mode`: "" for straight to the
    branch, "editorial_workflow" for pull requests; `modules`: the folder of npm packages; `services`: the services' folder in
    the repository."""

    backend: Mapping[str, Any]
    publish_mode: str = ""
    modules: Path = Path("node_modules")
    services: PurePosixPath = field(default_factory=lambda: PurePosixPath("services"))


@dataclass(frozen=True, slots=True)
class Settings:
    """A site's decisions. `languages`: codes in the order of the switch; the first one is shown where a text is missing.

    `feedback_url`: an address in which {id} and {language} stand for a service's id and the page's language. `colors`:
    "light" and "dark", each a map of the theme's colors (see `pages.styles`) to #rrggbb. `theme_dir`, `locales_dir`: what is
    not there is taken from the package.
    """

    site_name: str = "Apupolku"
    site_url: str = ""
    languages: tuple[str, ...] = ("fi", "sv", "en", "uk")
    notice: Mapping[str, str] = field(default_factory=dict)
    exit_url: str = "https://www.ilmatieteenlaitos.fi/"
    emergency: tuple[EmergencyNumber, ...] = ()
    feedback_url: str = ""
    freshness: Freshness = Freshness()
    open_data: bool = True
    search: bool = True
    handouts: bool = True
    colors: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    logo: Path | None = None
    accessibility_results: Path | None = None
    admin: Admin | None = None
    services_dir: Path = Path("services")
    content_dir: Path = Path("content")
    theme_dir: Path = field(default_factory=lambda: resources("theme"))
    locales_dir: Path = field(default_factory=lambda: resources("locales"))
    today: datetime.date = field(default_factory=today)
