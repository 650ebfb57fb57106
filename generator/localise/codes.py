"""The words of the codes: thresholds, costs, channels of contact. The code is in the file, the sentence in locales/."""

from __future__ import annotations

from generator.localise.reader import Reader
from generator.localise.views import ThresholdView
from generator.model import THRESHOLDS, Channel, Phone, Service
from generator.problems import N_

_LABELS = {
    "open": N_("Open to everyone"),
    "self-referral": N_("Contact them yourself"),
    "municipality": N_("For residents of certain municipalities"),
    "referral": N_("Through a professional"),
    "not-stated": N_("Ask how to get in"),
}
SENTENCES = {
    "open": N_("Anyone may come or make contact. You need no referral and no decision."),
    "self-referral": N_("You make contact yourself. You need no referral. First you talk or meet."),
    "municipality": N_("For people who live in certain municipalities. Ask whether yours is one of them."),
    "referral": N_("A professional, such as a social worker, guides you here. You can ask for it."),
    "not-stated": N_("The source does not say how to get in. Ask; it costs nothing to ask."),
}


def threshold(reader: Reader, code: str) -> ThresholdView:
    """The label and the plain sentence of a threshold code."""
    view: ThresholdView | None = reader.memo.get(code)
    if view is None:
        view = reader.memo[code] = ThresholdView(code, reader.gettext(_LABELS[code]), reader.gettext(SENTENCES[code]))
    return view


def thresholds(reader: Reader) -> tuple[ThresholdView, ...]:
    """All thresholds, the lowest first."""
    return tuple(threshold(reader, code) for code in THRESHOLDS)


def cost(reader: Reader, option: str | None) -> str:
    """“Free”, “There is a fee”, or "" when not known."""
    return {"free": reader.gettext("Free of charge"), "fee": reader.gettext("There is a fee"), None: ""}[option]


def contact_facts(reader: Reader, way: Phone | Channel) -> tuple[str, ...]:
    """What one wants to know before calling or writing, where it is known, each a few words."""
    said = []
    if way.cost_option:
        said.append(cost(reader, way.cost_option))
    shown = getattr(way, "shown_on_bill", None)
    if shown is not None:
        said.append(reader.gettext("Shows on the phone bill") if shown else reader.gettext("Does not show on the phone bill"))
    if way.anonymous:
        said.append(reader.gettext("You need not say your name"))
    elif way.anonymous is False:
        said.append(reader.gettext("You are asked for your name"))
    if way.languages:
        said.append(reader.language_names(way.languages))
    return tuple(said)


def anonymity(reader: Reader, anonymous: bool | None) -> str:
    """Whether one must say one's name; "" when not known."""
    if anonymous is None:
        return ""
    return reader.gettext("You need not say your name.") if anonymous else reader.gettext("You are asked for your name.")


def ages(reader: Reader, service: Service) -> str:
    """“7–11 years”, or "" without limits."""
    low, high = service.minimum_age, service.maximum_age
    if low is not None and high is not None:
        return reader.gettext("Ages {low}–{high}").format(low=low, high=high)
    if low is not None:
        return reader.gettext("From age {low}").format(low=low)
    if high is not None:
        return reader.gettext("Up to age {high}").format(high=high)
    return ""
