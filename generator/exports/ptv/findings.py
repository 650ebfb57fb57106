"""What did not fit into PTV: codes with their sentences, so that nothing is dropped in silence.

A `Finding` knows the service, the field and what was there; `apupolku export --format ptv` writes them as
`ptv/report.json` for programs and `ptv/report.txt` for people, in the site's first language.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from generator.exports.tree import Tree
from generator.problems import N_

SENTENCES: dict[str, str] = {
    "language": N_("PTV takes texts in Finnish, Swedish and English only; left out: {value}"),
    "no-field": N_("PTV has no field for “{field}”; left out: {value}"),
    "no-code": N_("PTV has no code that surely means “{value}”; choose one in PTV."),
    "required": N_("PTV requires “{field}”, which our data does not tell; fill it in in PTV."),
    "too-long": N_("“{field}” has {value} characters too many for PTV and was cut; shorten it."),
    "no-channel": N_("“{field}” belongs to a channel in PTV, and there is none of that kind; left out: {value}"),
    "no-address": N_("The web address is not known, so there is no channel for “{field}”; left out: {value}"),
    "confidential": N_("The place is confidential: no channel was made of it, and none may be made in PTV."),
    "quarter-hour": N_("PTV takes quarter hours only; {value} stands in the additional information instead."),
    "half-text": N_("“{value}” has no name or no summary, so PTV gets no text in that language."),
}


class Finding(NamedTuple):
    """One thing that did not fit. `service` is "" when it concerns all of them."""

    code: str
    service: str
    field: str
    value: str = ""

    def sentence(self, gettext: Callable[[str], str]) -> str:
        return gettext(SENTENCES[self.code]).format(field=self.field, value=self.value)

    def tree(self, gettext: Callable[[str], str]) -> Tree:
        return {"service": self.service, "code": self.code, "field": self.field, "value": self.value, "message": self.sentence(gettext)}


class Findings(list[Finding]):
    """The findings of an export, gathered as the objects are made."""

    def __init__(self) -> None:
        super().__init__()
        self._known: set[Finding] = set()

    def add(self, code: str, service: str, field: str, value: str = "") -> None:
        """Note a finding once."""
        finding = Finding(code, service, field, value)
        if finding not in self._known:
            self._known.add(finding)
            self.append(finding)

    def text(self, gettext: Callable[[str], str]) -> str:
        """A heading for each service and a line for each finding."""
        told: dict[str, list[str]] = {}
        for finding in self:
            told.setdefault(finding.service, []).append(f"- {finding.sentence(gettext)}")
        return "\n\n".join("\n".join([service or gettext("All services"), *lines]) for service, lines in told.items()) + "\n"
