"""`apupolku new`: a new service's file that is valid at once, with the next steps as comments in the editor's language.

What is asked is what the model requires; the rest waits in comments, each with the words of the model. Nothing that exists
is overwritten. A new organization gets its file in the same way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator import model, shape
from generator.catalogue import Catalogue
from generator.model import SUMMARY_LIMIT, THRESHOLDS
from generator.problems import N_, closest
from generator.settings import Settings
from generator.yamltext import scalar, seen_as

Say = Callable[[str], str]
Ask = Callable[[str], str]

ANSWERS = ("organization", "organization_name", "name", "id", "summary", "threshold", "topics", "phone")
_LETTERS = str.maketrans({"å": "a", "ä": "a", "ö": "o", "ø": "o", "æ": "ae", "ß": "ss", "š": "s", "ž": "z"})
_STEPS = (
    N_("Next:"),
    N_("1. Write the other languages below each text, or leave them to a translator."),
    N_("2. Take the # and one space away from the lines below that you need, and write what is true. Leave out what you do not know."),
    N_("3. When a person has confirmed the facts, write the day in assured_date."),
    N_("4. Check the file: apupolku check {file}"),
    N_("5. Delete these comments."),
)
_OFFERED = {
    "description": "{language}: |\n  …",
    "target_groups": "[]",
    "cost_option": "free",
    "application_process": "- {language}: …",
    "phones": "- number: 044 123 4567",
    "url": "https://",
    "locations": "- address:\n    address_1: …\n    postal_code: …\n    city: …",
    "schedules": "- byday: [MO, TU, WE, TH, FR]\n  opens_at: 9:00\n  closes_at: 15:00",
    "service_areas": "[]",
    "assured_date": "{today}",
    "source": "- document: …",
}


class AnswerError(ValueError):
    """An answer that cannot be used; its text says why, in the editor's language."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for one answer, and what it is when nothing is answered (`default`, "" when an answer is needed)."""

    words: str
    default: str = ""
    optional: bool = False


