"""Texts, codes, areas and hours in the forms that PTV's objects share.

Limits (PTV Open API v11): name 100, summary 150, description, user instruction and requirements 2500, additional
information and keyword 150, charge information 500 characters; hours in quarter hours; texts in fi, sv and en.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from generator.catalogue import Catalogue
from generator.exports.ptv.codes import MUNICIPALITIES, NATIONWIDE, REGIONS, WEEKDAYS, Code
from generator.exports.ptv.findings import Findings
from generator.exports.tree import Tree, first_day, last_day, tidy
from generator.localise.reader import Reader
from generator.model import WEEKDAYS as DAYS
from generator.model import Schedule, ScheduleException
from generator.settings import Settings

LANGUAGES = ("fi", "sv", "en")
LIMITS = {"Name": 100, "Summary": 150, "Description": 2500, "UserInstruction": 2500, "ChargeTypeAdditionalInfo": 500, "requirement": 2500, "information": 150}


class Words:
    """What all PTV objects of an export are made with."""

    def __init__(self, catalogue: Catalogue, settings: Settings) -> None:
        self.catalogue = catalogue
        self.settings = settings
        self.findings = Findings()
        self.readers = {language: Reader(language, settings) for language in LANGUAGES}

    def fit(self, text: str, kind: str, service: str, field: str) -> str:
        """`text`, cut at a word's end when it is over the limit of `kind`, and told of."""
        limit = LIMITS[kind]
        if len(text) <= limit:
            return text
        self.findings.add("too-long", service, field, str(len(text) - limit))
        return re.sub(r"\s+\S*\Z", "", text[:limit]) + "…" if " " in text[:limit] else text[:limit]

    def items(self, text: Mapping[str, str] | None, kind: str, service: str, field: str, languages: Iterable[str]) -> list[Tree]:
        """[{language, value}] of a text on one line."""
        own = {language: " ".join((text or {}).get(language, "").split()) for language in languages}
        return [{"language": language, "value": self.fit(value, kind, service, field)} for language, value in own.items() if value]

    def typed(self, text: Mapping[str, str] | None, kind: str, service: str, field: str, languages: Iterable[str]) -> list[Tree]:
        """[{language, value, type}], paragraphs kept."""
        made = []
        for language in languages:
            parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", (text or {}).get(language, "")) if part.strip()]
            if parts:
                made.append({"language": language, "value": self.fit("\n\n".join(parts), kind, service, field), "type": kind})
        return made

    def areas(self, service: str, ids: tuple[str, ...]) -> Tree:
        """areaType and areas: the whole country, or regions by their codes."""
        if NATIONWIDE in ids:
            for other in ids:
                if other != NATIONWIDE:
                    self.findings.add("no-field", service, "service_areas", other)
            return {"areaType": "Nationwide"}
        made = [self._region(code) for code in ids if code in REGIONS and code in self.catalogue.terms["areas"]]
        for code in ids:
            if code not in REGIONS:
                self.findings.add("no-code", service, "service_areas", code)
        if not made:
            self.findings.add("required", service, "areas")
        return {"areaType": "LimitedType", "areas": made} if made else {}

    def _region(self, code: str) -> Tree:
        area = self.catalogue.terms["areas"][code]
        names = [
            {"code": MUNICIPALITIES[town], "name": self._labels(self.catalogue.terms["municipalities"][town].name)}
            for town in area.municipalities
            if town in MUNICIPALITIES and town in self.catalogue.terms["municipalities"]
        ]
        return tidy({"type": "Region", "code": REGIONS[code], "name": self._labels(area.name), "municipalities": names})

    def _labels(self, names: Mapping[str, str]) -> list[Tree]:
        return [{"language": language, "value": names[language]} for language in LANGUAGES if language in names]

    def uncoded(self, service: str, field: str, ids: tuple[str, ...], *tables: Mapping[str, Code]) -> None:
        """Tell of the terms that none of `tables` has a code for."""
        for term in ids:
            if not any(term in table for table in tables):
                self.findings.add("no-code", service, field, term)

    def classes(self, ids: tuple[str, ...], table: Mapping[str, Code]) -> list[Tree]:
        """Codes of the terms `ids`, each once."""
        found: dict[str, Tree] = {}
        for code in (table[term] for term in ids if term in table):
            names = [{"language": language, "value": getattr(code, language)} for language in LANGUAGES]
            found.setdefault(code.code, tidy({"name": names, "code": code.code, "ontologyType": code.kind, "uri": code.uri}))
        return list(found.values())

    def hours(
        self, service: str, entries: tuple[Schedule, ...], exceptions: tuple[ScheduleException, ...] = (), languages: Iterable[str] = LANGUAGES
    ) -> list[Tree]:
        """Weekly rules, then dated exceptions."""
        return [self._rule(service, entry, languages) for entry in entries] + [self._exception(service, entry, languages) for entry in exceptions]

    def _rule(self, service: str, entry: Schedule, languages: Iterable[str]) -> Tree:
        opening: list[Tree] = []
        kind = "DaysOfTheWeek"
        words = dict(entry.description or {})
        if entry.byday and entry.opens_at is not None and entry.closes_at is not None:
            overnight = entry.closes_at <= entry.opens_at or entry.closes_at == 1440
            kind = "OverMidnight" if overnight else kind
            if entry.opens_at % 15 or entry.closes_at % 15:
                self._not_quarter(service, entry, words)
            else:
                opening = [_opening(day, entry.opens_at, entry.closes_at, overnight) for day in DAYS if day in entry.byday]
        elif entry.byday:
            words = {language: self.readers[language].schedule(entry).text for language in LANGUAGES}
        return tidy(
            {
                "serviceHourType": kind if opening else "DaysOfTheWeek",
                "validFrom": _moment(first_day(entry.valid_from)),
                "validTo": _moment(last_day(entry.valid_to)),
                "isClosed": False,
                "validForNow": entry.valid_from is None and entry.valid_to is None,
                "isAlwaysOpen": entry.always_open,
                "isReservation": entry.by_appointment,
                "additionalInformation": self.items(words, "information", service, "schedules", languages),
                "openingHour": opening,
            }
        )

    def _not_quarter(self, service: str, entry: Schedule, words: dict[str, str]) -> None:
        for language in LANGUAGES:
            words[language] = self.readers[language].schedule(entry).text
        self.findings.add("quarter-hour", service, "schedules", words["fi"])

    def _exception(self, service: str, entry: ScheduleException, languages: Iterable[str]) -> Tree:
        opened = not entry.closed and entry.opens_at is not None and entry.closes_at is not None
        opening: list[Tree] = []
        words = dict(entry.description or {})
        if opened and entry.opens_at is not None and entry.closes_at is not None:
            if entry.opens_at % 15 or entry.closes_at % 15:
                words = {language: self.readers[language].exception(entry).text for language in LANGUAGES}
                self.findings.add("quarter-hour", service, "schedule_exceptions", words["fi"])
            else:
                opening = [{"from": _clock(entry.opens_at), "to": _clock(entry.closes_at)}]
        return tidy(
            {
                "serviceHourType": "Exceptional",
                "validFrom": _moment(first_day(entry.valid_from)),
                "validTo": _moment(last_day(entry.valid_to or entry.valid_from)),
                "isClosed": not opened,
                "validForNow": False,
                "isAlwaysOpen": False,
                "isReservation": False,
                "additionalInformation": self.items(words, "information", service, "schedule_exceptions", languages),
                "openingHour": opening,
            }
        )


def _opening(day: str, opens: int, closes: int, overnight: bool) -> Tree:
    following = DAYS[(DAYS.index(day) + 1) % 7]
    return tidy({"dayFrom": WEEKDAYS[day], "dayTo": WEEKDAYS[following] if overnight else None, "from": _clock(opens), "to": _clock(closes)})


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}:00"


def _moment(day: str | None) -> str | None:
    return f"{day}T00:00:00.000Z" if day else None
