"""`localise(catalogue, language)` → views: every text chosen, fallback marked, dates and hours worded by CLDR.

Templates, search and exports get finished views and never choose a language. Inactive services have no view,
nor have those whose facts are older than the site allows (`Settings.freshness.hide`).
"""

from __future__ import annotations

from generator.catalogue import Catalogue
from generator.localise import codes, freshness, lists, services
from generator.localise.reader import Reader, telephone
from generator.localise.views import PhoneView, SiteView
from generator.model import Organization
from generator.settings import Settings
from generator.translations import stale_texts

_RIGHT_TO_LEFT = ("ar", "ckb", "fa", "he", "ps", "ur")


def localise(catalogue: Catalogue, language: str, settings: Settings) -> SiteView:
    """All views of one language."""
    reader = Reader(language, settings, stale_texts(catalogue, language, settings.languages))
    shown = [service for service in catalogue.services.values() if service.status != "inactive" and not freshness.is_hidden(service, settings)]
    cards = {service.id: services.card(reader, catalogue, service) for service in shown}
    vocabularies = {
        vocabulary: tuple(lists.term_list(reader, catalogue, cards, vocabulary, term, shown) for term in catalogue.terms[vocabulary].values())
        for vocabulary in ("topics", "target_groups", "areas")
    }
    notice = reader.text(settings.notice)
    return SiteView(
        language=language,
        direction="rtl" if language in _RIGHT_TO_LEFT else "ltr",
        name=settings.site_name,
        notice=notice.text if notice else "",
        exit_url=settings.exit_url,
        emergency=tuple(_emergency(reader, settings)),
        thresholds=codes.thresholds(reader),
        services={service.id: services.service(reader, catalogue, cards, service) for service in shown},
        topics=vocabularies["topics"],
        target_groups=vocabularies["target_groups"],
        areas=vocabularies["areas"],
        organizations=tuple(
            lists.organization_list(reader, catalogue, cards, organization, shown)
            for organization in sorted(catalogue.organizations.values(), key=lambda entry: _name(reader, entry))
        ),
        all_services=lists.groups(reader, cards, shown),
        freshness=freshness.views(reader, catalogue, shown),
    )


def _name(reader: Reader, organization: Organization) -> str:
    name = reader.text(organization.name)
    return name.text.casefold() if name else organization.id


def _emergency(reader: Reader, settings: Settings) -> list[tuple[PhoneView, str, str]]:
    """The emergency numbers of the settings: number, name and what it is for."""
    said = []
    for entry in settings.emergency:
        display, tel = telephone(entry.number)
        name, what = reader.text(entry.name), reader.text(entry.description)
        said.append((PhoneView(display, tel, None, (), ()), name.text if name else "", what.text if what else ""))
    return said
