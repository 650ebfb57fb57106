"""The gettext catalogues: PO files in, translation functions out.

Two domains: `site` (what families read) and `editor` (messages about files). PO files are compiled in memory, so that
there is no generated file to forget. Messages are in plain English in the code.
"""

from __future__ import annotations

import copy
import functools
import gettext
import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from generator.settings import resources


@functools.lru_cache(maxsize=32)
def _compiled(file: Path, stamp: float) -> gettext.GNUTranslations:
    with file.open("rb") as stream:
        catalogue = read_po(stream)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def translations(locales: Path, domain: str, language: str) -> gettext.NullTranslations:
    """The translations of `domain` into `language`: those of `locales`, then those of the package, then the messages
    themselves (English)."""
    found: gettext.NullTranslations | None = None
    for folder in dict.fromkeys((resources("locales"), locales)):
        file = folder / language / "LC_MESSAGES" / f"{domain}.po"
        if file.is_file():
            own: gettext.NullTranslations = _compiled(file, file.stat().st_mtime)
            if found is not None:
                own = copy.copy(own)
                own.add_fallback(found)
            found = own
    return found or gettext.NullTranslations()
