"""The rules of plain language: what each speaks of, what it leaves alone, and that this site's own texts keep them."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import catalogue, prose
from generator.checks import contact_in_prose, official_phrase, sentence_length, summary_repeats_name, undated_now
from generator.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
RULES = {rule.__name__.rpartition(".")[2]: rule for rule in (contact_in_prose, official_phrase, sentence_length, summary_repeats_name, undated_now)}


def found(site: Path, rule: str, language: str, text: str, key: str = "description") -> list[str]:
    """What a rule says of a text, as “code” or “code: what it quotes”."""
    file = site / "services/talo/perhetupa.yaml"
    own = file.read_text(encoding="utf-8")
    file.write_text(f"{own}{key}:\n  {language}: |\n    {text}\n", encoding="utf-8")
    loaded = catalogue.load(site / "services", site)
    assert not loaded.problems
    return [f"{p.code}: {p.values.get('phrase') or p.values.get('value') or p.values.get('count')}" for p in RULES[rule].check(loaded, Settings())]


@pytest.mark.parametrize("language", sentence_length.LIMITS)
def test_a_sentence_at_the_limit_and_over_it(site: Path, language: str) -> None:
    limit = sentence_length.LIMITS[language]
    letter = "Слово" if language == "uk" else "Word"
    assert found(site, "sentence_length", language, " ".join([letter] * limit) + ". " + " ".join([letter] * limit) + ".") == []


@pytest.mark.parametrize("language", sentence_length.LIMITS)
def test_a_long_sentence(site: Path, language: str) -> None:
    count = sentence_length.LIMITS[language] + 1
    assert found(site, "sentence_length", language, "Alku. " + " ".join(["Word"] * count) + ". Loppu.") == [f"sentence-long: {count}"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Soita klo 9.00. Tule sitten.", 2),
        ("Esim. kotona, ks. sivu. Ja 1.–3. luokka.", 2),
        ("Onko vaikeaa? Soita!", 2),
        ("“Mitä teen?” Soita.", 2),
        ("Ensimmäinen\n\ntoinen", 2),
        ("Luettelo:\n- yksi\n- kaksi", 3),
        ("Хочете поговорити? Телефонуйте.", 2),
        ("Avoinna 24.12. asti", 1),
    ],
)
def test_sentences(text: str, parts: int) -> None:
    assert len(prose.sentences(text)) == parts, prose.sentences(text)


def test_an_escaped_null_does_not_shift_texts(site: Path) -> None:
    file = site / "services/talo/perhetupa.yaml"
    file.write_text(file.read_text(encoding="utf-8") + 'description:\n  fi: "a\\0b"\nalert:\n  fi: Mikäli pelkäät, soita.\n', encoding="utf-8")
    loaded = catalogue.load(site / "services", site)
    assert [problem.code for problem in loaded.problems] == ["control-character"]
    found = [(p.code, p.place.line) for rule in RULES.values() for p in rule.check(loaded, Settings())]
    assert found == [("official-phrase", len(file.read_text(encoding="utf-8").splitlines()))]


def test_words() -> None:
    assert prose.words("Ensi- ja turvakoti – (9.00–15.00), you’re a@b.fi, сім’ї!") == ["Ensi", "ja", "turvakoti", "9.00–15.00", "you’re", "a@b.fi", "сім’ї"]


@pytest.mark.parametrize(
    ("language", "text", "phrases"),
    [
        ("fi", "Palvelu myönnetään lastensuojelulain mukaan.", ["myönnetään", "lastensuojelulain mukaan"]),
        ("fi", "Ota yhteyttä, mikäli palveluntarpeesi muuttuu.", ["mikäli", "palveluntarpeesi"]),
        ("fi", "Asioista puhutaan yhdessä. Teidät otetaan vastaan ja kerrotaan, mitä sitten tehdään.", []),
        ("sv", "Stödet tillhandahålls i enlighet med lagen.", ["tillhandahålls", "i enlighet med"]),
        ("sv", "Ni talar om det tillsammans. Barnet tas emot varmt.", []),
        ("en", "Support is provided in accordance with the act.", ["is provided", "in accordance with"]),
        ("en", "You are met by a worker. The marshal shallow.", []),
        ("uk", "Допомога надається відповідно до закону.", ["надається", "відповідно до"]),
        ("uk", "Ви зустрінетеся з працівником і вирішите разом.", []),
    ],
)
def test_phrases_of_offices(site: Path, language: str, text: str, phrases: list[str]) -> None:
    assert found(site, "official_phrase", language, text) == [f"official-phrase: {phrase}" for phrase in phrases]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Soita 044 270 0797 tai +358 44 270 0797.", ["phone-in-text: 044 270 0797", "phone-in-text: +358 44 270 0797"]),
        ("Numero on 080-005-005.", ["phone-in-text: 080-005-005"]),
        ("Lasten numero on 116 111.", ["phone-in-text: 116 111"]),
        ("Hätänumero on 112. Ryhmä 2023, 12–17 v, 9.00–15.00, 24.12.2026, 01.02.2026, 100 000 ihmistä, 0,50 €.", []),
        ("Ulkomailta soita +358 ja numero ilman nollaa.", []),
        ("Olemme osoitteessa Loviisankatu 14 A, 15100 Lahti.", ["address-in-text: Loviisankatu 14 A", "address-in-text: 15100 Lahti"]),
        ("Vi finns på Lovisagatan 3.", ["address-in-text: Lovisagatan 3"]),
        ("Ми на вул. Садова, 5.", ["address-in-text: вул. Садова, 5"]),
        ("Asematie on vilkas. Katu 2. Keskustie on 10 minuutin päässä.", []),
    ],
)
def test_phones_and_addresses(site: Path, text: str, values: list[str]) -> None:
    assert found(site, "contact_in_prose", "fi", text) == values


@pytest.mark.parametrize(
    ("language", "text", "phrases"),
    [
        ("fi", "Palvelu on tällä hetkellä maksuton.", ["tällä hetkellä"]),
        ("fi", "Toistaiseksi ryhmä on tauolla. Tänä syksynä alkaa uusi.", ["Toistaiseksi", "Tänä syksynä"]),
        ("fi", "Palvelu on tällä hetkellä, vuonna 2026, maksuton.", []),
        ("fi", "Soita, jos et ole tällä hetkellä turvassa.", []),
        ("sv", "Gruppen är för närvarande full.", ["för närvarande"]),
        ("sv", "Fråga om gruppen tills vidare är full.", []),
        ("en", "The group is currently full.", ["currently"]),
        ("en", "Ask whether it is currently full.", []),
        ("uk", "Група зараз заповнена.", ["зараз"]),
        ("uk", "Якщо небезпека просто зараз, телефонуйте.", []),
    ],
)
def test_undated(site: Path, language: str, text: str, phrases: list[str]) -> None:
    assert found(site, "undated_now", language, text) == [f"undated-now: {phrase}" for phrase in phrases]


@pytest.mark.parametrize(
    ("summary", "said"), [("Perhetupa auttaa.", True), ("Tule: perhetupa!", True), ("Perhetuvassa saat kahvia.", False), ("Apua perheelle.", False)]
)
def test_a_summary_that_repeats_the_name(site: Path, summary: str, said: bool) -> None:
    file = site / "services/talo/perhetupa.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("fi: Saat apua.", f'fi: "{summary}"'), encoding="utf-8")
    loaded = catalogue.load(site / "services", site)
    assert bool(list(summary_repeats_name.check(loaded, Settings()))) == said


def test_the_texts_of_this_site_keep_the_rules() -> None:
    loaded = catalogue.load(ROOT / "services", ROOT)
    assert [(p.code, p.place, dict(p.values)) for rule in RULES.values() for p in rule.check(loaded, Settings())] == []
