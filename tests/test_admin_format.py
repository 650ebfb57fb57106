"""The forms' file format, under Node: what nobody changed keeps its bytes, what somebody changed reads as they wrote it."""

from __future__ import annotations

import difflib
import json
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator import admin, comments, formatting, shape, source
from generator.admin import fields
from generator.shape import Shape

ROOT = Path(__file__).parent.parent
SERVICES = ROOT / "services"
LANGUAGES = ["fi", "sv", "en", "uk"]
FILES = {file.relative_to(SERVICES).as_posix(): file for file in formatting.files_below([SERVICES])}
SPOKEN = [*LANGUAGES, "ru"]
KINDS = fields.kinds(SPOKEN)

Answer = dict[str, Any]
Jobs = Callable[[list[dict[str, Any]]], list[Answer]]

# What YAML, or a careless writer, would read as something else.
ODD = [
    *("0442700797", "00100", "9:30", "no", "Yes", "null", "~", "2026-01-31", "2026", "1e3", "0x1F", "1_000", "=", "<<", "y", ".5", "-", "---", "..."),
    *("a: b", "loppuu:", "# alku", "Katu 16 # 2 krs", "- viiva", "'yksin", '"kaksin', "'a' ja \"b\"", "kenoviiva\\n", "[a, b]", "{a: b}", "a, b", "&a *b"),
    *("!tagi", "%a", "@a", "`a`", "| putki", "> suurempi", "? kysymys", "ääkköset ja Їжак 🙂", "sarkain\tvälissä", "väli\u00a0sitova", "rivi\u2028erotin"),
    *(
        "eka\ntoka",
        "eka\n\ntoka\n  sisempi",
        "eka  \ntoka",
        "  alussa tyhjää\ntoka",
        "sana " * 60 + "loppu",
        "pitkä  kaksoisväli " * 20,
        "\n".join(["rivi " * 30] * 3),
    ),
]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Jobs:
    """Reads and writes files as the CMS does."""
    folder = tmp_path_factory.mktemp("format")
    for name in admin.OWN:
        shutil.copy(ROOT / "theme" / "admin" / name, folder)
    shutil.copytree(ROOT / "node_modules" / "yaml" / "browser", folder / "yaml")
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")

    def answers(jobs: list[dict[str, Any]]) -> list[Answer]:
        told = json.dumps({"kinds": KINDS, "languages": LANGUAGES, "jobs": jobs})
        command = ["node", str(ROOT / "tests" / "admin.mjs"), str(folder)]
        done = subprocess.run(command, input=told, capture_output=True, text=True, timeout=240, check=False)
        assert done.returncode == 0, done.stderr
        found: list[Answer] = json.loads(done.stdout)
        return found

    return answers


def kind_of(name: str) -> str:
    return formatting.kind_of(FILES[name], SERVICES).name


def job(text: str | None, kind: str = "service", value: Any = None) -> dict[str, Any]:
    return {"kind": kind, "text": text, **({} if value is None else {"value": value})}


_READ: dict[str, Any] = {}


def saved(run: Jobs, text: str | None, change: Callable[[Any], Any], kind: str = "service") -> str:
    """The file after a change of its value."""
    value = {} if text is None else json.loads(json.dumps(_READ.get(text) or _READ.setdefault(text, run([job(text, kind)])[0]["value"])))
    changed = change(value)
    answer = run([job(text, kind, value if changed is None else changed)])[0]
    assert "error" not in answer, answer
    return str(answer["text"])


def differing(before: str, after: str) -> tuple[int, int]:
    """How many lines went and how many came."""
    lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0))[2:]
    return sum(line[0] == "-" for line in lines), sum(line[0] == "+" for line in lines)