def slug(name: str) -> str:
    """An id made of a name: “Lahden Äitikahvila” → lahden-aitikahvila."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    return re.sub(r"[^a-z0-9]+", "-", "".join(char for char in plain if not unicodedata.combining(char))).strip("-")


def complete(given: Mapping[str, str], catalogue: Catalogue, settings: Settings, say: Say, ask: Ask | None) -> dict[str, str]:
    """All answers: those given, and the others asked for. Without `ask` what is missing is an AnswerError."""
    answers = {key: value for key, value in given.items() if value}
    for key in ANSWERS:
        question = _question(key, answers, catalogue, settings, say)
        if question is None:
            continue
        if key not in answers and ask is None and not (question.default or question.optional):
            raise AnswerError(say(N_("“--{flag}” is missing: {question}")).format(flag=_flag(key), question=question.words))
        trouble = ""
        while trouble or key not in answers:
            default = f" [{question.default}]" if question.default else ""
            answers[key] = (ask(f"{trouble}{question.words}{default}: ").strip() if ask else "") or question.default
            try:
                _verify(key, answers, catalogue, say, optional=question.optional)
                trouble = ""
            except AnswerError as error:
                if ask is None:
                    raise
                trouble = f"{error}\n"
        _verify(key, answers, catalogue, say, optional=question.optional)
    return answers


def _flag(key: str) -> str:
    return {"topics": "topic"}.get(key, key.replace("_", "-"))


def _question(key: str, answers: Mapping[str, str], catalogue: Catalogue, settings: Settings, say: Say) -> Question | None:
    """The question for an answer, or None when it is not to be asked."""
    language = settings.languages[0]
    if key == "organization_name":
        known = answers.get("organization") in catalogue.organizations
        return None if known else Question(say(N_("This organization is new. Its official name")))
    return {
        "organization": Question(
            say(N_("Which organization keeps the service? Its id (one of: {known}, or a new one)")).format(known=", ".join(catalogue.organizations))
        ),
        "name": Question(say(N_("The service's name, as on the door")) + f" ({language})"),
        "id": Question(say(N_("The service's permanent id, which its address is made of")), slug(answers.get("name", ""))),
        "summary": Question(say(N_("What the help is, in one sentence of at most {limit} characters")).format(limit=SUMMARY_LIMIT)),
        "threshold": Question(say(N_("How does one get in? One of: {known}")).format(known=", ".join(THRESHOLDS))),
        "topics": Question(say(N_("In which life situations does it help? One or more of: {known}")).format(known=", ".join(catalogue.terms["topics"]))),
        "phone": Question(say(N_("Phone number, if there is one")), optional=True),
    }[key]


def _verify(key: str, answers: Mapping[str, str], catalogue: Catalogue, say: Say, *, optional: bool) -> None:
    """Raise AnswerError when an answer cannot be used."""
    value = answers[key]
    if not value:
        if optional:
            return
        raise AnswerError(say(N_("An answer is needed here.")))
    if key in ("organization", "id") and slug(value) != value:
        raise AnswerError(say(N_("“{value}” cannot be an id; use small letters a–z, digits and hyphens, such as lahti-turvakoti.")).format(value=value))
    if (
        key == "organization"
        and value not in catalogue.organizations
        and not answers.get("organization_name")
        and (near := closest(value, catalogue.organizations))
    ):
        raise AnswerError(_unknown(say, value, near))
    if key == "id" and value in catalogue.known["services"]:
        raise AnswerError(say(N_("There is already a service “{value}”; choose another id.")).format(value=value))
    if key == "summary" and len(value) > SUMMARY_LIMIT:
        raise AnswerError(say(N_("The sentence has {length} characters; shorten it to {limit}.")).format(length=len(value), limit=SUMMARY_LIMIT))
    known = THRESHOLDS if key == "threshold" else tuple(catalogue.terms["topics"]) if key == "topics" else ()
    for part in split(value) if known else ():
        if part not in known:
            raise AnswerError(_unknown(say, part, closest(part, known)))
    if key == "phone" and not model.known_phone(value):
        raise AnswerError(
            say(N_("“{value}” is not a phone number; write it as 044 123 4567 or +358 44 123 4567, one number in each entry.")).format(value=value)
        )


def _unknown(say: Say, value: str, near: str) -> str:
    if near:
        return say(N_("“{value}” is not known; did you mean “{suggestion}”?")).format(value=value, suggestion=near)
    return say(N_("“{value}” is not known; choose one of those that are.")).format(value=value)


def split(value: str) -> list[str]:
    """“baby, safety” → [baby, safety]."""
    return [part for part in re.split(r"[,\s]+", value) if part]


def files(answers: Mapping[str, str], catalogue: Catalogue, settings: Settings, say: Say) -> dict[Path, str]:
    """The files to write: the service's, and the organization's when it is new."""
    home, language = settings.services_dir / answers["organization"], settings.languages[0]
    service = home / f"{answers['id']}.yaml"
    lines = [
        f"id: {answers['id']}",
        f"organization: {answers['organization']}",
        *_text("name", answers["name"], language),
        *_text("summary", answers["summary"], language),
        f"topics: [{', '.join(split(answers['topics']))}]",
        f"threshold: {answers['threshold']}",
        *(["phones:", f"  - number: {_quoted(answers['phone'])}"] if answers.get("phone") else []),
    ]
    written = {service: "\n".join(["# yaml-language-server: $schema=../.schema/service.json", *lines, *_guidance(answers, service, settings, say)]) + "\n"}
    if answers["organization"] not in catalogue.organizations:
        own = ["# yaml-language-server: $schema=../.schema/organization.json", f"id: {answers['organization']}"]
        written[home / "organization.yaml"] = "\n".join([*own, *_text("name", answers["organization_name"], language)]) + "\n"
    return written


def _text(key: str, text: str, language: str) -> list[str]:
    return [f"{key}:", f"  {language}: {_quoted(' '.join(text.split()))}"]


def _quoted(text: str) -> str:
    return scalar(text, "" if seen_as(text) == "str" else '"', flow=False)


def _guidance(answers: Mapping[str, str], file: Path, settings: Settings, say: Say) -> list[str]:
    """The next steps, and the keys that most services have, each with the model's words."""
    shown = file.relative_to(settings.services_dir.parent).as_posix()
    lines = ["", *(f"# {say(step).format(file=shown)}" for step in _STEPS), "#"]
    for key, info in shape.fields(model.Service).items():
        if key not in _OFFERED or (key == "phones" and answers.get("phone")):
            continue
        lines.append(f"# # {say(info.description or '')}")
        example = _OFFERED[key].format(language=settings.languages[0], today=settings.today.isoformat())
        if re.match(r"-|\{language\}|" + settings.languages[0] + ":", example):
            lines += [f"# {key}:", *(f"#   {line}" for line in example.split("\n"))]
        else:
            lines.append(f"# {key}: {example}")
    return lines
