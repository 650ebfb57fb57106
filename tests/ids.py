"""Writes the ids of new services into tests/ids.txt: `python tests/ids.py`. It never takes one out.

An id is for ever: who takes a service away or gives it another id writes the old one into services/terms/retired.yaml.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STORED = ROOT / "tests" / "ids.txt"


def stored() -> set[str]:
    """The ids that the site has ever had, as written down."""
    return set(STORED.read_text(encoding="utf-8").split()) if STORED.is_file() else set()


def current() -> set[str]:
    """The ids of the services in services/."""
    files = (ROOT / "services").glob("*/*.yaml")
    return {file.stem for file in files if file.parent.name != "terms" and file.name != "organization.yaml" and file.name[0] not in "._"}


if __name__ == "__main__":
    STORED.write_text("".join(f"{identifier}\n" for identifier in sorted(stored() | current())), encoding="utf-8")
