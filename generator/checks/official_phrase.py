"""A phrase of statutes and offices: it says who is in charge and not what happens to the reader.

“Palvelu myönnetään hakemuksesta”, “tillhandahålls i enlighet med”, “is provided pursuant to”, “надається відповідно до”:
nobody acts in them. Who reads them in a crisis does not find what to do, and translations from them are worse still.
Only phrases that are never needed in such a text are listed; the passive itself is not, since “siitä puhutaan yhdessä”
is how people talk.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator import prose
from generator.catalogue import Catalogue
from generator.problems import N_, Problem, declare
from generator.settings import Settings

ADVICE = True
CODE = declare("official-phrase", "warning", N_("“{phrase}” is the language of offices; say who does what, as you would say it to the reader."))

# Patterns of whole words; “*” stands for any ending.
PHRASES: dict[str, tuple[str, ...]] = {
    "fi": (
        "toimesta",
        "taholta",
        "puitteissa",
        "nojalla",
        "mikäli",
        "koskien",
        "lukien",
        "täten",
        "edellä main*",
        "alla main*",
        "kyseess* olev*",
        "lain mukai*",
        "lain mukaan",
        "*lain (mukai*|mukaan|perusteella|nojalla)",
        "*lain \\d* §:*",
        "(edellytetään|myönnetään|suoritetaan|toteutetaan|tuotetaan|hyödynnetään|mahdollistetaan|kohdennetaan)",
        "(voidaan|tulee) (myöntää|toteuttaa|toimittaa|suorittaa)",
        "on (suunnattu|kohdennettu)",
        "palveluntarpe*",
        "palvelutarpe*",
        "asiakkuu*",
        "asiakasohjau*",
        "viranhaltijapäätö*",
        "matalan kynnyksen",
        "moniammatilli*",
        "yksilölliseen arvioon",
    ),
    "sv": (
        "i enlighet med",
        "med stöd av",
        "enligt (lag|lagen|*lagen)",
        "avseende",
        "beträffande",
        "i syfte att",
        "erhålla*",
        "erhåller",
        "ombesörj*",
        "åligger",
        "vederbörande",
        "ovannämnd*",
        "nedannämnd*",
        "inom ramen för",
        "på basis av",
        "(tillhandahålls|genomförs|utförs|beviljas|förutsätts|verkställs|produceras|möjliggörs)",
        "(är|riktas) (avsedd|avsett|riktad|riktat) (för|till)",
        "klientskap*",
        "klientförhållande*",
        "tjänsteinnehavarbeslut*",
        "servicebehov*",
        "lågtröskel*",
        "multiprofessionell*",
    ),
    "en": (
        "in accordance with",
        "pursuant to",
        "with regard to",
        "in respect of",
        "in order to",
        "prior to",
        "shall",
        "herein",
        "aforementioned",
        "commence*",
        "utili[sz]e*",
        "facilitate*",
        "under the * act",
        "by virtue of",
        "(is|are|will be) (provided|granted|implemented|carried out|arranged by|intended for|aimed at|offered by)",
        "eligible (persons|individuals|clients)",
        "service users?",
        "service needs?",
        "low[- ]threshold",
        "multi-?professional",
    ),
    "uk": (
        "відповідно до",
        "згідно (з|із|зі)",
        "з метою",
        "на підставі",
        "у рамках",
        "в рамках",
        "шляхом",
        "за наявності",
        "вищезазначен*",
        "вищевказан*",
        "вказан*",
        "зазначен*",
        "даний|дана|дане|даної|даного",
        "(надається|надаються|здійснюється|здійснюються|передбачено|передбачається|забезпечується|забезпечуються|реалізується)",
        "призначен* для",
        "отримувач* послуг*",
        "низькопорогов*",
        "мультидисциплінарн*",
    ),
}


_LOOKED_FOR = {language: prose.Phrases(phrases) for language, phrases in PHRASES.items()}


def check(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """One warning for each such phrase of prose."""
    for language, spoken in prose.of(catalogue, settings.languages).items():
        if phrases := _LOOKED_FOR.get(language):
            for text in spoken.holding(phrases):
                for match in phrases.finditer(text.line):
                    yield Problem(CODE, text.document.place(text.path), {"phrase": " ".join(match[0].split())})
