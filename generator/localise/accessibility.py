"""The record of the accessibility tests → what the accessibility statement says of them.

The tests write the record (tests/browser/test_axe.py): {"date": "2026-11-21", "axe": "4.14.1", "pages": 96, "states": 40,
"combinations": 24, "violations": 0, "other": ["keyboard", …]}. So the statement tells what was tested, not what somebody
remembers to have tested.
"""

from __future__ import annotations

import datetime
import json
from typing import Any

from babel.numbers import format_decimal

from generator.localise.reader import Reader
from generator.localise.views import TestedView
from generator.model import PartialDate
from generator.problems import N_
from generator.settings import Settings

OTHER = {
    "keyboard": N_("The whole way to help with the keyboard alone: search, filters, results, phone numbers and leaving."),
    "reflow": N_("A screen 320 pixels wide and 400 percent zoom, without scrolling sideways."),
    "spacing": N_("Wider spacing of letters, words and lines."),
    "contrast": N_("Contrast of text in the light and the dark look, and the system’s own high-contrast colors."),
    "motion": N_("Reduced motion."),
    "target-size": N_("The size of everything that can be tapped."),
    "accessibility-tree": N_("What a screen reader is given on each kind of page: headings, landmarks, names and languages."),
    "text-browsers": N_("The order of reading without styles and without JavaScript, in the text browsers w3m and lynx."),
    "firefox": N_("Firefox and Chromium."),
}
"""What else a record can name, and the words for it."""

_COUNTS = ("pages", "states", "combinations", "violations")


class RecordError(OSError):
    """The record cannot be used; the message says why. A build then could not run, as with a file that cannot be opened."""


def tested(reader: Reader, settings: Settings) -> TestedView | None:
    """What was tested, in words; None where the site keeps no record. Raises RecordError."""
    file = settings.accessibility_results
    if file is None or not file.is_file():
        return None
    try:
        record: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        day = datetime.date.fromisoformat(record["date"])
        numbers = {key: format_decimal(int(record[key]), locale=reader.locale) for key in _COUNTS}
        version, other = str(record["axe"]), [OTHER[code] for code in record.get("other", ())]
    except (KeyError, TypeError, ValueError) as error:
        raise RecordError(f"{file}: not a record of accessibility tests ({type(error).__name__}: {error})") from error
    date = reader.date(PartialDate(day.year, day.month, day.day))
    facts = (
        reader.gettext("axe-core {version} with every rule on, best practices included.").format(version=version),
        reader.gettext("Pages checked: {count}. Pages with something open, found or not found: {states}.").format(
            count=numbers["pages"], states=numbers["states"]
        ),
        reader.gettext("Combinations of language, width and look (light, dark, high contrast): {count}.").format(count=numbers["combinations"]),
        reader.gettext("Violations found: {count}.").format(count=numbers["violations"]),
    )
    return TestedView(reader.gettext("Last run: {date}").format(date=date), facts, tuple(reader.gettext(sentence) for sentence in other))
