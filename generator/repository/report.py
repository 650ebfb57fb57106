"""A report for the editors, as Markdown: how fresh the facts are, whom to ask first, which web addresses are broken."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from generator.catalogue import Catalogue
from generator.localise import freshness, localise
from generator.model import Service
from generator.problems import N_, Place
from generator.repository.links import Answer, State
from generator.settings import Settings

Say = Callable[[str], str]

SENTENCES: Mapping[State, str] = {
    "broken": N_("{url} does not exist any more ({detail}); look for the new address, or delete the line."),
    "unreachable": N_("{url} did not answer ({detail}); try it in a browser, and again next week."),
    "moved": N_("{url} has moved for good; write {target}."),
    "unasked": N_("{url} does not answer programs; open it yourself now and then."),
    "works": N_("{url} works."),
}
_TOLD: tuple[State, ...] = ("broken", "unreachable", "moved", "unasked")
_MOST = 30


def sentence(answer: Answer, say: Say) -> str:
    """What was found about one address, and what to do."""
    return say(SENTENCES[answer.state]).format(url=answer.url, detail=answer.detail, target=answer.target)


def lines(answers: Iterable[Answer], places: Mapping[str, list[Place]], say: Say) -> list[str]:
    """One line for each place of each address that does not work: `file:line:column: what to do`, by file."""
    told = [(place, answer) for answer in answers if answer.state in _TOLD for place in places[answer.url]]
    return [f"{place.file}:{place.line}:{place.column}: {sentence(answer, say)}" for place, answer in sorted(told)]


def counts(answers: Iterable[Answer], say: Say) -> str:
    """How many addresses there are, and how many do not work."""
    found = [answer.state for answer in answers]
    return say(N_("Addresses: {all}. Broken: {broken}. Without an answer: {unreachable}. Moved: {moved}.")).format(
        all=len(found), **{state: found.count(state) for state in _TOLD}
    )


def markdown(catalogue: Catalogue, settings: Settings, language: str, say: Say, answers: Iterable[Answer] | None, places: Mapping[str, list[Place]]) -> str:
    """The whole report. `language`: the one that services and organizations are named in."""
    site = localise(catalogue, language, settings)
    said = ["## " + say(N_("How fresh the facts are")), ""]
    if site.freshness:
        said += [site.freshness[0].sentence, "", "| " + say(N_("Organization")) + " | | " + say(N_("The oldest")) + " |", "|---|---|---|"]
        said += [f"| {_escape(str(view.organization.name))} | {view.sentence} | {view.oldest} |" for view in site.freshness[1:] if view.organization]
        said.append("")
    old = sorted((service for service in catalogue.services.values() if _is_old(service, settings)), key=_age)
    if old:
        said += ["### " + say(N_("Ask about these first")), ""]
        for service in old[:_MOST]:
            name = site.services[service.id].card.name.text if service.id in site.services else service.id
            day = service.assured_date.isoformat() if service.assured_date else say(N_("not known"))
            said.append(f"- {_escape(name)} (`{service.organization}/{service.id}.yaml`): {day}")
        if len(old) > _MOST:
            said.append("- …")
        first = dict.fromkeys(service.organization for service in old)
        said += ["", say(N_("A letter to an organization: `apupolku review {organization}`")).format(organization=next(iter(first))), ""]
    if answers is not None:
        answers = list(answers)
        said += ["## " + say(N_("Web addresses")), "", counts(answers, say), ""]
        told = lines(answers, places, say)
        said += [f"- {_escape(line)}" for line in told[: 4 * _MOST]] + (["- …"] if len(told) > 4 * _MOST else [])
        said.append("")
    return "\n".join(said)


def _is_old(service: Service, settings: Settings) -> bool:
    return service.status != "inactive" and freshness.is_older(service, settings.freshness.warning, settings)


def _age(service: Service) -> tuple[int, ...]:
    return tuple(service.assured_date or ())


def _escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    return re.sub(r"([\\`*_{}\[\]<>#|~&@])", r"\\\1", text)
