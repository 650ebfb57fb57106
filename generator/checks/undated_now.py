"""“At the moment” without a date: nobody knows which moment, and in a year it is untrue although no fact has changed.

What holds always needs no such word. What will change has its place in `schedules` (valid_from, valid_to) or in `alert`,
with a date in the same sentence. In a sentence about the reader's own moment (“if you are in danger”, “tell what is
happening”, “ask whether”) it is no such word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator import prose
from generator.catalogue import Catalogue
from generator.problems import N_, Problem, declare
from generator.settings import Settings

ADVICE = True
CODE = declare("undated-now", "warning", N_("“{phrase}” says no date, so nobody knows when it stops being true; write the date, or leave the word out."))

PHRASES = {
    "fi": (
        "tällä hetkellä",
        "tätä nykyä",
        "nykyisin",
        "nykyään",
        "parhaillaan",
        "toistaiseksi",
        "tänä (vuonna|syksynä|keväänä|kesänä|talvena)",
        "ensi (vuonna|vuoden|syksynä|syksystä|keväänä|keväästä|kesänä)",
        "hiljattain",
        "äskettäin",
        "vastikään",
    ),
    "sv": (
        "för närvarande",
        "för tillfället",
        "i dagsläget",
        "numera",
        "nuförtiden",
        "tills vidare",
        "i år",
        "nästa (år|höst|vår|sommar)",
        "i höst",
        "nyligen",
    ),
    "en": (
        "currently",
        "at the moment",
        "at present",
        "presently",
        "nowadays",
        "these days",
        "for now",
        "for the time being",
        "until further notice",
        "(this|next) (year|autumn|fall|spring|summer|winter)",
        "recently",
    ),
    "uk": (
        "наразі",
        "на момент",
        "на цей момент",
        "на даний момент",
        "на сьогодні",
        "станом на зараз",
        r"(?<!просто\s)(?<!саме\s)зараз",
        "нині",
        "тимчасово",
        "(цього|наступного) року",
        "(цієї|наступної) (осені|весни|зими)",
        "нещодавно",
        "останнім часом",
    ),
}
_LOOKED_FOR = {language: prose.Phrases(phrases) for language, phrases in PHRASES.items()}
_DATED = re.compile(r"\d{4}|\d{1,2}\.\s?\d{1,2}\.")
_ABOUT_THE_READER = re.compile(r"\b(?:jos|kun|kerro|kysy|om|när|berätta|fråga|if|when|whether|tell|ask|якщо|коли|чи|розкажіть|запитайте)\b", re.IGNORECASE)


def check(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """One warning for each sentence that has such a word and neither a date nor a word that makes it the reader's moment."""
    for language, spoken in prose.of(catalogue, settings.languages).items():
        if phrases := _LOOKED_FOR.get(language):
            for text in spoken.holding(phrases):
                for sentence in prose.sentences(text.text) if phrases.search(text.line) else ():
                    match = phrases.search(sentence)
                    if match and not _DATED.search(sentence) and not _ABOUT_THE_READER.search(sentence):
                        yield Problem(CODE, text.document.place(text.path), {"phrase": match[0]})
