"""`/admin/`: forms for editors who do not want to write YAML. Off unless mkdocs.yml says `admin:`.

The page is Sveltia CMS from its npm package, served by the site itself; nothing of it is in this repository. It reads and
writes the files of the repository that `backend` names, in the browser of whoever signs in there; the site has no server.
Reasons and limits: docs/decisions/014-forms-without-yaml.md. Not here: the fields (`fields`), the file format (theme/admin/).
"""

from __future__ import annotations

import html
import json
import re
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

from generator import schema, words
from generator.admin import fields
from generator.catalogue import Catalogue
from generator.problems import N_
from generator.settings import Admin, Settings, theme_file

PACKAGES = {"@sveltia/cms": "0.221.1", "yaml": "2.9.1"}
"""The npm packages that the page is made of. Another version of the CMS may treat an editor's files in another way, so it is
refused until the tests have passed with it."""

OWN = ("index.html", "admin.js", "format.js", "layout.js", "scalars.js", "splice.js", "values.js")
_CMS = "admin/sveltia-cms"
_FONT = re.compile(r"https://cdn\.jsdelivr\.net/fontsource/fonts/([a-z0-9-]+)(?::vf)?@[0-9.]+/([a-z0-9-]+)\.woff2")
_HOSTS = {"github": ("https://api.github.com", "https://avatars.githubusercontent.com"), "gitlab": ("https://gitlab.com",), "gitea": ("https://gitea.com",)}
_ADDRESSES = ("api_root", "graphql_api_root", "base_url")


class PackageError(OSError):
    """A package that the page is made of is not there; the message says what to do."""


def policy(admin: Admin) -> dict[str, str]:
    """What a browser may do on the page. The CMS writes styles into the page; of other hosts it may ask only the backend's."""
    hosts = _hosts(admin)
    return {
        "default-src": "'none'",
        "base-uri": "'none'",
        "connect-src": " ".join(["'self'", "blob:", "data:", *hosts]),
        "font-src": "'self'",
        "form-action": "'none'",
        "img-src": " ".join(["'self'", "blob:", "data:", *hosts]),
        "manifest-src": "blob: data:",
        "script-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
    }


def _hosts(admin: Admin) -> list[str]:
    """The hosts of the backend: those that mkdocs.yml names, else the service's own."""
    named = [urllib.parse.urlsplit(str(admin.backend[key])) for key in _ADDRESSES if admin.backend.get(key)]
    own = [f"{address.scheme}://{address.netloc}" for address in named]
    usual = _HOSTS.get(str(admin.backend.get("name")), ())
    replaced = any(admin.backend.get(key) for key in ("api_root", "base_url")) and admin.backend.get("name") != "github"
    return list(dict.fromkeys([*(() if replaced or admin.backend.get("api_root") else usual), *own]))


def files(catalogue: Catalogue, settings: Settings) -> dict[str, bytes]:
    """Every file of the page by its path; none when the site has none. Raises PackageError."""
    admin = settings.admin
    if admin is None:
        return {}
    made = {f"admin/{name}": theme_file(settings.theme_dir, f"admin/{name}").read_bytes() for name in OWN}
    made["admin/index.html"] = _page(made["admin/index.html"].decode(), settings, admin)
    told = {
        "configuration": fields.configuration(catalogue, settings, admin.services),
        "kinds": fields.kinds(fields.spoken(catalogue, settings)),
        "languages": settings.languages,
    }
    made["admin/config.json"] = (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    cms, yaml = (_package(admin.modules, name) for name in PACKAGES)
    made |= _self_hosted(dict(_copied(cms, "npm", f"{_CMS}/npm")))
    made |= {f"{_CMS}/locales/{file.stem}.js": b"export default " + file.read_bytes().strip() + b";\n" for file in sorted((cms / "locales").glob("*.json"))}
    made[f"{_CMS}/LICENSE.txt"] = (cms / "LICENSE.txt").read_bytes()
    made |= dict(_copied(yaml, "browser", "admin/yaml"))
    made["admin/yaml/LICENSE"] = (yaml / "LICENSE").read_bytes()
    return made


def _page(template: str, settings: Settings, admin: Admin) -> bytes:
    language = schema.language_of(settings)
    say = words.translations(settings.locales_dir, "editor", language).gettext
    values = {
        "language": language,
        "title": html.escape(settings.site_name),
        "policy": html.escape("; ".join(f"{name} {value}" for name, value in policy(admin).items()), quote=True).replace("&#x27;", "'"),
        "noscript": html.escape(say(N_("The forms need JavaScript. Without it, change the files in the repository itself."))),
    }
    return re.sub(r"\{\{ (\w+) \}\}", lambda match: values[match[1]], template).encode()


def _package(modules: Path, name: str) -> Path:
    """The folder of an npm package, of the version that is known to work."""
    folder, version = modules / name, PACKAGES[name]
    command = f"npm install --save-dev --save-exact {' '.join(f'{package}@{number}' for package, number in PACKAGES.items())}"
    try:
        found = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]
    except (OSError, ValueError, KeyError):
        raise PackageError(f"admin: {name} is not in {modules}; run “{command}” beside mkdocs.yml, or take “admin” out of mkdocs.yml") from None
    if found != version:
        raise PackageError(f"admin: {name} in {modules} has version {found}, and only {version} is known to keep the files as they are; run “{command}”")
    return folder


def _copied(package: Path, folder: str, into: str) -> Iterator[tuple[str, bytes]]:
    """A package's files below a folder, without source maps, which are four times as large as the rest."""
    for file in sorted((package / folder).rglob("*")):
        if file.is_file() and file.suffix != ".map":
            yield f"{into}/{file.relative_to(package / folder).as_posix()}", file.read_bytes()


def _self_hosted(made: dict[str, bytes]) -> dict[str, bytes]:
    """The CMS without what only a bundler or another host could give it.

    Its style sheet names fonts of a CDN, which lie in the package as well; and it imports its own languages as JSON, which
    browsers refuse: they are modules here. Raises PackageError where a font is not in the package.
    """
    main = f"{_CMS}/npm/index.js"

    def own(match: re.Match[str]) -> str:
        start = f"{_CMS}/npm/assets/{match[1]}-{match[2]}-"
        name = next((name for name in made if name.startswith(start) and name.endswith(".woff2")), None)
        if name is None:
            raise PackageError(f"admin: the font {match[0]} is not in the package @sveltia/cms")
        return name.removeprefix("admin/")

    text, fonts = _FONT.subn(own, made[main].decode())
    text, languages = re.subn(r"(`\.\./locales/[A-Za-z-]+)\.json`", r"\1.js`", text)
    if not fonts or not languages:
        raise PackageError("admin: the package @sveltia/cms is not built as it was; its fonts or languages were not found")
    return {**made, main: text.encode()}
