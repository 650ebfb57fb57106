"""The response headers of the site, as data in one place, and the files that common hosts read them from.

A static site cannot send headers itself: `_headers` (Netlify, Cloudflare Pages), `.htaccess` (Apache), `hosting/nginx.conf`
and `hosting/Caddyfile` say the same to each host. docs/hosting.md tells how to use them and why each header is there.
"""

from __future__ import annotations

import re

from generator import admin
from generator.pages import POLICY
from generator.settings import Settings

# Everything that a page could ask a browser for. We ask for nothing, so no script that got in could, either.
FEATURES = (
    "accelerometer",
    "ambient-light-sensor",
    "attribution-reporting",
    "autoplay",
    "battery",
    "bluetooth",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "clipboard-write",
    "compute-pressure",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "interest-cohort",
    "keyboard-map",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "otp-credentials",
    "payment",
    "picture-in-picture",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "web-share",
    "window-management",
    "xr-spatial-tracking",
)

SECURITY = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in (POLICY | {"frame-ancestors": "'none'"}).items()),
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FEATURES),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""On every answer."""

KEPT = "public, max-age=31536000, immutable"
"""For what lies in assets/: the name of each file holds its content's hash, and the same files serve every page."""

NOT_KEPT = "no-store"
"""For everything else. A page that is not kept cannot be read from a shared phone's cache afterwards, and Back fetches it
anew or fails rather than showing it from memory. A page is some 5 kB, so asking again costs little."""

FORMS = ("Content-Security-Policy", "Cross-Origin-Opener-Policy")
"""Headers that are others for /admin/, where a site has it."""

_INTRODUCTION = "Response headers of this site, made by apupolku (generator/headers.py); docs/hosting.md says how to use this file."


def files(settings: Settings) -> dict[str, bytes]:
    """The hosts' files: path from the site's root → content."""
    base = base_path(settings)
    made = {
        "_headers": _netlify(settings, base),
        ".htaccess": _apache(settings, base),
        "hosting/nginx.conf": _nginx(settings, base),
        "hosting/Caddyfile": _caddy(settings, base),
    }
    return {name: text.encode() for name, text in made.items()}


def base_path(settings: Settings) -> str:
    """The site's path on its host: “/” or “/polku/”."""
    match = re.match(r"https?://[^/]+(/.*)?\Z", settings.site_url)
    return (match[1] if match and match[1] else "/").rstrip("/") + "/"


def _host(settings: Settings) -> str:
    match = re.match(r"https?://([^/]+)", settings.site_url)
    return match[1] if match else "example.org"


def forms(settings: Settings) -> dict[str, str]:
    """What /admin/ gets instead of FORMS: its own policy, and leave for the window in which an editor signs in to answer it."""
    if settings.admin is None:
        return {}
    policy = admin.policy(settings.admin) | {"frame-ancestors": "'none'"}
    return dict(zip(FORMS, ("; ".join(f"{name} {value}" for name, value in policy.items()), "same-origin-allow-popups"), strict=True))


def _everywhere(settings: Settings) -> dict[str, str]:
    return {name: value for name, value in SECURITY.items() if not (settings.admin and name in FORMS)}


def _netlify(settings: Settings, base: str) -> str:
    """No two of its rules may say the same header of the same address: some hosts join the values, some take the last."""
    kept = [*(f"{language}/*" for language in settings.languages), "", "404.html", "p/*", "data/*", "sitemap.xml", "robots.txt"]
    others, own = forms(settings), [f"  {name}: {SECURITY[name]}" for name in forms(settings)]
    lines = [f"# {_INTRODUCTION}", f"{base}*", *(f"  {name}: {value}" for name, value in _everywhere(settings).items())]
    for path in kept:
        lines += [f"{base}{path}", f"  Cache-Control: {NOT_KEPT}", *own]
    if others:
        lines += [f"{base}admin/*", f"  Cache-Control: {NOT_KEPT}", *(f"  {name}: {value}" for name, value in others.items())]
    return "\n".join([*lines, f"{base}assets/*", f"  Cache-Control: {KEPT}", *own, ""])


