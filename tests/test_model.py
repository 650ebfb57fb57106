"""Each kind of field: what it takes, what it makes of it, and with which code it refuses."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field

from generator import model, source
from generator.model import Concept, PartialDate, Service

VALID = """\
id: a
organization: talo
name: {fi: Apua}
summary: {fi: Saat apua.}
topics: [baby]
threshold: open
"""


def build(text: str, kind: Any = Service) -> tuple[Any, list[tuple[str, int, int]]]:
    """The entry that `text` makes together with a valid service's keys, and the problems as (code, line, column)."""
    own = {line.split(":")[0] for line in text.splitlines()}
    rest = "".join(f"{line}\n" for line in VALID.splitlines() if line.split(":")[0] not in own) if kind is Service else ""
    document = source.parse(f"{text.rstrip()}\n{rest}".encode(), "f.yaml")
    entry, problems = model.build(kind, document.root, document)
    return entry, [(p.code, p.place.line, p.place.column) for p in [*document.problems, *problems]]


def value(text: str) -> Any:
    """The value of the one key in `text`, as the model types it."""
    entry, problems = build(text)
    assert not problems
    return getattr(entry, text.split(":")[0])


def refused(text: str) -> list[str]:
    """The codes with which `text` is refused."""
    entry, problems = build(text)
    assert entry is None
    return [code for code, _, _ in problems]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("minimum_age: 0", 0),
        ("maximum_age: 120", 120),
        ("minimum_age: 007", 7),
        ("anonymous: yes", True),
        ("anonymous: No", False),
        ("sensitive: true", True),
        ("assured_date: 2026", PartialDate(2026)),
        ("assured_date: 2026-01", PartialDate(2026, 1)),
        ("assured_date: 2024-02-29", PartialDate(2024, 2, 29)),
        ("url: HTTPS://Talo.example/polku?a=1#b", "HTTPS://Talo.example/polku?a=1#b"),
        ("email: perhe.tupa+apu@talo.example", "perhe.tupa+apu@talo.example"),
        ("languages: [fi, sv, rom]", ("fi", "sv", "rom")),
        ("languages: []", ()),
        ("status: temporarily closed", "temporarily closed"),
        ("cost_option: free", "free"),
        ("public_holidays: closed", "closed"),
        ("alert: {fi: ' Muutto '}", {"fi": "Muutto"}),
        ("alert: {fi: Muutto, sv: ''}", {"fi": "Muutto"}),
        ("keywords: {fi: [no, '044', 9.30]}", {"fi": ("no", "044", "9.30")}),
        ("application_process: [{fi: Soita}]", ({"fi": "Soita"},)),
    ],
)
def test_a_value_is_typed(written: str, typed: Any) -> None:
    assert value(written) == typed


@pytest.mark.parametrize(
    "number", ["044 270 0797", "0442700797", "+358 44 270 0797", "112", "116 117", "080 005 005", "09 310 1611", "044-2700797", "(03) 12345"]
)
def test_a_phone_number_stays_as_people_write_it(number: str) -> None:
    assert value(f'phones: [{{number: "{number}"}}]')[0].number == number


@pytest.mark.parametrize(("written", "minutes"), [("9:00", 540), ("9.30", 570), ("09:05", 545), ("0:00", 0), ("24:00", 1440)])
def test_a_time_is_minutes_from_midnight(written: str, minutes: int) -> None:
    assert value(f"schedules: [{{byday: [MO], opens_at: {written}, closes_at: '12:00'}}]")[0].opens_at == minutes


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("minimum_age: 121", "bad-number"),
        ("minimum_age: -1", "bad-number"),
        ("minimum_age: 1.5", "bad-number"),
        ("minimum_age: ٣", "bad-number"),
        ("anonymous: off", "bad-yes-no"),
        ("anonymous: ei", "bad-yes-no"),
        ("assured_date: 2026-13", "bad-date"),
        ("assured_date: 2026-02-29", "bad-date"),
        ("assured_date: 2026-00-10", "bad-date"),
        ("assured_date: 2026-01-00", "bad-date"),
        ("assured_date: 26-01-01", "bad-date"),
        ("assured_date: 2026-1-5", "bad-date"),
        ("schedules: [{opens_at: 9-15}]", "bad-time"),
        ("schedules: [{opens_at: '24:01'}]", "bad-time"),
        ("schedules: [{opens_at: 9:60}]", "bad-time"),
        ("schedules: [{opens_at: klo 9}]", "bad-time"),
        ("schedules: [{byday: [MA]}]", "bad-choice"),
        ("threshold: avoin", "bad-choice"),
        ("threshold: [open]", "not-text"),
        ("phones: [{number: 12}]", "bad-phone"),
        ("phones: [{number: 044 270 0797 / 044 270 0798}]", "bad-phone"),
        ("phones: [{number: +44 999999999999999999}]", "bad-phone"),
        ("phones: [{number: soita}]", "bad-phone"),
        ("phones: [044 270 0797]", "not-keys"),
        ("phones: 044 270 0797", "not-list"),
        ("phones: {number: '112'}", "not-list"),
        ("url: talo.example", "bad-url"),
        ("url: javascript:alert(1)", "bad-url"),
        ("url: https://talo", "bad-url"),
        ("url: https://talo.example/a b", "bad-url"),
        ("email: talo.example", "bad-email"),
        ("email: a b@talo.example", "bad-email"),
        ("locations: [{address: {address_1: K 1, postal_code: '100', city: H}}]", "bad-postal-code"),
        ("locations: [{address: {address_1: K 1, postal_code: ٠٠١٠٠, city: H}}]", "bad-postal-code"),
        ("locations: [{address: Katu 16}]", "not-keys"),
        ("locations: [{address: {address_1: K 1, postal_code: 00100}}]", "missing-key"),
        ("id: Ä", "bad-id"),
        ("id: a--b", "bad-id"),
        ("id: [a]", "not-text"),
        ("topics: [a b]", "bad-id"),
        ("topics: []", "empty-list"),
        ("topics:", "empty-value"),
        ("keywords: {fi: ['']}", "empty-value"),
        ("email:", "empty-value"),
        ("name:", "empty-value"),
        ("name: {fi: '', sv: ''}", "empty-text"),
        ("name: Apua", "text-without-language"),
        ("name: [Apua]", "not-keys"),
        ("name: {fi: [Apua]}", "not-text"),
        ("name: {suomi: Apua}", "language-code"),
        ("languages: [FI]", "language-code"),
        ("summary: {fi: '" + "a" * 151 + "'}", "too-long"),
        ("nimi_x_y: a", "unknown-key-here"),
        ("sumary: {fi: a}", "unknown-key"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_its_code(written: str, code: str) -> None:
    assert refused(written) == [code]


def test_the_limit_of_a_summary_counts_characters() -> None:
    assert value("summary: {fi: '" + "ä" * 150 + "'}")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("phones:\n  - number: 112\n  - number: x\n", ("bad-phone", 3, 13)),
        ("locations:\n  - address:\n      address_1: K 1\n      city: H\n", ("missing-key", 3, 7)),
        ("alert:\n  fi:\n  sv:\n", ("empty-text", 1, 1)),
        ("name:\n  fi: a\n  suomi: b\n", ("language-code", 3, 3)),
        ("schedules:\n  - byday: [MO, XX]\n", ("bad-choice", 2, 17)),
        ("eligibility:\n  ikä: 3\n", ("unknown-key-here", 2, 3)),
        ("summary:\n  fi: a\n  en: [b]\n", ("not-text", 3, 7)),
    ],
)
def test_a_problem_stands_at_the_value_or_at_the_key_that_is_wrong(text: str, place: tuple[str, int, int]) -> None:
    assert build(text)[1] == [place]


