"""Every message: what it says in three languages and where, and that the editors' pages explain it with true examples."""

from __future__ import annotations

import json
import re
from pathlib import Path

import examples
import golden
import pytest

from generator import problems, words
from generator.problems import CODES as ALL_CODES
from generator.problems import Place, Problem, closest, shorten, worst_first
from generator.settings import resources

# What an import of another program's data says is no fault of a file; tests of the import hold those messages.
CODES = {code: kind for code, kind in ALL_CODES.items() if not code.startswith("import-")}
LANGUAGES = ("fi", "sv", "en")
CASES = {case.name: case for case in golden.all_of("codes")}
GUIDES = Path(__file__).parents[1] / "docs" / "editors"
WITHOUT_EXAMPLE = {"unreadable", "bad-value", "confidential-in-output"}  # their cause is not in what the file says
SEVERAL = {"too-many-faults"}  # its example is made of other faults


def sentence(problem: Problem, language: str) -> str:
    """The problem's sentence in `language`, from the project's catalogues."""
    return problem.sentence(words.translations(resources("locales"), "editor", language).gettext)


def sections(language: str) -> dict[str, str]:
    """The editors' page of messages: each code's section."""
    text = (GUIDES / f"messages.{language}.md").read_text(encoding="utf-8")
    parts = re.split(r"^### (\S+)\n", re.sub(r"^## .*\n", "", text, flags=re.MULTILINE), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def blocks(section: str) -> list[str]:
    """The section's examples, the wrong one and the right one."""
    return re.findall(r"^```yaml\n(.*?)^```", section, flags=re.MULTILINE | re.DOTALL)


def test_every_code_has_a_golden_file() -> None:
    assert set(CASES) == set(CODES)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_message_stands_where_the_fault_is_in_three_languages(case: golden.Golden) -> None:
    file, line, column = case.sections["place"].strip().rsplit(":", 2)
    place = Place(file, int(line), int(column))
    if "values" in case.sections:
        found = [Problem(case.name, place, json.loads(case.sections["values"]))]
    else:
        found = [problem for problem in examples.problems(case.sections["input"]) if problem.code == case.name and problem.place == place]
    assert found, f"not at {place}: {[(p.code, *p.place) for p in examples.problems(case.sections['input'])]}"
    assert {language: sentence(found[0], language) for language in LANGUAGES} == {language: case.sections[language].strip() for language in LANGUAGES}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_message_is_translated_with_its_values(code: str, language: str) -> None:
    message = CODES[code].message
    translated = words.translations(resources("locales"), "editor", language).gettext(message)
    assert translated != message
    assert set(re.findall(r"\{(\w+)\}", translated)) == set(re.findall(r"\{(\w+)\}", message))


@pytest.mark.parametrize("code", CODES)
def test_a_message_says_what_is_wrong_and_what_to_do(code: str) -> None:
    message = CODES[code].message
    assert "; " in message and message.endswith((".", "?")) and len(message) < 200
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_of_messages_has_every_code_once(language: str) -> None:
    text = (GUIDES / f"messages.{language}.md").read_text(encoding="utf-8")
    headings = re.findall(r"^### (\S+)$", text, flags=re.MULTILINE)
    assert sorted(headings) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_of_the_page_are_true(language: str, code: str) -> None:
    section = sections(language)[code]
    assert len(section.split("```")[0].split()) >= 10, "an explanation, too"
    if code in WITHOUT_EXAMPLE:
        assert not blocks(section)
        return
    wrong, right = blocks(section)
    found = examples.problems(wrong)
    assert code in {problem.code for problem in found}
    assert not {problem.code for problem in found if problem.level == "error"} - {code} or code in SEVERAL, "one fault, one message"
    mended = examples.problems(right)
    assert code not in {problem.code for problem in mended}
    assert not [problem for problem in mended if problem.level == "error"]


def test_the_tiny_site_has_no_problem() -> None:
    assert examples.problems("") == []


FAULTY = """\
id: Perhetupa Lahti
organization: talo
nmae:
  fi: Perhetupa
name:
  fi: Perhetupa
  sv: Huom: ring först
summary:
  fi: Voit tulla‹U+200B›kahville.
  en: @home for everyone
topics: [baby, vaiolence]
target_groups: [families
threshold: avoin
minimum_age: 13 vuotta
anonymous: ehkä
phones:
  - number: 044 270 0797 arkisin
    languages: [suomi]
locations:
  - address:
      address_1: Katu 16 # 2 krs
      postal_code: 1001
      city: Helsinki
schedules:
  - byday: [MA]
    opens_at: 9-15
url: www.talo.example
email: talo at talo.example
topics: [violence]
referral_path:
  after: [turvakotti]
staff:
\tfi: Kaksi ohjaajaa
assured_date: 31.1.2026
alert: Suljettu
"""

EXPECTED = [
    (1, 5, "bad-id"),
    (3, 1, "unknown-key"),
    (7, 11, "colon-in-text"),
    (9, 17, "invisible-character"),
    (10, 7, "reserved-character"),
    (11, 16, "unknown-reference"),
    (12, 16, "unclosed-bracket"),
    (13, 12, "bad-choice"),
    (14, 14, "bad-number"),
    (15, 12, "bad-yes-no"),
    (17, 13, "bad-phone"),
    (18, 17, "language-code"),
    (21, 26, "comment-after-value"),
    (22, 20, "bad-postal-code"),
    (25, 13, "bad-choice"),
    (26, 15, "bad-time"),
    (27, 6, "bad-url"),
    (28, 8, "bad-email"),
    (29, 1, "duplicate-key"),
    (31, 11, "unknown-reference"),
    (33, 1, "tab"),
    (34, 15, "bad-date"),
    (35, 8, "text-without-language"),
]


def test_a_file_with_many_faults_tells_all_in_one_run_and_three_languages() -> None:
    found = examples.problems(f"# {examples.SERVICE}\n{FAULTY}")
    found = [problem for problem in found if problem.place.file == examples.SERVICE]
    assert [(problem.place.line, problem.place.column, problem.code) for problem in found] == EXPECTED
    assert len({problem.code for problem in found}) >= 20
    for problem in found:
        said = {language: sentence(problem, language) for language in LANGUAGES}
        assert len(set(said.values())) == 3
        assert "…" not in said["en"].replace("“fi: …”, “sv: …”, “en: …”, “uk: …”", ""), "every value of the message is there"


def test_a_message_quotes_on_one_line_and_shows_what_cannot_be_seen() -> None:
    assert shorten("a\nb\x1b[31m\u202e") == "a b\\x1b[31m\\x202e"
    assert shorten("x" * 100) == "x" * 59 + "…"


def test_a_missing_value_does_not_break_a_message() -> None:
    assert Problem("bad-phone", Place("f")).sentence().startswith("“…” is not a phone number")


def test_a_value_with_braces_is_no_format() -> None:
    assert "“{0.__class__}”" in Problem("bad-phone", Place("f"), {"value": "{0.__class__}"}).sentence()


def test_problems_sort_as_people_read_and_are_told_once() -> None:
    several = [Problem("tab", Place("b", 1, 1)), Problem("tab", Place("a", 10, 2)), Problem("tab", Place("a", 9, 1)), Problem("tab", Place("b", 1, 1))]
    assert [problem.place[:2] for problem in worst_first(several)] == [("a", 9), ("a", 10), ("b", 1)]


@pytest.mark.parametrize(("word", "meant"), [("babby", "baby"), ("treshold", "threshold"), ("xyz", "")])
def test_closest_finds_what_was_meant(word: str, meant: str) -> None:
    assert closest(word, ["baby", "threshold", "violence"]) == meant


def test_a_code_is_declared_once() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        problems.declare("tab", "error", "again; again.")