def _apache(settings: Settings, base: str) -> str:
    assets, place = re.escape(f"{base}assets/"), re.escape(f"{base}admin/")
    own = [
        line
        for name, value in forms(settings).items()
        for line in (
            f'Header always set {name} "{SECURITY[name]}" "expr=%{{REQUEST_URI}} !~ m#^{place}#"',
            f'Header always set {name} "{value}" "expr=%{{REQUEST_URI}} =~ m#^{place}#"',
        )
    ]
    return "\n".join(
        [
            f"# {_INTRODUCTION}",
            "# mod_headers must be on: without it Apache answers every request with an error, rather than without headers.",
            "Options -Indexes",
            "AddDefaultCharset utf-8",
            "AddType text/javascript .js",
            f"ErrorDocument 404 {base}404.html",
            *(f'Header always set {name} "{value}"' for name, value in _everywhere(settings).items()),
            *own,
            f'Header always set Cache-Control "{NOT_KEPT}" "expr=%{{REQUEST_URI}} !~ m#^{assets}#"',
            f'Header always set Cache-Control "{KEPT}" "expr=%{{REQUEST_URI}} =~ m#^{assets}#"',
            "Header unset ETag",
            "FileETag None",
            "",
        ]
    )


def _nginx(settings: Settings, base: str) -> str:
    others = forms(settings)
    maps = [
        line
        for name, value in others.items()
        for line in (
            f"map $uri {_variable(name)} {{",
            f'    default "{SECURITY[name]}";',
            f'    ~^{re.escape(base)}admin/ "{value}";',
            "}",
        )
    ]
    said = _everywhere(settings) | {name: _variable(name) for name in others}
    headers = [f'    add_header {name} "{value}" always;' for name, value in said.items()]
    return "\n".join(
        [
            f"# {_INTRODUCTION}",
            "# For /etc/nginx/conf.d/: set listen, certificates and root. A location of your own must not say add_header:",
            "# nginx would then leave all of these out there.",
            "map $uri $apupolku_cache {",
            f'    default "{NOT_KEPT}";',
            f'    ~^{re.escape(base)}assets/ "{KEPT}";',
            "}",
            *maps,
            "server {",
            "    listen 80;",
            f"    server_name {_host(settings)};",
            "    root /var/www/apupolku;",
            "    index index.html;",
            "    charset utf-8;",
            "    charset_types text/css text/plain text/xml text/javascript application/json application/javascript;",
            "    gzip on;",
            "    gzip_types text/css text/plain text/xml text/javascript application/json application/javascript image/svg+xml;",
            "    server_tokens off;",
            "    etag off;",
            "    autoindex off;",
            "    absolute_redirect off;",
            f"    error_page 404 {base}404.html;",
            "    # No list of who read which page.",
            "    access_log off;",
            *headers,
            '    add_header Cache-Control "$apupolku_cache" always;',
            "}",
            "",
        ]
    )


def _variable(name: str) -> str:
    return "$apupolku_" + name.lower().replace("-", "_")


def _caddy(settings: Settings, base: str) -> str:
    others = forms(settings)
    own = [f"\t@forms path {base}admin/*", f"\t@pages not path {base}admin/*"] if others else []
    own += [line for name, value in others.items() for line in (f'\theader @pages {name} "{SECURITY[name]}"', f'\theader @forms {name} "{value}"')]
    return "\n".join(
        [
            f"# {_INTRODUCTION}",
            f"{_host(settings)} {{",
            "\troot * /var/www/apupolku",
            "\tencode zstd gzip",
            f"\t@assets path {base}assets/*",
            f"\t@others not path {base}assets/*",
            "\theader {",
            *(f'\t\t{name} "{value}"' for name, value in _everywhere(settings).items()),
            "\t\t-Server",
            "\t\t-Etag",
            "\t}",
            f'\theader @assets Cache-Control "{KEPT}"',
            f'\theader @others Cache-Control "{NOT_KEPT}"',
            *own,
            "\thandle_errors {",
            f"\t\trewrite * {base}404.html",
            "\t\tfile_server",
            "\t}",
            "\tfile_server",
            "}",
            "",
        ]
    )
