"""Neither the service nor its organization has a phone, an e-mail, a web page, a chat or a booking."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.problems import N_, Problem, declare
from generator.settings import Settings

CODE = declare(
    "no-contact", "warning", N_("Nobody can make contact: neither the service nor its organization has a phone, e-mail, web page, chat or booking; add one.")
)


def check(catalogue: Catalogue, settings: Settings) -> Iterator[Problem]:
    """One warning for each such service; none where the organization is not known or its file has a fault, which is told there."""
    for service in catalogue.services.values():
        if service.organization not in catalogue.organizations:
            continue
        contact = catalogue.contact(service)
        chat, booking = service.chat, service.booking
        if not (contact.phones or contact.email or contact.url or (chat and chat.url) or (booking and booking.url)):
            yield Problem(CODE, catalogue.place("services", service.id))
