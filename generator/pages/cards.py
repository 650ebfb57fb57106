"""A service's bilingual cards: the page's language beside another one, line by line, on one sheet of paper.

Each language's half is made once for a service and stands in the cards of all its pairs. The same page holds the small
card for a purse: with #small in its address only what one needs in order to call is left, without headings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from generator import addresses
from generator.localise.reader import Reader
from generator.localise.views import Chosen, PhoneView, ServiceView
from generator.pages.qr import qr
from generator.pages.renderer import Page, Renderer
from generator.prose import sentences

_BETWEEN = "\x1f"  # between the rows of a half in its template's output; no text of a service has it


class Number(NamedTuple):
    """A phone number as people read it, and what is said of it."""

    display: str
    texts: tuple[Chosen, ...]


class Row(NamedTuple):
    """A line of a card in one language: `kind` is the same in all languages; `numbers` are shown large."""

    kind: str
    heading: str
    numbers: tuple[Number, ...]
    texts: tuple[Chosen, ...]


class CardLink(NamedTuple):
    """Another language of the site: its code and its name in the page's language."""

    code: str
    name: str


def links(renderer: Renderer, language: str) -> tuple[CardLink, ...]:
    """The languages that stand beside `language` on cards; none when the site has no cards."""
    if not renderer.settings.handouts:
        return ()
    reader = renderer.readers[language]
    return tuple(CardLink(code, reader.language_name(code)) for code in renderer.settings.languages if code != language)


def plan(renderer: Renderer) -> Iterator[Page]:
    """A card for every service and every ordered pair of languages."""
    settings = renderer.settings
    languages = settings.languages
    for identifier in renderer.sites[languages[0]].services:
        halves = {language: _half(renderer, language, identifier) for language in languages}
        doors = {language: renderer.sites[language].services[identifier] for language in languages}
        address = settings.site_url + addresses.path("permalink", languages[0], identifier)
        picture = qr(address) if settings.site_url else ""
        for language, view in doors.items():
            gettext = renderer.readers[language].gettext
            title = view.title if view.card.sensitive else gettext("{name}: card in two languages").format(name=view.card.name.text)
            for other in languages:
                if other == language:
                    continue
                first = view.card.door_name if view.card.door_name and doors[other].card.door_name else None
                yield Page(
                    addresses.card(language, identifier, other),
                    "pages/card.html",
                    language,
                    title,
                    alternates={code: addresses.card(code, identifier, other if code != other else language) for code in languages},
                    hidden=True,
                    context={
                        "card": view.card,
                        "door": first,
                        "names": ((language, view.card.name), (other, doors[other].card.name)),
                        "rows": _paired(halves[language], halves[other]),
                        "address": address,
                        "qr": picture,
                    },
                )


def _paired(first: tuple[tuple[str, Markup], ...], second: tuple[tuple[str, Markup], ...]) -> list[tuple[str, Markup, Markup]]:
    """Rows of two languages side by side."""
    return [(kind, left, right) for (kind, left), (_, right) in zip(first, second, strict=True)]


def _half(renderer: Renderer, language: str, identifier: str) -> tuple[tuple[str, Markup], ...]:
    """The card's rows in one language, each as its kind and its HTML."""
    rows = _rows(renderer.readers[language], renderer.sites[language].services[identifier])
    cells = renderer.component(language, "components/slip/half.html", "", rows=rows, code=language, between=Markup(_BETWEEN))
    return tuple(zip((row.kind for row in rows), (Markup(cell.strip()) for cell in cells.split(_BETWEEN)), strict=False))


def _rows(reader: Reader, view: ServiceView) -> tuple[Row, ...]:
    """What a card says, in this order; every language has the same rows, so that they can stand side by side."""
    gettext = reader.gettext
    card = view.card
    rows = [Row("what", gettext("What the help is"), (), (card.summary,))]
    whom = tuple(text for text in (view.audience, Chosen(view.ages) if view.ages else None) if text)
    if whom:
        rows.append(Row("whom", gettext("For whom"), (), whom))
    steps = view.steps or (Chosen(gettext("Ask when you make contact.")),)
    rows.append(Row("how", gettext("How to get in"), (), (Chosen(card.threshold.sentence), *steps)))
    rows.append(_contact(reader, view))
    hours = (*view.hours, *view.exceptions) or (Chosen(gettext("The hours are not known. Ask before you go.")),)
    rows.append(Row("when", gettext("When"), (), hours))
    rows.append(Row("where", gettext("Where"), (), _places(reader, view)))
    if view.cost or view.fees:
        rows.append(Row("cost", gettext("What it costs"), (), tuple(text for text in (Chosen(view.cost), view.fees) if text)))
    rows.append(Row("fresh", "", (), (Chosen(_freshness(reader, view)),)))
    return tuple(rows)


def _contact(reader: Reader, view: ServiceView) -> Row:
    gettext = reader.gettext
    numbers = tuple(_number(phone) for phone in view.phones)
    texts: list[Chosen] = []
    for label, way in ((gettext("Chat"), view.chat), (gettext("Book a time"), view.booking)):
        if way and way.host:
            texts.append(Chosen(f"{label}: {way.host}"))
    written = " · ".join(text for text in (view.email, view.url_host) if text)
    if written:
        texts.append(Chosen(written))
    if not numbers and not texts:
        texts = [Chosen(gettext("Our source gives no contact details. Ask for them at a maternity clinic, a family center or social services."))]
    return Row("phone", gettext("Contact"), numbers, tuple(texts))


def _number(phone: PhoneView) -> Number:
    """What is said of a number stands right below it: that one call is free or leaves no trace on a bill says nothing of another."""
    facts = Chosen(" · ".join(phone.facts)) if phone.facts else None
    who = phone.description._replace(text=sentences(phone.description.text)[0]) if phone.description else None  # the sheet has no room for more
    return Number(phone.display, tuple(text for text in (who, facts) if text))


def _places(reader: Reader, view: ServiceView) -> tuple[Chosen, ...]:
    gettext = reader.gettext
    said = []
    for place in view.locations:
        if place.confidential:
            said.append(Chosen(gettext("The address is not public. Ask for it by phone.")))
        elif place.lines or place.name:
            said.append(Chosen(", ".join((*((place.name.text,) if place.name else ()), *place.lines))))
    return tuple(said) or (Chosen(gettext("The place is not in our source. Ask when you make contact.")),)


def _freshness(reader: Reader, view: ServiceView) -> str:
    if view.assured:
        return reader.gettext("Facts from {date}. Check before you rely on them.").format(date=view.assured)
    return reader.gettext("The date of these facts is not known: check before you rely on them.")
