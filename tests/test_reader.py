"""Dates, times and lists as each language writes them."""

from __future__ import annotations

import datetime

import pytest

from generator.localise.reader import Reader
from generator.model import PartialDate
from generator.settings import Settings


@pytest.mark.parametrize(
    ("language", "whole", "month"),
    [
        ("fi", "8. joulukuuta 2022", "joulukuu 2022"),
        ("sv", "8 december 2022", "december 2022"),
        ("en", "8 December 2022", "December 2022"),
        ("uk", "8 грудня 2022 року", "грудень 2022 року"),
        ("ru", "8 декабря 2022 года", "декабрь 2022 года"),
    ],
)
def test_a_date_in_words_never_ends_in_a_full_stop(language: str, whole: str, month: str) -> None:
    reader = Reader(language, Settings(today=datetime.date(2026, 1, 31)))
    assert " ".join(reader.date(PartialDate(2022, 12, 8)).split()) == whole
    assert " ".join(reader.date(PartialDate(2022, 12)).split()) == month
    assert reader.date(PartialDate(2022)) == {"uk": "2022 рік", "ru": "2022 год"}.get(language, "2022")


@pytest.mark.parametrize(
    ("date", "said"),
    [
        (PartialDate(2022, 12, 8), "3 years"),
        (PartialDate(2024, 11, 22), "2 years"),
        (PartialDate(2024, 11, 23), "23 months"),
        (PartialDate(2025, 11, 1), "12 months"),
        (PartialDate(2026, 10, 1), "7 weeks"),
        (PartialDate(2026, 11, 1), ""),
        (PartialDate(2021), "4 years"),
    ],
)
def test_an_age_is_never_told_greater_than_it_is(date: PartialDate, said: str) -> None:
    assert Reader("en", Settings(today=datetime.date(2026, 11, 22))).age(date) == said