def test_every_file_is_written_back_as_it_was(run: Jobs) -> None:
    texts = {name: file.read_text(encoding="utf-8") for name, file in FILES.items()}
    for name, answer in zip(texts, run([job(text, kind_of(name)) for name, text in texts.items()]), strict=True):
        assert answer.get("text") == texts[name], (name, answer.get("error"))


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str]]:
    if isinstance(value, str):
        yield path, value
    else:
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            if key != fields.MARK:
                yield from leaves(part, (*path, key))


def put(value: Any, path: tuple[Any, ...], new: str) -> Any:
    """A copy of a value with another leaf."""
    copy = json.loads(json.dumps(value))
    inner = copy
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = new
    return copy


def test_a_changed_value_is_a_changed_line(run: Jobs) -> None:
    """In lists that are broken over several lines in brackets, the words after it may move to the next line."""
    chance = random.Random(6)
    texts = {name: file.read_text(encoding="utf-8") for name, file in FILES.items()}
    values = {name: answer["value"] for name, answer in zip(texts, run([job(text, kind_of(name)) for name, text in texts.items()]), strict=True)}
    jobs, expected = [], []
    for name, value in values.items():
        if value:
            for path, old in chance.sample(list(leaves(value)), 2):
                jobs.append(job(texts[name], kind_of(name), put(value, path, old[:-1] + ("y" if old[-1] == "x" else "x"))))
                expected.append((name, path))
    for (name, path), answer in zip(expected, run(jobs), strict=True):
        if not in_long_brackets(texts[name], path):
            assert differing(texts[name], answer["text"]) == (1, 1), (name, path)


def in_long_brackets(text: str, path: tuple[Any, ...]) -> bool:
    node = comments.read(text).root.at(path[:-1])
    return node is not None and node.flow and sum(len(entry.node.value) + 2 for entry in node.entries) > 60


def cleaned(value: Any, part: Shape) -> Any:
    """What a form says, as the file must read: without empty texts, and no choice twice."""
    if isinstance(value, str):
        text = value.replace("\r\n", "\n").strip()
        return {"true": "yes", "false": "no"}.get(text.lower(), text.lower()) if part.scalar == "yes-no" else text
    if isinstance(value, list):
        items = [item for item in (cleaned(item, part.item or shape.ANY) for item in value) if item]
        return list(dict.fromkeys(items)) if part.item and part.item.scalar in ("id", "choice", "language") else items
    found = {key: cleaned(inner, shape.below(part, key)) for key, inner in value.items() if key not in (fields.MARK, "stamps")}
    return {key: inner for key, inner in found.items() if inner}


def spoken(part: Shape) -> list[str]:
    return SPOKEN if part.kind == "words" else LANGUAGES


def vary(value: Any, part: Shape, chance: random.Random) -> Any:
    """A value as an editor with odd habits might leave it."""
    if isinstance(value, str):
        return chance.choice(ODD) if chance.random() < 0.12 else value
    if isinstance(value, list):
        items = [vary(item, part.item or shape.ANY, chance) for item in value]
        if items and chance.random() < 0.25:
            items.pop(chance.randrange(len(items)))
        if items and chance.random() < 0.25:
            items.insert(chance.randrange(len(items) + 1), made(part.item or shape.ANY, chance))
        if chance.random() < 0.15:
            chance.shuffle(items)
        return items
    found = {key: vary(inner, shape.below(part, key), chance) for key, inner in value.items() if key in ("id", "organization") or chance.random() > 0.06}
    known = part.keys if part.kind == "object" else dict.fromkeys(spoken(part), part.item or shape.ANY)
    for key, inner in known.items():
        if key not in found and key not in ("id", "organization", "stamps") and chance.random() < 0.15:
            found[key] = made(inner, chance)
    return found


