"""The schemas in an editor's hands: yaml-language-server finds nothing wrong in good files, and what is wrong in bad ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from language_server import LanguageServer

from generator import formatting

SERVICES = Path(__file__).parent.parent / "services"
FILES = list(formatting.files_below([SERVICES]))
DRAFT = SERVICES / "lahden-ensi-ja-turvakoti" / "draft.yaml"
GOOD = """\
id: draft
organization: lahden-ensi-ja-turvakoti
name:
  fi: Luonnos
summary:
  fi: Lyhyesti.
topics: [safety]
threshold: open
"""


def with_modeline(file: Path, text: str) -> str:
    lines = [line for line in text.splitlines() if not line.startswith("# yaml-language-server:")]
    return "\n".join([f"# yaml-language-server: $schema={formatting.kind_of(file, SERVICES).schema}", *lines]) + "\n"


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    with LanguageServer() as running:
        yield running


@pytest.fixture(scope="module")
def old_server() -> Iterator[LanguageServer]:
    with LanguageServer("1.1") as running:
        yield running


def test_nothing_is_wrong_with_the_files(server: LanguageServer) -> None:
    found = server.all_diagnostics({file: with_modeline(file, file.read_text(encoding="utf-8")) for file in FILES})
    assert len(found) == len(FILES)
    assert {file.name: said for file, said in found.items() if said} == {}


WIDE = (
    GOOD
    + """\
phones:
  - number: 0442700797
    shown_on_bill: no
  - number: 112
    languages: [no, fi]
locations:
  - address: {address_1: Katu 1, postal_code: 15100, city: Lahti}
  - address: {address_1: 1, postal_code: 00100, city: Helsinki}
schedules:
  - byday: [MO]
    opens_at: 9:00
    closes_at: 15.30
schedule_exceptions:
  - valid_from: 2026-12-24
    closed: yes
minimum_age: 7
maximum_age: "12"
fees_description:
  fi: 10
  sv:
keywords:
  fi: [112, no, 1e3]
assured_date: 2014
sensitive: true
"""
)


def test_what_another_reader_takes_for_a_number_is_no_alarm(server: LanguageServer, old_server: LanguageServer) -> None:
    text = with_modeline(DRAFT, WIDE)
    assert server.diagnostics(DRAFT, text) == []
    assert old_server.diagnostics(DRAFT, text) == []


@pytest.mark.parametrize(
    ("wrong", "line", "said"),
    [
        (GOOD.replace("safety", "saftey"), 7, '"safety"'),
        (GOOD.replace("threshold", "treshold"), 8, "treshold"),
        (GOOD.replace("threshold: open\n", ""), 1, '"threshold"'),
        (GOOD.replace("threshold: open", "threshold: opne"), 8, '"open"'),
        (GOOD.replace("id: draft", "id: Draft Ä"), 1, "id"),
        (GOOD.replace("  fi: Luonnos", "  finnish: Luonnos"), 4, "fi: …"),
        (GOOD.replace("name:\n  fi: Luonnos", "name: Luonnos"), 3, "fi: …"),
        (GOOD.replace("Lyhyesti.", "x" * 151), 6, "150"),
        (GOOD.replace("[safety]", "[]"), 7, ""),
        (GOOD.replace("[safety]", "safety"), 7, "array"),
        (GOOD.replace("organization: lahden", "organization: lahten"), 2, "lahden-ensi-ja-turvakoti"),
        (GOOD + "phones:\n  - number: soita meille\n", 10, "044 123 4567"),
        (GOOD + "phones:\n  - nummer: 112\n", 10, "nummer"),
        (GOOD + "url: www.example.fi\n", 9, "https://"),
        (GOOD + "email: toimisto\n", 9, "@"),
        (GOOD + "assured_date: 31.1.2026\n", 9, "2026-01-31"),
        (GOOD + "schedules:\n  - byday: [MA]\n", 10, '"MO"'),
        (GOOD + "schedules:\n  - opens_at: 25:00\n", 10, "9:00"),
        (GOOD + "anonymous: joo\n", 9, "yes"),
        (GOOD + "minimum_age: 130\n", 9, "120"),
        (GOOD + "locations:\n  - address: {address_1: Katu 1, postal_code: '151', city: Lahti}\n", 10, "00100"),
        (GOOD + "referral_path:\n  after: [lahti-turvakotii]\n", 10, "lahti-turvakoti"),
        (GOOD + "id: toinen\n", 9, ""),
        (GOOD + 'alert:\n  fi: "Muutto\n', 11, ""),
    ],
    ids=lambda value: None if not isinstance(value, str) or len(value) > 30 else value,
)
def test_what_is_wrong_is_marked_where_it_is(server: LanguageServer, wrong: str, line: int, said: str) -> None:
    found = server.diagnostics(DRAFT, with_modeline(DRAFT, wrong))
    assert found
    assert any(said in entry["message"] and entry["range"]["start"]["line"] == line for entry in found), found


def test_ids_of_terms_and_keys_are_completed(server: LanguageServer) -> None:
    text = with_modeline(DRAFT, GOOD.replace("[safety]", "[]"))
    assert {"safety", "baby"} <= set(server.completions(DRAFT, text, 8, 10))
    text = with_modeline(DRAFT, GOOD + "referral_path:\n  after:\n    - \n")
    assert "lahti-turvakoti" in server.completions(DRAFT, text, 12, 7)
    text = with_modeline(DRAFT, GOOD.replace("threshold: open", "threshold: "))
    assert {"open", "self-referral", "referral", "municipality", "not-stated"} == set(server.completions(DRAFT, text, 9, 12))
    text = with_modeline(DRAFT, GOOD + "anonymous: \n")
    assert {"yes", "no"} <= set(server.completions(DRAFT, text, 10, 12))
    text = with_modeline(DRAFT, GOOD + "\n")
    assert {"phones", "description", "assured_date"} <= set(server.completions(DRAFT, text, 10, 1))


def test_a_description_is_shown_in_the_editors_language(server: LanguageServer) -> None:
    assert "Miten palveluun pääsee" in server.hover(DRAFT, with_modeline(DRAFT, GOOD), 9, 2)
