"""A phone number or an address stands inside a text, where nobody can tap it, and where it grows old unseen.

A number under `phones` is a link, is read in groups by a screen reader, has its hours and its price beside it, and is
changed in one place; in prose it has to be changed in every language. The same holds for an address under `locations`.
Emergency numbers of three digits may be named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator import prose
from generator.catalogue import Catalogue
from generator.problems import N_, Problem, declare
from generator.settings import Settings

ADVICE = True
PHONE = declare("phone-in-text", "warning", N_("“{value}” is a phone number inside a text; move it under “phones”, where it can be tapped."))
ADDRESS = declare("address-in-text", "warning", N_("“{value}” is an address inside a text; move it under “locations”."))

_PHONE = re.compile(r"(?<![\w.,/-])(?:\+\d{2,3}[\s\u00a0-]?\(?0?\)?\d|0\d|116)(?:[\s\u00a0-]?\d){3,11}(?![\w/]|[.,:]\d)")
_ADDRESS = re.compile(
    r"""(?<!\w)(?:
    [A-ZÅÄÖ][\wåäö-]*(?:katu|kadu|tie|kuja|polku|polu|väylä|raitti|raiti|rinne|tori|gatan?|vägen|stigen|gränden?|torget)\w*\s\d+(?:\s?[a-zA-Z](?!\w))?
    | \d+\s[A-Z]\w+\s(?:Street|Road|Avenue)(?!\w)
    | (?:вул|просп)\.\s?[А-ЯІЇЄҐ][\w’'-]+,?\s\d+
    | (?:PL|PB|P\.O\.\sBox)\s\d+
    | (?:FI-)?\d{5}\s[A-ZÅÄÖ][a-zåäö]{2,}
    )""",
    re.VERBOSE,
)


def check(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """One warning for each number and address in prose of services."""
    for spoken in prose.of(catalogue, settings.languages).values():
        for text in spoken.with_digits():  # without one there is neither
            line = text.line
            for code, pattern in ((PHONE, _PHONE), (ADDRESS, _ADDRESS)):
                for match in pattern.finditer(line):
                    yield Problem(code, text.document.place(text.path), {"value": match[0].strip()})
