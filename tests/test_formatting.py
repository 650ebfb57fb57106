"""`apupolku format`: one shape, nothing lost, over all files and over random ones."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import comments, formatting, layout, shape, source, yamltext
from generator.shape import FILES

ROOT = Path(__file__).parent.parent
SERVICES = ROOT / "services"
LANGUAGES = ("fi", "sv", "en", "uk")
SERVICE = formatting.Kind("service", shape.of(FILES["service"]))


def shaped(text: str, kind: formatting.Kind = SERVICE) -> str:
    formatted, problems = formatting.format_text(text.encode(), "x.yaml", kind, LANGUAGES)
    assert not problems
    return formatted


@pytest.mark.parametrize("file", list(formatting.files_below([SERVICES])), ids=lambda file: file.stem)
def test_every_file_keeps_its_content_and_is_steady(file: Path) -> None:
    kind = formatting.kind_of(file, SERVICES)
    text, problems = formatting.format_text(file.read_bytes(), str(file), kind, LANGUAGES)
    assert not problems
    assert source.parse(text.encode(), "", expect=kind.expect).root == source.read(file, expect=kind.expect).root
    assert formatting.format_text(text.encode(), str(file), kind, LANGUAGES)[0] == text
    assert text.startswith(f"# yaml-language-server: $schema={kind.schema}\n")
    assert (file.parent / kind.schema).resolve().parent == SERVICES / formatting.SCHEMAS


def test_keys_in_the_models_order_and_languages_in_the_sites() -> None:
    assert shaped("name: {uk: Дім, sv: Hus, fi: Talo}\nid: talo\n") == "id: talo\nname:\n  fi: Talo\n  sv: Hus\n  uk: Дім\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("phones:\n  - number: 0442700797\n", 'phones:\n  - number: "0442700797"\n'),
        ("phones:\n  - number: 044 270 0797\n", "phones:\n  - number: 044 270 0797\n"),
        ("schedules:\n  - opens_at: 9:00\n    always_open: no\n", 'schedules:\n  - always_open: no\n    opens_at: "9:00"\n'),
        ("locations:\n  - address:\n      postal_code: 15100\n", 'locations:\n  - address:\n      postal_code: "15100"\n'),
        ("name:\n  fi: on\n  no: Null\n", 'name:\n  fi: "on"\n  "no": "Null"\n'),
        ("minimum_age: 7\nassured_date: 2022-12-08\n", "minimum_age: 7\nassured_date: 2022-12-08\n"),
        ("assured_date: 2014\n", 'assured_date: "2014"\n'),
        ("name:\n  fi: ''\n  sv:\n", "name:\n  fi: ''\n  sv:\n"),
        ("keywords:\n  fi: [1e3, 112, a]\n", 'keywords:\n  fi: ["1e3", "112", a]\n'),
    ],
)
def test_quotes_where_another_reader_would_see_something_else(text: str, expected: str) -> None:
    assert shaped(text) == expected


def test_long_texts_stand_as_blocks() -> None:
    long = "sana " * 60
    text = shaped(f'description:\n  fi: "Yksi.\\n\\nKaksi."\n  sv: {long}\n')
    assert "  fi: |-\n    Yksi.\n\n    Kaksi.\n" in text
    assert "  sv: >-\n    sana" in text
    assert max(map(len, text.splitlines())) <= layout.WIDTH


def test_comments_stay_with_their_key() -> None:
    text = """\
# A heading

# about the name
name: # beside the name
  # the Finnish one
  fi: "Talo" # beside the Finnish name
  # the last word about the name

topics: [a, # first
  b]
id: x
phones:
  # the office
  - number: 044 270 0797
    # description: to be written
  # no more phones
# the end
"""
    expected = """\
# A heading

id: x
# about the name
# beside the name
name:
  # the Finnish one
  # beside the Finnish name
  fi: "Talo"
  # the last word about the name

# first
topics: [a, b]
phones:
  # the office
  - number: 044 270 0797
    # description: to be written
  # no more phones
# the end
"""
    assert shaped(text) == expected
    assert shaped(expected) == expected


def test_a_comment_that_comes_first_in_an_item_stands_above_its_hyphen() -> None:
    text = "phones:\n  - cost_option: free\n    # the office\n    number: 112 112 112\n"
    assert shaped(text) == "phones:\n  # the office\n  - number: 112 112 112\n    cost_option: free\n"


def test_a_file_with_faults_is_left_alone() -> None:
    text, problems = formatting.format_text(b"id: x\nid: y\n", "x.yaml", SERVICE, LANGUAGES)
    assert (text, [problem.code for problem in problems]) == ("", ["duplicate-key"])


def test_a_lost_comment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    write = layout.write
    monkeypatch.setattr(layout, "write", lambda file: write(file).replace("# kept\n", ""))
    with pytest.raises(formatting.UnsafeError):
        formatting.format_text(b"# kept\nid: x\n", "x.yaml", SERVICE, LANGUAGES)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp"), exclude_characters="\u00a0"), max_size=40) | st.sampled_from(
    ["no", "0442700797", "9:00", "2014", "a: b", "x # y", "- a", "null", "~", "two\nlines\n", "a\n\n b", "word " * 50, "'", '"', "\\", "# c"]
)
KEYS = st.sampled_from(["id", "name", "fi", "sv", "topics", "phones", "number", "for", "no", "own key", "description"])
TREES = st.recursive(WORDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=25)


@settings(max_examples=300, deadline=None)
@given(tree=st.dictionaries(KEYS, TREES, min_size=1, max_size=6), flow=st.sampled_from([True, False, None]), width=st.integers(20, 120), data=st.data())
def test_random_files_lose_nothing(tree: dict[str, object], flow: bool | None, width: int, data: st.DataObject) -> None:
    text = yaml.safe_dump(tree, default_flow_style=flow, width=width, allow_unicode=True, sort_keys=False)
    if not flow:
        text = with_comments(text, data)
    document = source.parse(text.encode(), "x.yaml")
    if any(problem.level == "error" for problem in document.problems):
        return
    formatted = shaped(text)
    assert source.parse(formatted.encode(), "x.yaml").root == document.root
    assert Counter(comments.all_of(formatted)) == Counter(comments.all_of(text))
    assert shaped(formatted) == formatted


def with_comments(text: str, data: st.DataObject) -> str:
    """Comment lines of random indentation between the lines; inside a block text they simply become a part of it."""
    lines = []
    for number, line in enumerate(text.splitlines()):
        if data.draw(st.integers(0, 5)) == 0:
            lines.append(data.draw(st.sampled_from(["", " " * data.draw(st.integers(0, 6)) + f"# comment {number}"])))
        lines.append(line)
    return "\n".join([*lines, *data.draw(st.lists(st.sampled_from(["# end", "  # end", ""]), max_size=2))]) + "\n"


@given(text=WORDS)
def test_a_plain_word_that_is_text_to_us_is_text_to_others(text: str) -> None:
    if yamltext.can_be_plain(text, flow=False) and yamltext.seen_as(text) == "str":
        assert yaml.safe_load(f"key: {text}\n") == {"key": text}
        assert yaml.safe_load(f"key: [{yamltext.scalar(text, '', flow=True)}]\n") == {"key": [text]}
