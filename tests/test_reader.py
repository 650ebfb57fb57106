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
    assert reader.date(PartialDate(2022)) == "2022"