def made(part: Shape, chance: random.Random) -> Any:
    """A new value, also an empty one, as the CMS leaves it in a field that nobody filled."""
    if chance.random() < 0.2:
        return {"scalar": "", "list": []}.get(part.kind, {})
    if part.kind == "scalar":
        return chance.choice(part.choices) if part.choices else chance.choice(["yes", "no"]) if part.scalar == "yes-no" else chance.choice(ODD)
    if part.kind == "list":
        return [made(part.item or shape.ANY, chance) for _ in range(chance.randrange(3))]
    known = part.keys if part.kind == "object" else dict.fromkeys(spoken(part), part.item or shape.ANY)
    return {key: made(inner, chance) for key, inner in known.items() if chance.random() < 0.5 and key != "stamps"}


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_changed_reads_as_it_was_written_and_nothing_else_is_lost(run: Jobs, seed: int) -> None:
    chance = random.Random(seed)
    names = [*chance.choices([name for name in FILES if "terms" not in name], k=60), *chance.choices([name for name in FILES if "terms" in name], k=20)]
    texts = [FILES[name].read_text(encoding="utf-8") for name in names]
    kinds = [formatting.kind_of(FILES[name], SERVICES) for name in names]
    values = [answer["value"] for answer in run([job(text, kind.name) for text, kind in zip(texts, kinds, strict=True)])]
    varied = [vary(value, kind.shape, chance) for value, kind in zip(values, kinds, strict=True)]
    for name, text, kind, value, answer in zip(
        names, texts, kinds, varied, run([job(text, kind.name, value) for text, kind, value in zip(texts, kinds, varied, strict=True)]), strict=True
    ):
        assert "error" not in answer, (name, answer, value)
        read = source.parse(answer["text"].encode(), name, expect=kind.expect)
        wanted = cleaned(value, kind.shape)
        assert cleaned(read.root, kind.shape) == wanted, name
        assert not [problem for problem in read.problems if problem.level == "error" and problem.code not in ODD_CHARACTERS], name
        before = source.parse(text.encode(), name, expect=kind.expect).root
        if kind.expect is dict:
            assert read.root.get("stamps") == before.get("stamps"), name
        # Comments only go with an entry that went.
        assert not Counter(comments.all_of(answer["text"])) - Counter(comments.all_of(text)), name
        if not {character for _, leaf in leaves(value) for character in leaf} & UNSEEN:
            assert formatting.format_text(answer["text"].encode(), name, kind, LANGUAGES)[0] == steady(text, answer["text"], name, kind), name


UNSEEN = {"\u00a0", "\u2028", "\t"}
ODD_CHARACTERS = ("invisible-character", "control-character")


def steady(before: str, after: str, name: str, kind: formatting.Kind) -> str:
    """What `apupolku format` should make of a saved file: the same, where it left the file alone before."""
    untouched = formatting.format_text(before.encode(), name, kind, LANGUAGES)[0] == before
    return after if untouched else formatting.format_text(after.encode(), name, kind, LANGUAGES)[0]


HOUSE = """\
# yaml-language-server: $schema=../.schema/service.json
# Ask Liisa first.

id: talo
organization: talot
name:
  # as on the door
  fi: 'Talo'   # says Liisa
  sv: Huset
  ru: Дом

# About the help.

# One sentence.
summary: {fi: Saat apua.,   sv: Hjälp.}
alert:
topics: [baby,divorce]   # the closest first
threshold: open
application_process:
  # first
  - fi: Soita.   # in the morning
    sv: Ring.
  # second
  - fi: Tule.
  # not yet:
  # - fi: Odota.
phones:
- number: 0442700797
  unknown: kept
  languages: [fi,
    sv]   # both
locations:
  - address:
      address_1: Katu 16 # 2 krs
      postal_code: 00100
      city: Lahti
keywords:
  fi:
    - äiti
    # spoken
    - mutsi
stamps: {name: {sv: aaaaaaaa}}
# The end.
"""


def step(*path: Any, value: Any = None) -> Callable[[Any], Any]:
    """A change of one place; without a value it is cleared."""

    def change(given: Any) -> Any:
        inner = given
        for key in path[:-1]:
            inner = inner[key] if isinstance(inner, list) else inner.setdefault(key, {})
        if value is None and isinstance(inner, list):
            inner.pop(path[-1])
        else:
            inner[path[-1]] = value
        return given

    return change