def test_all_problems_of_a_file_come_at_once() -> None:
    _, problems = build("threshold: x\nminimum_age: y\nurl: z\nanonymous: w\n")
    assert sorted(code for code, _, _ in problems) == ["bad-choice", "bad-number", "bad-url", "bad-yes-no"]


def test_what_a_faulty_line_held_is_not_called_missing() -> None:
    assert [code for code, _, _ in build("topics: [baby\nname:\n  fi: Huom: a\n")[1]] == ["unclosed-bracket", "colon-in-text"]


def test_what_is_missing_beside_a_faulty_line_is_told() -> None:
    document = source.parse(b"id: a\nname: @x\n", "f.yaml")
    problems = model.build(Service, document.root, document)[1]
    assert {p.values["key"] for p in problems} == {"organization", "summary", "topics", "threshold"}


def test_a_suggestion_is_a_key_of_that_place() -> None:
    document = source.parse(b"phones:\n  - numbr: 112\n", "f.yaml")
    found = [p for p in model.build(Service, document.root, document)[1] if p.code == "unknown-key"]
    assert [p.values["suggestion"] for p in found] == ["number"]


def test_a_concepts_languages_are_codes() -> None:
    assert build("id: a\nexpressions:\n  suomi: [b]\n", Concept)[1] == [("language-code", 3, 3)]


def test_an_entry_of_a_vocabulary_that_is_text_is_quoted() -> None:
    document = source.parse(b"- hello\n", "f.yaml", expect=list)
    entry, problems = model.build(model.Term, document.root[0], document, (0,))
    assert entry is None and [(p.code, p.values["key"], p.place.line) for p in problems] == [("not-keys", "hello", 1)]


def test_a_refusal_that_has_no_code_of_its_own_is_still_told() -> None:
    class Odd(BaseModel):
        """A model with a rule that ours has nowhere."""

        key: Annotated[str, Field(max_length=1)]

    document = source.parse(b"key: long\n", "f.yaml")
    assert [(p.code, p.place.column, p.values["reason"]) for p in model.build(Odd, document.root, document)[1]] == [("bad-value", 6, "string_too_long")]


def test_an_entry_cannot_be_changed() -> None:
    entry, _ = build(VALID)
    with pytest.raises(Exception, match="frozen"):
        entry.id = "b"


def test_every_field_is_described() -> None:
    pending: list[type[BaseModel]] = [Service, model.Organization, Concept, *model.Term.__subclasses__(), model.Term]
    for kind in pending:
        assert kind.__doc__
        for name, field in kind.model_fields.items():
            assert field.description, f"{kind.__name__}.{name}"


def test_dates_sort_by_time_and_show_what_is_known() -> None:
    dates = [PartialDate(2026, 1, 31), PartialDate(2026), PartialDate(2025, 12)]
    assert [date.isoformat() for date in sorted(dates)] == ["2025-12", "2026", "2026-01-31"]


def test_a_misspelled_key_is_not_told_as_missing_too() -> None:
    document = source.parse(VALID.replace("threshold:", "treshold:").encode(), "f.yaml")
    assert [(p.code, p.values.get("suggestion")) for p in model.build(Service, document.root, document)[1]] == [("unknown-key", "threshold")]
    document = source.parse(VALID.replace("threshold: open\n", "locations:\n  - treshold: open\n").encode(), "f.yaml")
    assert "missing-key" in [p.code for p in model.build(Service, document.root, document)[1]]  # another entry's key is not this one's
