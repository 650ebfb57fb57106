"""Our terms → codes of the Finnish Service Catalogue (PTV), only where the code surely means the same or something wider.

Source: the code lists of PTV's released source (vrk-kpa/ptv-releases, branch ptv-release-3_4): target groups (KR), life
events (KE), service classes (P). The labels that we use were read one by one in fi, sv and en (the list's labels are not
reliable everywhere: KE4.3). No code is named for violence; what has none stays without, and the report says so. Region
and municipality codes are those of Statistics Finland.
"""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """A code of PTV with its labels; `uri` is "" where the list gives none."""

    code: str
    fi: str
    sv: str
    en: str
    kind: str = ""
    uri: str = ""


def _code(kind: str, code: str, fi: str, sv: str, en: str) -> Code:
    return Code(code, fi, sv, en, kind, f"http://uri.suomi.fi/codelist/ptv/{kind}/code/{code}")


_CITIZENS = _code("ptvkohderyhmat", "KR1", "Kansalaiset", "Medborgare", "Citizens")
_FAMILIES = _code("ptvkohderyhmat", "KR1.2", "Lapset ja lapsiperheet", "Barn och barnfamiljer", "Children and families with children")
_YOUNG = _code("ptvkohderyhmat", "KR1.3", "Nuoret", "De unga", "Young people")

TARGET_GROUPS: dict[str, Code] = {
    "expecting": _CITIZENS,  # not yet a family with children; citizens is surely right
    "baby-families": _FAMILIES,
    "families": _FAMILIES,
    "mothers": _FAMILIES,
    "fathers": _FAMILIES,
    "children": _FAMILIES,
    "young-people": _YOUNG,
    "women": _CITIZENS,
    "men": _CITIZENS,
    "adults": _CITIZENS,
    "close-ones": _CITIZENS,
    # professionals: KR3 is authorities alone, so none
}
LIFE_EVENTS: dict[str, Code] = {
    "baby": _code("ptvelti", "KE1", "Lapsen saaminen", "Att få barn", "Having a child"),
    "divorce": _code("ptvelti", "KE7", "Avioero", "Skilsmässa", "Divorce"),
}
# The list of service classes that we have gives labels without addresses.
SERVICE_CLASSES: dict[str, Code] = {
    "baby": Code("P3.2", "Lapsen saaminen", "Att få barn", "Having a child"),
    "substances": Code(
        "P5.7", "Päihde- ja mielenterveyspalvelut", "Tjänster för missbrukare och mentalvårdstjänster", "Intoxicant abuse and mental health services"
    ),
    "company": Code(
        "P4.12",
        "Sosiaalipalvelujen vertais- ja vapaaehtoistoiminta",
        "Stöd av likställda och frivilligverksamhet inom socialtjänsterna",
        "Peer and voluntary activities in social services",
    ),
}
REGIONS = {"varsinais-suomi": "02", "paijat-hame": "07", "kymenlaakso": "08"}
MUNICIPALITIES = {
    "asikkala": "016",
    "hamina": "075",
    "hartola": "081",
    "heinola": "111",
    "hollola": "098",
    "iitti": "142",
    "karkola": "316",
    "kotka": "285",
    "kouvola": "286",
    "lahti": "398",
    "miehikkala": "489",
    "orimattila": "560",
    "padasjoki": "576",
    "pyhtaa": "624",
    "sysma": "781",
    "virolahti": "935",
}
NATIONWIDE = "whole-country"
CHARGES = {"free": "FreeOfCharge", "fee": "Chargeable"}
WEEKDAYS = {"MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday", "SA": "Saturday", "SU": "Sunday"}
