"""Writes into the golden files of messages (tests/goldens/codes) what is said now: `python tests/goldens/messages.py`.

For when a sentence was changed on purpose: read the difference before you keep it. A new code needs a file with its title
and a section “input” (a wrong example, see tests/examples.py); this fills in the rest. Its explanation goes into
docs/editors/messages.{fi,sv,en}.md by hand.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import examples  # noqa: E402 # found once the path is set
import golden  # noqa: E402 # found once the path is set

from generator import words  # noqa: E402 # found once the path is set
from generator.problems import Place, Problem  # noqa: E402 # found once the path is set
from generator.settings import resources  # noqa: E402 # found once the path is set


def accept(case: golden.Golden) -> str:
    """The golden file's text with the place and the sentences of today; raises StopIteration when the input has no such fault."""
    if "values" in case.sections:
        kept = f"--- values\n{case.sections['values']}"
        file, line, column = case.sections["place"].strip().rsplit(":", 2)
        problem = Problem(case.name, Place(file, int(line), int(column)), json.loads(case.sections["values"]))
    else:
        kept = f"--- input\n{case.sections['input']}"
        problem = next(problem for problem in examples.problems(case.sections["input"]) if problem.code == case.name)
    place = problem.place
    said = "".join(
        f"--- {language}\n{problem.sentence(words.translations(resources('locales'), 'editor', language).gettext)}\n" for language in ("fi", "sv", "en")
    )
    return f"{case.title}\n{kept}--- place\n{place.file}:{place.line}:{place.column}\n{said}"


if __name__ == "__main__":
    for each in golden.all_of("codes"):
        (golden.FOLDER / "codes" / f"{each.name}.txt").write_text(accept(each), encoding="utf-8")
