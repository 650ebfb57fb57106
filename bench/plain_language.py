"""How plain the texts of each service are, in each language: `python bench/plain_language.py [HOW-MANY]`.

Points of a text: each word of a sentence beyond three quarters of what `checks/sentence_length.py` allows in the language
counts one, each finding of the rules of plain language five; per hundred words. 0 is best. Shows the worst texts, nine
unless told otherwise, with their longest sentence, and each language's means.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

from generator import catalogue, prose
from generator.checks import contact_in_prose, official_phrase, sentence_length, summary_repeats_name, undated_now
from generator.problems import Place
from generator.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
RULES = (contact_in_prose, official_phrase, sentence_length, summary_repeats_name, undated_now)


def main() -> None:
    settings = Settings(services_dir=ROOT / "services")
    loaded = catalogue.load(settings.services_dir, ROOT)
    found: dict[Place, int] = defaultdict(int)
    for rule in RULES:
        for problem in rule.check(loaded, settings):
            found[problem.place] += 1
    points: dict[tuple[str, str], float] = defaultdict(float)
    words: dict[tuple[str, str], int] = defaultdict(int)
    sentences: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for language, text in ((language, text) for language, spoken in prose.of(loaded, settings.languages).items() for text in spoken):
        key = (text.service, language)
        points[key] += 5 * found[text.document.place(text.path)]
        for sentence in prose.sentences(text.text):
            count = len(prose.words(sentence))
            words[key] += count
            sentences[key].append((count, sentence))
            points[key] += max(0, count - 0.75 * sentence_length.LIMITS[language])
    scores = {key: 100 * points[key] / words[key] for key in words}
    for key in sorted(scores, key=lambda key: -scores[key])[: int(sys.argv[1]) if len(sys.argv) > 1 else 9]:
        count, sentence = max(sentences[key])
        print(f"{scores[key]:6.2f}  {key[0]} {key[1]}  {words[key]} words; longest {count}: {sentence}")
    for language in settings.languages:
        own = [key for key in scores if key[1] == language]
        lengths = [count for key in own for count, _ in sentences[key]]
        print(
            f"{language}: mean {sum(scores[key] for key in own) / len(own):.2f} points; {sum(lengths) / len(lengths):.1f} words a sentence; "
            f"{sum(found[place] for place in found)} findings in all languages"
        )


if __name__ == "__main__":
    main()