def swapped(*path: str) -> Callable[[Any], Any]:
    """The first two entries of a list the other way round."""

    def change(given: Any) -> Any:
        inner = given
        for key in path:
            inner = inner[key]
        inner[0], inner[1] = inner[1], inner[0]
        return given

    return change


CASES = {
    "a text keeps its quotes and the comment behind it": (step("name", "fi", value="Uusi"), [("  fi: 'Talo'   # says", "  fi: 'Uusi'   # says")]),
    "a text that needs quotes gets them": (step("name", "sv", value="Hus: nytt"), [("sv: Huset", 'sv: "Hus: nytt"')]),
    "a language more goes to its place": (step("name", "en", value="House"), [("  sv: Huset\n", "  sv: Huset\n  en: House\n")]),
    "a language that is cleared goes with its line": (step("name", "sv", value=""), [("  sv: Huset\n", "")]),
    "a comment goes with what it stands above": (step("name", "fi", value=""), [("  # as on the door\n  fi: 'Talo'   # says Liisa\n", "")]),
    "in brackets only what changed": (step("summary", "sv", value="Stöd."), [("{fi: Saat apua.,   sv: Hjälp.}", "{fi: Saat apua., sv: Stöd.}")]),
    "a comment that a blank line sets apart stays": (step("summary", value={}), [("# One sentence.\nsummary: {fi: Saat apua.,   sv: Hjälp.}\n", "")]),
    "an empty key gets lines of its own": (step("alert", value={"fi": "Muutto", "sv": ""}), [("alert:\n", "alert:\n  fi: Muutto\n")]),
    "an empty key stays when nothing is written": (step("alert", value={"fi": "", "sv": None}), []),
    "what the form adds by itself is not written": (step("chat", value={"url": "", "description": {"fi": ""}, "languages": [], "schedules": []}), []),
    "a choice more": (step("topics", value=["baby", "divorce", "violence"]), [("[baby,divorce]", "[baby, divorce, violence]")]),
    "another order": (swapped("topics"), [("[baby,divorce]", "[divorce, baby]")]),
    "a key more goes to its place in the model": (step("cost_option", value="free"), [("threshold: open\n", "threshold: open\ncost_option: free\n")]),
    "entries move with their comments": (
        swapped("application_process"),
        [
            ("  # first\n  - fi: Soita.   # in the morning\n    sv: Ring.\n", ""),
            ("  - fi: Tule.\n", "  - fi: Tule.\n  # first\n  - fi: Soita.   # in the morning\n    sv: Ring.\n"),
        ],
    ),
    "an entry goes with its comments": (
        step("application_process", 0),
        [("  # first\n  - fi: Soita.   # in the morning\n    sv: Ring.\n", "")],
    ),
    "the last entry leaves the comments after it": (step("application_process", 1), [("  # second\n  - fi: Tule.\n", "")]),
    "the first key of an entry": (step("application_process", 0, "fi", value=""), [("  - fi: Soita.   # in the morning\n    sv:", "  - sv:")]),
    "a key before the first of an entry": (step("application_process", 1, value={"sv": "Kom.", "fi": ""}), [("- fi: Tule.", "- sv: Kom.")]),
    "an unknown key stays in a changed entry": (step("phones", 0, "number", value="050 123 4567"), [("0442700797", "050 123 4567")]),
    "a value that YAML would read as a number": (step("phones", 0, "number", value="0442700798"), [("0442700797", '"0442700798"')]),
    "a comment behind a value": (step("locations", 0, "address", "address_1", value="Katu 18"), [("Katu 16 #", "Katu 18 #")]),
    "a long text": (
        step("name", "sv", value="ord " * 60 + "slut"),
        [("sv: Huset", "sv: >-\n" + "    " + ("ord " * 23 + "ord\n    ") * 2 + "ord " * 12 + "slut")],
    ),
    "several lines": (step("name", "fi", value="Yksi.\n\nKaksi."), [("'Talo'   # says Liisa\n", "| # says Liisa\n    Yksi.\n\n    Kaksi.\n")]),
    "a new list of entries": (
        step("schedules", value=[{"byday": ["MO", "TU"], "opens_at": "9:00", "closes_at": "", "always_open": ""}]),
        [("keywords:\n", 'schedules:\n  - byday: [MO, TU]\n    opens_at: "9:00"\nkeywords:\n')],
    ),
    "words with a comment between": (
        step("keywords", "fi", value=["mutsi", "äiti", "äippä"]),
        [("    - äiti\n    # spoken\n    - mutsi\n", "    # spoken\n    - mutsi\n    - äiti\n    - äippä\n")],
    ),
    "yes and no in other words are not changed": (step("sensitive", value="no"), [("stamps:", "sensitive: no\nstamps:")]),
}


