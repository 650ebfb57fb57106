"""Writes docs/worst-inputs.md from the golden files in tests/goldens/source: `python tests/goldens/table.py`.

`python tests/goldens/table.py --accept` first writes into each of these golden files what the reader says now; read the
difference before you keep it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import golden  # noqa: E402 # found once the path is set

from generator import source  # noqa: E402 # found once the path is set

PAGE = ROOT / "docs" / "worst-inputs.md"
HEAD = """# The worst inputs

What the reader of YAML files (`generator/source/`) says to {count} inputs that YAML's own rules, editors, word processors or
malice can bring. Left: the input; `⏎` ends a line, and what cannot be seen or printed stands in ‹ ›. Right: what comes through,
exactly as text (JSON), and the messages with line:column and code. No input takes more than two seconds or unbounded memory.

Each row is a test: `tests/goldens/source/NAME.txt`. To add one, write its title and input there and run
`python tests/goldens/table.py --accept`; this page is written by that command and a test holds the two together.

| what | input | what the reader says |
|---|---|---|
"""


def data(case: golden.Golden) -> bytes:
    """The bytes that the reader gets: the section “input”, or “input ENCODING”."""
    name, text = next((name, text) for name, text in case.sections.items() if name.startswith("input"))
    return golden.expand(text, name.removeprefix("input").strip() or "utf-8")


def said(case: golden.Golden) -> dict[str, str]:
    """What the reader says now, as the sections of a golden file."""
    document = source.parse(data(case), "file.yaml")
    tree = json.dumps(document.root, ensure_ascii=False)
    tree = golden.compact(tree) if len(tree) < 400 else f"{tree[:60]}… ({len(tree)} characters)"
    lines = [f"{p.place.line}:{p.place.column} {p.sentence()} [{p.code}]" for p in document.problems]
    if len(lines) > 6:
        lines = [*lines[:2], f"… and {len(lines) - 3} more", lines[-1]]
    return {"tree": f"{tree}\n", "problems": "".join(f"{line}\n" for line in lines)}


def page(cases: list[golden.Golden]) -> str:
    """The page, from what the golden files say."""
    return HEAD.format(count=len(cases)) + "".join(_row(case) for case in cases)


def _row(case: golden.Golden) -> str:
    name, text = next((name, text) for name, text in case.sections.items() if name.startswith("input"))
    encoding = name.removeprefix("input").strip()
    shown = _cell(golden.compact(text.rstrip("\n").replace("\n", "⏎"))) + (f" in {encoding.upper()}" if encoding else "")
    answers = [_cell(case.sections["tree"].strip())] if case.sections["tree"].strip() not in ("{}", "[]") else []
    answers += [_plain(line) for line in case.sections["problems"].splitlines()]
    return f"| {case.title} | {shown} | {'<br>'.join(answers)} |\n"


def _cell(text: str) -> str:
    """Text as it stands, in a Markdown table."""
    return f"<code>{_plain(text)}</code>" if text else "(nothing)"


def _plain(text: str) -> str:
    """Text in which Markdown sees no mark of its own."""
    return "".join(f"&#{ord(char)};" if char in "&<>|*_`[]\\~!" else char for char in text)


def accept(case: golden.Golden) -> None:
    """Write what the reader says now into the golden file."""
    name, text = next((name, text) for name, text in case.sections.items() if name.startswith("input"))
    sections = "".join(f"--- {key}\n{value}" for key, value in said(case).items())
    (golden.FOLDER / "source" / f"{case.name}.txt").write_text(f"{case.title}\n--- {name}\n{text}{sections}", encoding="utf-8")


if __name__ == "__main__":
    if "--accept" in sys.argv:
        for each in golden.all_of("source"):
            accept(each)
    PAGE.write_text(page(golden.all_of("source")), encoding="utf-8")
