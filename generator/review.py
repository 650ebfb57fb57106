"""`apupolku review`: the e-mail and the one-page sheet with which an organization confirms its services' facts.

The sheet says what the site says, in the reader's language, with a place to tick or to correct. “Everything is right” is a
new `assured_date` and nothing else: `confirm` changes that line only. A confidential address is not on the sheet either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path

from generator import source, words
from generator.catalogue import Catalogue
from generator.localise import localise
from generator.localise.views import ChannelView, PhoneView, ServiceView
from generator.problems import N_
from generator.settings import Settings

Say = Callable[[str], str]

_SUBJECT = N_("Are these facts about your services right? {organization}")
_LETTER = N_(
    """Hello!

The site {site} tells families about your services: {services}.

Please look at the attached sheet. If everything is right, answer “everything is right”: the day of your answer is then shown on the site. If something is wrong, write what it should be. You may also answer for one service only.

If nobody answers, the site says how old the facts are.

Thank you!"""
)


def email(catalogue: Catalogue, organization: str, settings: Settings, language: str) -> str:
    """The e-mail: a line with the recipient where it is known, the subject, and the text."""
    say = words.translations(settings.locales_dir, "editor", language).gettext
    site = localise(catalogue, language, settings)
    owner = next(view for view in site.organizations if view.id == organization)
    names = [view.card.name.text for view in _own(site.services.values(), organization)]
    address = owner.contact.email if owner.contact else ""
    subject = say(_SUBJECT).format(organization=owner.name)
    text = say(_LETTER).format(site=settings.site_url or settings.site_name, services=", ".join(names))
    head = [say(N_("To: {address}")).format(address=address)] if address else []
    return "\n".join([*head, say(N_("Subject: {subject}")).format(subject=subject), "", text, ""])


def sheet(catalogue: Catalogue, organization: str, settings: Settings, language: str) -> str:
    """The sheet as Markdown."""
    say = words.translations(settings.locales_dir, "editor", language).gettext
    site = localise(catalogue, language, settings)
    owner = next(view for view in site.organizations if view.id == organization)
    lines = [f"# {owner.name}", "", say(N_("For each service, tick “right” or write beside a fact what it should be."))]
    for view in _own(site.services.values(), organization):
        lines += ["", f"## {view.card.name}", "", *(f"- **{label}**: {fact}" for label, fact in _facts(view, say, settings)), ""]
        lines.append("☐ " + say(N_("Everything is right")) + "   ☐ " + say(N_("To correct:")) + " " + "_" * 40)
    lines += ["", say(N_("Name and date:")) + " " + "_" * 40]
    return "\n".join(lines) + "\n"


def _own(views: Iterable[ServiceView], organization: str) -> list[ServiceView]:
    return [view for view in views if view.organization.id == organization]


def _facts(view: ServiceView, say: Say, settings: Settings) -> list[tuple[str, str]]:
    """The facts of a service that may grow old, as (label, words); what is not known is said to be so."""
    unknown = say(N_("not known"))
    places = [", ".join(place.lines) for place in view.locations if place.lines and not place.confidential]
    hidden = [say(N_("the address is kept secret"))] if any(place.confidential for place in view.locations) else []
    facts = [
        (say(N_("In one sentence")), view.card.summary.text),
        (say(N_("The way in")), view.card.threshold.sentence),
        (say(N_("Phone")), "; ".join(_phone(phone) for phone in view.phones)),
        (say(N_("E-mail")), view.email),
        (say(N_("Web page")), view.url),
        (say(N_("Chat")), _channel(view.chat)),
        (say(N_("Booking")), _channel(view.booking)),
        (say(N_("Hours")), "; ".join(hours.text for hours in (*view.hours, *view.exceptions))),
        (say(N_("Place")), "; ".join(places + hidden)),
        (say(N_("Cost")), " ".join(part for part in (view.cost, view.fees.text if view.fees else "") if part)),
        (say(N_("Languages")), view.languages),
        (say(N_("Last confirmed")), view.assured),
        (say(N_("Page")), settings.site_url + view.card.path if settings.site_url else view.card.path),
    ]
    return [(label, fact or unknown) for label, fact in facts if fact or label not in (say(N_("Chat")), say(N_("Booking")))]


def _phone(phone: PhoneView) -> str:
    said = ", ".join([*([phone.description.text] if phone.description else []), *phone.facts, *(hours.text for hours in phone.hours)])
    return f"{phone.display} ({said})" if said else phone.display


def _channel(channel: ChannelView | None) -> str:
    if channel is None:
        return ""
    return ", ".join(part for part in (channel.url, channel.description.text if channel.description else "", *(hours.text for hours in channel.hours)) if part)


def as_html(markdown: str, language: str) -> str:
    """The sheet as a page that prints well: the few marks that `sheet` writes, and nothing else."""
    body, in_list = [], False
    for line in markdown.splitlines():
        text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(line, quote=False))
        if line.startswith("- ") != in_list:
            body.append("<ul>" if not in_list else "</ul>")
            in_list = not in_list
        if in_list:
            body.append(f"<li>{text[2:]}</li>")
        elif line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            body.append(f"<h{level}>{text[level + 1 :]}</h{level}>")
        elif line:
            body.append(f"<p>{text}</p>")
    title = escape(markdown.partition("\n")[0].lstrip("# "), quote=False)
    style = "body{font:14px/1.4 sans-serif;max-width:48rem;margin:1rem auto;padding:0 1rem}h2{margin:1.2rem 0 .2rem;break-after:avoid}ul{margin:0}section{break-inside:avoid}"
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title><style>{style}</style>'
    return "\n".join(["<!doctype html>", f'<html lang="{language}"><head>{head}</head><body>', *body, "</body></html>", ""])


def confirm(file: Path, date: str) -> bool:
    """Set `assured_date` in a file and change nothing else; whether the file changed. Raises ValueError when it has faults."""
    data = file.read_bytes()
    document = source.parse(data, str(file))
    if document.broken:
        raise ValueError(str(file))
    text = data.decode("utf-8")
    lines = text.splitlines(keepends=True)
    ending = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    if "assured_date" in document.root:
        place = document.place(("assured_date",))
        at, start = place.line - 1, place.column - 1
        bare = lines[at].rstrip("\r\n")
        value = re.match(r"\"[^\"]*\"|'[^']*'|[^\s#]*", bare[start:])
        lines[at] = bare[:start].rstrip() + " " + date + bare[start + (value.end() if value else 0) :] + lines[at][len(bare) :]
    else:
        later = [document.place((key,), key=True).line for key in ("source", "stamps") if key in document.root]
        at = min(later) - 1 if later else len(lines)
        if at == len(lines) and lines and not lines[-1].endswith("\n"):
            lines[-1] += ending
        lines.insert(at, f"assured_date: {date}{ending}")
    new = "".join(lines)
    again = source.parse(new.encode(), str(file))
    if again.root != {**document.root, "assured_date": date} or again.broken:
        raise ValueError(str(file))
    if new == text:
        return False
    file.write_bytes(new.encode())
    return True
