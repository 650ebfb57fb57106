"""The response headers of the site, as data in one place, and the files that common hosts read them from.

A static site cannot send headers itself: `_headers` (Netlify, Cloudflare Pages), `.htaccess` (Apache), `hosting/nginx.conf`
and `hosting/Caddyfile` say the same to each host. docs/hosting.md tells how to use them and why each header is there.
"""

from __future__ import annotations

import re

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

_INTRODUCTION = "Response headers of this site, made by apupolku (generator/headers.py); docs/hosting.md says how to use this file."


def files(settings: Settings) -> dict[str, bytes]:
    """The hosts' files: path from the site's root → content."""
    base = base_path(settings)
    made = {
        "_headers": _netlify(settings, base),
        ".htaccess": _apache(base),
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


def _netlify(settings: Settings, base: str) -> str:
    """No two of its rules may say Cache-Control of the same address: some hosts join the values, some take the last."""
    kept = [*(f"{language}/*" for language in settings.languages), "", "404.html", "p/*", "data/*", "sitemap.xml", "robots.txt"]
    lines = [f"# {_INTRODUCTION}", f"{base}*", *(f"  {name}: {value}" for name, value in SECURITY.items())]
    for path in kept:
        lines += [f"{base}{path}", f"  Cache-Control: {NOT_KEPT}"]
    return "\n".join([*lines, f"{base}assets/*", f"  Cache-Control: {KEPT}", ""])


def _apache(base: str) -> str:
    assets = re.escape(f"{base}assets/")
    return "\n".join(
        [
            f"# {_INTRODUCTION}",
            "# mod_headers must be on: without it Apache answers every request with an error, rather than without headers.",
            "Options -Indexes",
            "AddDefaultCharset utf-8",
            "AddType text/javascript .js",
            f"ErrorDocument 404 {base}404.html",
            *(f'Header always set {name} "{value}"' for name, value in SECURITY.items()),
            f'Header always set Cache-Control "{NOT_KEPT}" "expr=%{{REQUEST_URI}} !~ m#^{assets}#"',
            f'Header always set Cache-Control "{KEPT}" "expr=%{{REQUEST_URI}} =~ m#^{assets}#"',
            "Header unset ETag",
            "FileETag None",
            "",
        ]
    )


def _nginx(settings: Settings, base: str) -> str:
    headers = [f'    add_header {name} "{value}" always;' for name, value in SECURITY.items()]
    return "\n".join(
        [
            f"# {_INTRODUCTION}",
            "# For /etc/nginx/conf.d/: set listen, certificates and root. A location of your own must not say add_header:",
            "# nginx would then leave all of these out there.",
            "map $uri $apupolku_cache {",
            f'    default "{NOT_KEPT}";',
            f'    ~^{re.escape(base)}assets/ "{KEPT}";',
            "}",
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


def _caddy(settings: Settings, base: str) -> str:
    return "\n".join(
        [
            f"# {_INTRODUCTION}",
            f"{_host(settings)} {{",
            "\troot * /var/www/apupolku",
            "\tencode zstd gzip",
            f"\t@assets path {base}assets/*",
            f"\t@others not path {base}assets/*",
            "\theader {",
            *(f'\t\t{name} "{value}"' for name, value in SECURITY.items()),
            "\t\t-Server",
            "\t\t-Etag",
            "\t}",
            f'\theader @assets Cache-Control "{KEPT}"',
            f'\theader @others Cache-Control "{NOT_KEPT}"',
            "\thandle_errors {",
            f"\t\trewrite * {base}404.html",
            "\t\tfile_server",
            "\t}",
            "\tfile_server",
            "}",
            "",
        ]
    )
