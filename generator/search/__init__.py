"""Views → analysed documents → a lunr index, the words of concepts, and the finder's files; and the same search in Python.

Down the road: `analysis` (a word → its key, as the browser does it), `lemmas` (what dictionaries know), `lexicon` (a text → keys),
`concepts` (what words say about needs), `documents` and `index` (services' fields, scored by lunr), `files` (what each file
holds), `assets` (what the site serves). The way back, twin of the browser's worker: `speech`, `query`.

Not here: the finder page's markup (theme), writing files (`plugin`), the words of a command (`cli`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.catalogue import Catalogue
from generator.localise.views import SiteView
from generator.search import documents, files
from generator.search.assets import PartAssets, SearchAssets, build
from generator.search.query import Answer, Engine
from generator.search.wording import counted

__all__ = ["Answer", "Engine", "PartAssets", "SearchAssets", "build", "counted", "engine", "explain"]


def engine(site: SiteView, catalogue: Catalogue, cache: Path | None = None) -> Engine:
    """What `apupolku search` asks: the same packed data as the finder of this language loads, with every language's words."""
    analyst = documents.Analyst(site.language, cache)
    parts = [files.core(site, catalogue, draft, analyst) for draft in files.read(site, analyst, files.parts(site))]
    analyst.save()
    order = [site.language, *(code for code in files.spoken(catalogue) if code != site.language)]
    return Engine(site.language, parts, {code: files.speech(catalogue, code, cache) for code in order})


def explain(answer: Answer, names: Mapping[str, str]) -> list[str]:
    """Why each result is there, in lines of English for editors: how each word was read, then score, fields and concepts."""
    lines = [f"read as {answer.language}, sure {answer.sure:.2f}" + (", acute" if answer.acute else "")]
    for word, meaning in answer.meanings:
        meant = ", ".join(f"{key} {sure:.2f}" for key, sure in meaning.keys.items()) or "nothing"
        lines.append(f"  {word} → {meant} ({meaning.how})")
    for place, result in enumerate(answer.results, 1):
        why = ", ".join(f"{concept} {vote:.2f}" for concept, vote in sorted(result.concepts, key=lambda item: -item[1])[:3])
        lines.append(
            f"{place:3} {result.score:.3f} {result.service} ({names.get(result.service, '')}): fields {result.direct:.3f}"
            + (f"; concepts {why}" if why else "")
        )
    return lines
