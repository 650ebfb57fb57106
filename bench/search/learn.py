"""Learns a language's table of endings (generator/search/rules/<language>.json) from simplemma's dictionary.

    pip install wordfreq && python bench/search/learn.py fi [--least 30]

Every ending of one to seven letters becomes a rule when it puts right at least `least` (weighted by how common the words are)
more forms than the shorter rule that it replaces. wordfreq is needed here only. The list of stop words in the file is kept.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from generator.search.analysis import LONGEST_ENDING, RULES, fold  # noqa: E402 # after the path

Action = tuple[int, str]


def pairs(language: str) -> dict[tuple[str, str], float]:
    """(folded form, folded lemma) → weight: all common forms, and a sample of the rare ones."""
    import wordfreq
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    dictionary = DefaultDictionaryFactory().get_dictionary(language)
    common = {word: wordfreq.zipf_frequency(word, language) for word in wordfreq.top_n_list(language, 300_000)}
    chance = random.Random(1)
    share = min(1.0, 150_000 / len(dictionary))
    found: dict[tuple[str, str], float] = {}
    for form in dictionary:
        often = common.get(form.lower())
        if not form.replace("'", "").isalpha() or (often is None and (form != form.lower() or chance.random() > share)):
            continue
        one, other = fold(form), fold(dictionary[form])
        if len(one) >= 3 and len(other) >= 2 and " " not in other:
            found[(one, other)] = found.get((one, other), 0.0) + (max(often, 1.0) - 0.5 if often else 0.25)
    return found


def learn(found: dict[tuple[str, str], float], least: float) -> dict[str, Action]:
    """Ending → (letters to cut, letters to add)."""
    counts: dict[str, Counter[Action | None]] = defaultdict(Counter)
    for (form, lemma), weight in found.items():
        same = next((place for place, (one, other) in enumerate(zip(form, lemma, strict=False)) if one != other), min(len(form), len(lemma)))
        cut, add = len(form) - same, lemma[same:]
        if cut > LONGEST_ENDING or len(add) > 5:
            continue
        for length in range(1, min(LONGEST_ENDING, len(form) - 2) + 1):
            counts[form[-length:]][(cut, add) if cut <= length else None] += weight  # type: ignore[assignment] # weights are floats
    table: dict[str, Action] = {}
    for ending in sorted(counts, key=lambda ending: (len(ending), ending)):
        shorter = next((table[ending[place:]] for place in range(1, len(ending)) if ending[place:] in table), (0, ""))
        best = max((action for action in counts[ending] if action), key=lambda action: (counts[ending][action], action), default=shorter)
        if best != shorter and counts[ending][best] - counts[ending][shorter] >= least:
            table[ending] = best
    return table


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("language")
    parser.add_argument("--least", type=float, default=50.0)
    arguments = parser.parse_args()
    table = learn(pairs(arguments.language), arguments.least)
    grouped: dict[str, list[str]] = defaultdict(list)
    for ending, (cut, add) in sorted(table.items(), key=lambda item: item[0][::-1]):
        grouped[f"{cut}{add}"].append(ending)
    file = RULES / f"{arguments.language}.json"
    stop = json.loads(file.read_text(encoding="utf-8"))["stop"] if file.is_file() else ""
    rules = {action: " ".join(endings) for action, endings in sorted(grouped.items(), key=lambda item: (-len(item[1]), item[0]))}
    file.write_text(json.dumps({"language": arguments.language, "stop": stop, "rules": rules}, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{arguments.language}: {len(table)} rules")
    return 0


if __name__ == "__main__":
    sys.exit(main())
