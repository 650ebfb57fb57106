"""Bytes that each kind of page costs a phone, after brotli: HTML, style sheets, scripts and icon, on a first visit.

    python bench/page_bytes.py [site]

Prints the heaviest page of each kind in each language with its parts, and the limits that tests hold (a service page whole
10,000 bytes and its JavaScript 3,000; the front page and lists 14,600: one round of a new connection).
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

import brotli

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from generator.addresses import SEGMENTS  # noqa: E402 # the project's root is not on the path of a script

NAMED = re.compile(r'<(?:link rel="stylesheet" href|link rel="icon" href|script src)="([^"]+)"')
LANGUAGES = ("fi", "sv", "en", "uk")


def cost(page: Path) -> dict[str, int]:
    """Bytes by kind of file for one page on a first visit."""
    text = page.read_text(encoding="utf-8")
    parts = defaultdict(int, {"html": len(brotli.compress(text.encode()))})
    for href in NAMED.findall(text):
        file = (page.parent / href).resolve()
        parts[file.suffix.lstrip(".")] += len(brotli.compress(file.read_bytes()))
    return dict(parts)


def kinds(site: Path, language: str) -> dict[str, list[Path]]:
    """The pages of each kind."""
    words = SEGMENTS[language]
    home = site / language
    return {
        "front page": [home / "index.html"],
        "finder": [home / words["finder"] / "index.html"],
        **{kind: sorted((home / words[kind]).glob("*/index.html")) for kind in ("services", "topics", "target_groups", "areas", "organizations")},
    }


def main() -> None:
    site = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "site")
    print(f"{'kind':15} {'language':9} {'whole':>7} {'html':>7} {'css':>6} {'js':>6}  heaviest")
    for language in LANGUAGES:
        for kind, pages in kinds(site, language).items():
            costs = {page: cost(page) for page in pages}
            heaviest = max(costs, key=lambda page: sum(costs[page].values()))
            parts = costs[heaviest]
            print(
                f"{kind:15} {language:9} {sum(parts.values()):7} {parts['html']:7} {parts.get('css', 0):6} {parts.get('js', 0):6}  {heaviest.parent.relative_to(site)}"
            )


if __name__ == "__main__":
    main()
