"""A services folder in which one service uses every field of the model, for tests of what goes out and comes in."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator import catalogue
from generator.catalogue import Catalogue

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT / "services"
SECRET = ("Salainenkatu 7", "Salainen talo", "salaisen pihan takaa", "00990", "Piilola")

SERVICE = """\
id: kaikki
organization: kaikkien-talo
status: temporarily closed
name: {fi: "Kaikki: ja # muuta", sv: Allt, en: "yes", uk: Усе}
summary: {fi: Saat kaiken., sv: Du får allt., en: You get all., uk: Ви отримаєте все.}
description:
  fi: |
    Ensimmäinen kappale,
    joka jatkuu.

    Toinen: kappale # merkki.
  sv: Ett stycke.
alert: {fi: Muutto}
topics: [baby, divorce]
target_groups: [families, professionals]
eligibility:
  for: {fi: Kaikille., sv: För alla.}
  not_for: {fi: Ei kenellekään., sv: För ingen.}
minimum_age: 7
maximum_age: 17
threshold: municipality
municipalities: [lahti, hollola]
cost_option: fee
fees_description: {fi: 10 euroa kerta.}
anonymous: no
application_process:
  - {fi: Soita., sv: Ring.}
  - {sv: Kom.}
  - {fi: Tule., sv: Vänta.}
first_contact: {fi: Jutellaan.}
referral_path:
  referrers: [self, school]
  before: [lahti-doula]
  beside: [lahti-turvakoti]
  after: [nollalinja]
  note: {fi: Polku jatkuu.}
staff: {fi: Työntekijöitä.}
phones:
  - number: "0442700797"
    description: {fi: "no", sv: Kontoret}
    cost_option: fee
    languages: [fi, uk]
    shown_on_bill: yes
    anonymous: no
    schedules:
      - byday: [MO, TU, WE]
        opens_at: 9:00
        closes_at: 15:10
        description: {fi: Paitsi lounaalla, sv: Inte vid lunch}
      - by_appointment: yes
  - number: 116 117
    cost_option: free
chat:
  url: https://chat.example.fi/x?a=1&b=2
  description: {fi: Kirjoita.}
  cost_option: free
  languages: [fi]
  anonymous: yes
  schedules:
    - byday: [SA]
      opens_at: 18:00
      closes_at: 2:00
booking:
  url: https://aika.example.fi
email: kaikki@example.fi
url: https://kaikki.example.fi
locations:
  - name: {fi: Avoin talo, sv: Öppet hus}
    address:
      address_1: Loviisankatu 14 A 3
      address_2: 2. krs
      postal_code: "15100"
      city: Lahti
    description: {fi: Pihan puolelta}
    accessibility: {fi: Hissi}
  - name: {fi: Salainen talo}
    confidential: yes
    address: {address_1: Salainenkatu 7, postal_code: "00990", city: Piilola}
    description: {fi: salaisen pihan takaa}
  - name: {fi: Paikka vailla osoitetta}
channels: [in-person, chat]
schedules:
  - byday: [FR, MO]
    opens_at: 9:00
    closes_at: 24:00
    valid_from: 2026-06
    valid_to: 2026
  - always_open: yes
  - description: {fi: Joskus., sv: Ibland.}
schedule_exceptions:
  - valid_from: 2026-12-24
    valid_to: 2026-12-26
    closed: yes
    description: {fi: Joulu}
  - valid_from: 2026-06-19
    opens_at: 10:00
    closes_at: 12:00
public_holidays: closed
languages: [fi, sv]
interpretation_services: {fi: Tulkki.}
accessibility: {fi: Esteetön.}
service_areas: [paijat-hame]
keywords:
  fi: ["=cmd", yksi, "no", "1"]
  sv: [ett]
sensitive: yes
assured_date: 2026-03
source:
  - document: lahti-plan-2023
    section: "5.1 ja 6"
  - document: general-description
"""

ORGANIZATION = """\
id: kaikkien-talo
name: {fi: Kaikkien talo ry, sv: Allas hus}
summary: {fi: Auttaa kaikkia.}
description: {fi: Pitkä teksti., sv: Lång text.}
phones:
  - number: 050 123 4567
email: talo@example.fi
url: https://talo.example.fi
locations:
  - address: {address_1: Kauppakatu 1, postal_code: "48100", city: Kotka}
  - confidential: yes
    name: {fi: Salainen talo}
service_areas: [paijat-hame, kymenlaakso]
assured_date: 2026-02-28
source:
  - document: general-description
"""

INACTIVE = """\
id: loppunut
organization: kaikkien-talo
status: inactive
name: {fi: Loppunut palvelu}
summary: {fi: Ei enää.}
topics: [baby]
threshold: open
"""


def folder(base: Path) -> Path:
    """This repository's services and the organization with everything, in a folder below `base`."""
    services = base / "services"
    shutil.copytree(REAL, services)
    home = services / "kaikkien-talo"
    home.mkdir()
    (home / "organization.yaml").write_text(ORGANIZATION, encoding="utf-8")
    (home / "kaikki.yaml").write_text(SERVICE, encoding="utf-8")
    (home / "loppunut.yaml").write_text(INACTIVE, encoding="utf-8")
    return services


def load(base: Path) -> Catalogue:
    """The catalogue of `folder`, without errors."""
    loaded = catalogue.load(folder(base))
    assert not [problem for problem in loaded.problems if problem.level == "error"]
    return loaded
