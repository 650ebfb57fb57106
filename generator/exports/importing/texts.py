"""Longer texts of HSDS taken apart: description into summary and description, eligibility, the steps of the way in."""

from __future__ import annotations

import re

from generator import model
from generator.exports.importing.places import without
from generator.exports.importing.reading import Reading
from generator.exports.tree import Tree

_NUMBERED = re.compile(r"(\d+)[.)]\s+(.+)\Z")


def summaries(reading: Reading, service: str, tree: Tree, name: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """(summary, description). Where no summary is told, the first sentences that fit are taken, else the name."""
    whole = reading.paragraphs(tree, "description")
    summary = {code: said for code, said in reading.said(tree, "summary").items() if len(said) <= model.SUMMARY_LIMIT}
    description = without(whole, summary)
    for code in [code for code in name if code not in summary]:
        said = " ".join(whole.get(code, "").split())
        made = ""
        for sentence in re.split(r"(?<=[.!?])\s+", said):
            if len(f"{made} {sentence}".strip()) > model.SUMMARY_LIMIT:
                break
            made = f"{made} {sentence}".strip()
        summary[code] = made or (said[: model.SUMMARY_LIMIT - 1].rsplit(" ", 1)[0] + "…" if said else name[code][: model.SUMMARY_LIMIT])
        reading.problem("import-summary", service, "summary", summary[code])
    order = [*name, *(code for code in summary if code not in name)]
    return {code: summary[code] for code in order}, description


def wanted(whole: dict[str, str], unwanted: dict[str, str]) -> dict[str, str]:
    """eligibility_description without the sentence of whom it is not for, which the export puts after it."""
    told = {}
    for code, said in whole.items():
        parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", said)]
        if code in unwanted and parts and parts[-1].endswith(unwanted[code]):
            parts = parts[:-1]
        if parts:
            told[code] = " ".join(parts)
    return told


def steps(whole: dict[str, str]) -> list[dict[str, str]]:
    """Numbered lines are steps of their number in each language; other text is a step for each paragraph."""
    found: dict[int, dict[str, str]] = {}
    for code, said in whole.items():
        lines = [line for line in said.split("\n") if line.strip()]
        numbered = [_NUMBERED.match(line) for line in lines]
        if all(numbered):
            pairs = [(int(match[1]), match[2]) for match in numbered if match]
        else:
            pairs = list(enumerate((" ".join(part.split()) for part in re.split(r"\n\s*\n", said)), 1))
        for number, words in pairs:
            found.setdefault(number, {})[code] = words
    return [found[number] for number in sorted(found)]
