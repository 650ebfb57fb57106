"""One reader's language: which text is shown, and how dates, times, lists and numbers are worded in it (CLDR)."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import phonenumbers
from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, format_timedelta
from babel.lists import format_list

from generator import words
from generator.localise.views import Chosen
from generator.model import WEEKDAYS, PartialDate, Schedule, ScheduleException
from generator.settings import Settings
from generator.translations import Stale

# Finland's own customs where CLDR has them: 24-hour clock in English, Finland's Swedish.
# CLDR's word for “year” after a date is short and has a full stop, which at a sentence's end would be a second one: the whole
# word instead, and that after a year alone, where CLDR has none.
_YEAR = {"uk": ("р.", "року", " рік"), "ru": ("г.", "года", " год")}
_LOCALES = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_FI", "uk": "uk_UA"}


class Reader:
    """Chooses and words texts for `language`; where a text is missing, the site's other languages are tried in order."""

    def __init__(self, language: str, settings: Settings, stale: Stale | None = None) -> None:
        self.language = language
        self.stale = stale or Stale()
        self.settings = settings
        self.order = (language, *(code for code in settings.languages if code != language))
        self.locale = Locale.parse(_LOCALES.get(language, language))
        # What was worded once for a whole site: vocabularies, sources, organizations' phones. A Reader serves one catalogue.
        self.memo: dict[Any, Any] = {}
        catalogue = words.translations(settings.locales_dir, "site", language)
        self.gettext = catalogue.gettext
        self.ngettext = catalogue.ngettext
        self.pgettext = catalogue.pgettext

    @functools.cache  # noqa: B019 # a Reader lives as long as a build
    def gettext_of(self, language: str) -> Callable[[str], str]:
        """The site's words in another language of it."""
        return words.translations(self.settings.locales_dir, "site", language).gettext

    def text(self, text: Mapping[str, str] | None) -> Chosen | None:
        """The text in this language, or in the first language that has it, marked; None when there is none."""
        if not text:
            return None
        own = text.get(self.language)
        if own is not None:
            return Chosen(own, None, id(text) in self.stale.texts)
        code = next((code for code in self.order if code in text), next(iter(text)))
        return Chosen(text[code], code)

    def paragraphs(self, text: Mapping[str, str] | None) -> tuple[Chosen, ...]:
        """A longer text, divided at its empty lines; a single line break is a space."""
        chosen = self.text(text)
        if chosen is None:
            return ()
        return tuple(Chosen(" ".join(part.split("\n")), *chosen[1:]) for part in re.split(r"\n\s*\n", chosen.text))

    def line(self, text: Mapping[str, str] | None) -> Chosen | None:
        """A text whose line breaks are only how the file was written."""
        chosen = self.text(text)
        return Chosen(" ".join(chosen.text.split()), *chosen[1:]) if chosen and "\n" in chosen.text else chosen

    def list(self, items: Iterable[str], style: str = "standard") -> str:
        """“a, b and c”; style "or" gives “a, b or c”."""
        items = list(items)
        return format_list(items, style=style, locale=self.locale) if items else ""  # type: ignore[arg-type] # the stub names the styles one by one

    def language_name(self, code: str) -> str:
        """A language's name in this language (“suomi”), or its code where CLDR has none."""
        return str(self.locale.languages.get(code, code))

    def language_names(self, codes: Iterable[str]) -> str:
        return self.list(self.language_name(code) for code in codes)

    @functools.lru_cache(maxsize=1024)  # noqa: B019 # a Reader lives as long as a build
    def date(self, date: PartialDate) -> str:
        """“8.12.2022” in long words; only the year or the year and month where no more is known."""
        short, whole, alone = _YEAR.get(self.locale.language, ("", "", ""))
        if not date.month:
            return f"{date.year}{alone}"
        day = datetime.date(date.year, date.month, date.day or 1)
        words = format_date(day, "long", locale=self.locale) if date.day else format_skeleton("yMMMM", day, locale=self.locale)
        return words.removesuffix(short) + whole if short and words.endswith(short) else words

    @functools.lru_cache(maxsize=1024)  # noqa: B019 # a Reader lives as long as a build
    def age(self, date: PartialDate) -> str:
        """How long before the build `date` was at least, in whole years, months or weeks (“3 years”); "" within a month."""
        days, months = (self.settings.today - datetime.date(date.year, date.month or 12, date.day or 28)).days, date.months_before(self.settings.today)
        if months < 1:
            return ""
        if months < 24:
            return format_timedelta(datetime.timedelta(days=months * 30 if months > 1 else days), granularity="week", threshold=1.9, locale=self.locale)
        return format_timedelta(datetime.timedelta(days=365 * (months // 12)), granularity="year", locale=self.locale)

    @functools.lru_cache(maxsize=2048)  # noqa: B019 # a Reader lives as long as a build
    def clock(self, minutes: int) -> str:
        """540 → “9.00” as the language writes it; midnight at the end of a day is 24.00."""
        if minutes == 1440:
            return f"24{self.clock(0)[-3:]}"
        return format_time(datetime.time(minutes // 60, minutes % 60), "short", locale=self.locale)

    def weekdays(self, days: tuple[str, ...]) -> str:
        """("MO", …, "FR") → “ma–pe”: runs of three and more days become a range."""
        names = self.locale.days["format"]["abbreviated"]
        indexes = sorted(WEEKDAYS.index(day) for day in days)
        runs: list[list[int]] = []
        for index in indexes:
            if runs and runs[-1][-1] == index - 1:
                runs[-1].append(index)
            else:
                runs.append([index])
        parts = [f"{names[run[0]]}–{names[run[-1]]}" if len(run) > 2 else ", ".join(names[i] for i in run) for run in runs]
        return ", ".join(parts)

    def schedule(self, schedule: Schedule) -> Chosen:
        """One rule in words: always, by appointment, days and times, or the editor's own words."""
        said = self.line(schedule.description)
        parts = []
        if schedule.always_open:
            parts.append(self.gettext("Day and night, every day"))
        if schedule.by_appointment:
            parts.append(self.gettext("By appointment"))
        if schedule.byday:
            parts.append(self.weekdays(schedule.byday))
        if schedule.opens_at is not None and schedule.closes_at is not None:
            parts.append(f"{self.clock(schedule.opens_at)}–{self.clock(schedule.closes_at)}")
        period = self._period(schedule.valid_from, schedule.valid_to)
        if period:
            parts.append(f"({period})")
        if said is None:
            return Chosen(" ".join(parts))
        return Chosen(": ".join(part for part in (" ".join(parts), said.text) if part), *said[1:])

    def schedules(self, schedules: tuple[Schedule, ...]) -> tuple[Chosen, ...]:
        return tuple(self.schedule(schedule) for schedule in schedules)

    def exception(self, exception: ScheduleException) -> Chosen:
        """Days that differ: “24 December: closed”."""
        days = self._period(exception.valid_from, exception.valid_to or exception.valid_from)
        if exception.opens_at is not None and exception.closes_at is not None and not exception.closed:
            hours = f"{self.clock(exception.opens_at)}–{self.clock(exception.closes_at)}"
        else:
            hours = self.gettext("closed")
        said = self.line(exception.description)
        return Chosen(f"{days}: {hours}" + (f" ({said.text})" if said else ""), *(said[1:] if said else ()))

    def _period(self, first: PartialDate | None, last: PartialDate | None) -> str:
        if first and last:
            return self.date(first) if first == last else f"{self.date(first)} – {self.date(last)}"
        if first:
            return self.gettext("from {date}").format(date=self.date(first))
        if last:
            return self.gettext("until {date}").format(date=self.date(last))
        return ""


@functools.lru_cache(maxsize=4096)
def telephone(number: str) -> tuple[str, str]:
    """A number as people read it and as a telephone link needs it.

    Groups that the editor wrote are kept; digits without groups are grouped by the numbering plan. Short numbers (112,
    116 117) and numbers that the plan does not know are dialed as they are.
    """
    digits = re.sub(r"[^\d+]", "", number)
    grouped = " ".join(number.replace("\u00a0", " ").split())
    if len(digits) <= 6:
        return grouped, digits
    parsed = phonenumbers.parse(digits, "FI")
    tel = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    if " " not in grouped and "-" not in grouped:
        style = phonenumbers.PhoneNumberFormat.INTERNATIONAL if digits.startswith("+") else phonenumbers.PhoneNumberFormat.NATIONAL
        grouped = phonenumbers.format_number(parsed, style)
    return grouped, tel


def language_known(code: str) -> bool:
    """Whether CLDR knows the language `code`."""
    try:
        return bool(Locale.parse(code)) or code in Locale("en").languages
    except (UnknownLocaleError, ValueError):
        return code in Locale("en").languages
