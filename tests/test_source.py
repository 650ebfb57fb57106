"""Reading YAML: nothing changes on the way, and every fault is told in its place."""

from __future__ import annotations

import re
import sys
import time
import tracemalloc
from pathlib import Path

import golden
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator import source
from generator.problems import CODES, Place

sys.path.insert(0, str(golden.FOLDER))
import table  # the script that writes docs/worst-inputs.md

CASES = golden.all_of("source")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_reader_says_what_the_golden_file_says(case: golden.Golden) -> None:
    began = time.process_time()
    said = table.said(case)
    assert time.process_time() - began < 2
    assert said == {name: case.sections[name] for name in said}


def test_page_of_worst_inputs_equals_the_golden_files() -> None:
    assert len(CASES) >= 40
    assert table.PAGE.read_text(encoding="utf-8") == table.page(CASES), "run: python tests/goldens/table.py"


@pytest.mark.parametrize(
    "data",
    [
        b"{" * 250_000,
        b"- " * 120_000,
        b"? " * 120_000,
        b'a: "' + b"\\n" * 120_000,
        b"a: b\n" * 50_000,
        b"".join(b"k%d: v\n" % number for number in range(9_000)) + b"z: a: b\n" * 5_000,
        b"a:\xc2\xa0" * 50_000,
        b"'" * 250_000,
        b"\t" * 250_000,
        b"a: |\n" + b"\n" * 250_000,
        b"&a " * 80_000,
        b"[\n" * 100_000,
    ],
    ids=lambda data: repr(data[:8]),
)
def test_no_file_within_the_limit_takes_long_or_much_memory(data: bytes) -> None:
    began = time.process_time()
    source.parse(data, "file.yaml")
    assert time.process_time() - began < 2
    tracemalloc.start()
    source.parse(data, "file.yaml")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100_000_000


def test_a_large_file_is_not_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "huge.yaml"
    with file.open("wb") as stream:
        stream.truncate(2_000_000_000)
    tracemalloc.start()
    document = source.read(file)
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()
    assert [(problem.code, problem.values["size"]) for problem in document.problems] == [("too-large", "2000000000")]


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_what_cannot_be_opened_is_told(tmp_path: Path, name: str) -> None:
    document = source.read(tmp_path / name, "shown.yaml")
    assert [(problem.code, problem.place) for problem in document.problems] == [("unreadable", Place("shown.yaml"))]
    assert document.root == {}


def test_every_node_has_its_place() -> None:
    document = source.parse("name:\n  fi: Ääni\nphones:\n  - number: 112\n    languages: [fi, sv]\n".encode(), "f")
    places = {path: document.place(path)[1:] for path in [(), ("name",), ("name", "fi"), ("phones", 0), ("phones", 0, "languages", 1)]}
    assert places == {
        (): (1, 1),
        ("name",): (2, 3),
        ("name", "fi"): (2, 7),
        ("phones", 0): (4, 5),
        ("phones", 0, "languages", 1): (5, 21),
    }
    assert document.place(("name", "fi"), key=True)[1:] == (2, 3)
    assert document.place(("phones", 0, "schedules", 3))[1:] == (4, 5), "what is not there: the nearest parent's place"
    assert document.place(("nothing",))[1:] == (1, 1)


def test_a_list_is_read_where_a_list_is_expected() -> None:
    assert source.parse(b"- id: a\n- id: b\n", "f", expect=list).root == [{"id": "a"}, {"id": "b"}]
    assert [problem.code for problem in source.parse(b"id: a\n", "f", expect=list).problems] == ["not-a-list"]


def test_one_run_tells_of_every_faulty_line() -> None:
    data = b"a: x: y\nb: @c\nc: [d\nd: 'e\ne: | f\nf: - g\ng: fine\n"
    document = source.parse(data, "f")
    assert sorted((problem.place.line, problem.code) for problem in document.problems) == [
        (1, "colon-in-text"),
        (2, "reserved-character"),
        (3, "unclosed-bracket"),
        (4, "unclosed-quote"),
        (5, "block-text"),
        (6, "hyphen"),
    ]
    assert document.root == {"g": "fine"}


def test_what_a_faulty_line_may_have_held_is_known() -> None:
    document = source.parse(b"id: a\nname:\n  fi: Huom: b\nemail:\n", "f")
    assert document.broken
    assert document.may_have_lost("name", 2) and document.may_have_lost("fi")
    assert not document.may_have_lost("email", 4) and not document.may_have_lost("topics")


def _plain(text: str) -> bool:
    """Whether YAML's own rules make of `text` one plain scalar that means itself."""
    return (
        text == text.strip()
        and not text.startswith(tuple("-?:,[]{}#&*!|>'\"%@`"))
        and not re.search(r":\s", text)
        and " #" not in text
        and not text.endswith(":")
        and not text.startswith(("---", "..."))
    )


LETTERS = st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"], exclude_characters="\ufffd\u3164\uffa0\u115f\u1160")
AS_WRITTEN = st.text(LETTERS, min_size=1, max_size=40).map(str.strip).filter(lambda text: text and _plain(text) and "Ã" not in text and "â€" not in text)


@settings(max_examples=400, deadline=None)
@given(AS_WRITTEN)
@example("0442700797")
@example("00100")
@example("9.30")
@example("9:00-15:00")
@example("no")
@example("~")
@example("24/7")
@example("1e3")
@example("<<")
def test_a_plain_text_comes_through_as_written(text: str) -> None:
    document = source.parse(f"id: x\nvalue: {text}\nlist:\n  - {text}\n".encode(), "f")
    assert not document.problems
    assert document.root == {"id": "x", "value": text, "list": [text]}


@settings(max_examples=400, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp"]), max_size=60).filter(lambda text: "\ufffd" not in text))
def test_a_quoted_text_comes_through_as_written(text: str) -> None:
    document = source.parse("value: '{}'\nother: b\n".format(text.replace("'", "''")).encode(), "f")
    assert document.root["value"] == text
    assert {problem.code for problem in document.problems} <= {"invisible-character", "damaged-character"}


YAML_LIKE = st.lists(
    st.sampled_from([*"abäö:#-[]{}&*!|>'\"%@`?,.\t\n\r \\", "\n  ", ": ", "- ", "---\n", "id: ", "\u00a0", "\u200b", "\ufeff", "\x00", "😀", "&a ", "*a"]),
    max_size=60,
).map("".join)


def _holds(data: bytes) -> None:
    """The reader neither raises nor is silent; each problem has a known code and a place within the file."""
    document = source.parse(data, "file.yaml")
    lines = data.count(b"\n") + data.count(b"\r") + 1
    for problem in document.problems:
        assert problem.code in CODES
        assert problem.place.file == "file.yaml"
        assert 0 <= problem.place.line <= lines
        assert problem.sentence()
    assert document.root or document.problems
    pending = [document.root]
    while pending:
        node = pending.pop()
        assert isinstance(node, (str, dict, list))
        if isinstance(node, dict):
            assert all(isinstance(key, str) for key in node)
            pending += node.values()
        elif isinstance(node, list):
            pending += node


@settings(max_examples=600, deadline=None)
@given(YAML_LIKE)
def test_no_text_makes_the_reader_fail(text: str) -> None:
    _holds(text.encode())


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_make_the_reader_fail(data: bytes) -> None:
    _holds(data)
