"""Brings the gettext catalogues up to date with the code and the templates: new messages come in empty, old ones go.

Run by `make messages`. English is the language of the messages themselves and has no catalogue.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOMAINS = {"site": ("fi", "sv", "uk"), "editor": ("fi", "sv")}
KEYWORDS = ("N_", "_", "gettext", "ngettext:1,2", "pgettext:1c,2")


def babel(*arguments: str) -> None:
    """Run pybabel in the project's root."""
    subprocess.run([str(Path(sys.executable).with_name("pybabel")), "-q", *arguments], cwd=ROOT, check=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for domain, languages in DOMAINS.items():
            template = str(Path(folder) / f"{domain}.pot")
            keywords = [part for keyword in KEYWORDS for part in ("-k", keyword)]
            babel("extract", "-F", f"locales/{domain}.cfg", *keywords, "--omit-header", "--sort-output", "--no-location", "-o", template, ".")
            for language in languages:
                file = Path("locales") / language / "LC_MESSAGES" / f"{domain}.po"
                command = "update" if (ROOT / file).is_file() else "init"
                more = ["--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date"] if command == "update" else []
                babel(command, "-D", domain, "-i", template, "-o", str(file), "-l", language, "-w", "200", *more)


if __name__ == "__main__":
    main()