@pytest.mark.parametrize("name", CASES)
def test_only_what_changed_is_written(run: Jobs, name: str) -> None:
    change, replacements = CASES[name]
    expected = HOUSE
    for old, new in replacements:
        assert expected.count(old) == 1, old
        expected = expected.replace(old, new)
    assert saved(run, HOUSE, change) == expected


def test_a_new_service_is_written_as_apupolku_format_would(run: Jobs) -> None:
    value = {
        "threshold": "open",
        "phones": [{"number": "0442700797"}],
        "id": "uusi",
        "organization": "talo",
        "name": {"sv": "Ny", "fi": "no"},
        "topics": ["baby"],
    }
    assert saved(run, None, lambda _: value) == (
        "# yaml-language-server: $schema=../.schema/service.json\nid: uusi\norganization: talo\n"
        'name:\n  fi: "no"\n  sv: Ny\ntopics: [baby]\nthreshold: open\nphones:\n  - number: "0442700797"\n'
    )


def test_a_vocabulary_of_comments_gets_its_first_entry_below_them(run: Jobs) -> None:
    text = "# yaml-language-server: $schema=../.schema/retired.json\n# none yet\n"
    assert saved(run, text, lambda _: [{"id": "vanha", "name": {"fi": "Vanha"}}], "retired") == text + "- id: vanha\n  name:\n    fi: Vanha\n"
    assert saved(run, text, lambda _: [], "retired") == text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("id: &a talo\nname: {fi: *a}\n", "service"),
        ("id: !!str talo\n", "service"),
        ("id: talo\nid: talo\n", "service"),
        ("id: talo\n---\nid: talo\n", "service"),
        ("? [a]\n: b\n", "service"),
        ('id: "talo\n', "service"),
        ("talo\n", "service"),
        ("id: talo\n", "topics"),
    ],
)
def test_a_file_that_a_form_cannot_keep_whole_is_not_opened(run: Jobs, text: str, kind: str) -> None:
    answer = run([job(text, kind)])[0]
    assert "error" in answer


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (step("application_process", value=[{"fi": "Tule."}]), "cannot change"),  # the file has a text where a list belongs
        (step("languages", value=["fi", "sv", "en"]), "comment inside"),
        (step("name", value="Talo"), "one value"),
    ],
)
def test_what_cannot_be_written_safely_is_refused(run: Jobs, change: Callable[[Any], Any], told: str) -> None:
    text = "id: talo\norganization: talot\nname: {fi: Talo}\napplication_process: Soita.\nlanguages: [fi, # first\n  sv]\n"
    value = change(run([job(text)])[0]["value"])
    assert told in run([job(text, value=value)])[0]["error"]


def test_a_draft_of_another_text_is_refused(run: Jobs) -> None:
    value = run([job("id: talo\norganization: talot\n")])[0]["value"]
    assert "open it anew" in run([job(None, value=value | {"status": "active"})])[0]["error"]
