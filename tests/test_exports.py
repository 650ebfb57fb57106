"""CSV, Atom, the table of contents, and the command: what all of /data/ has in common."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import hashlib
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import everything
import pytest

from generator import cli, exports
from generator.catalogue import Catalogue
from generator.exports import csv_, feed
from generator.settings import Settings

SETTINGS = Settings(site_url="https://apupolku.example/", today=datetime.date(2026, 6, 1))
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return everything.load(tmp_path_factory.mktemp("exports"))


@pytest.fixture(scope="module")
def files(loaded: Catalogue) -> dict[str, bytes]:
    return exports.files(loaded, SETTINGS)


def rows(files: dict[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files["data/services.csv"].decode(), newline="")))


def test_the_table_of_contents_lists_every_file_with_its_sum(files: dict[str, bytes]) -> None:
    index = json.loads(files["data/index.json"])
    assert index["license"] == {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
    assert (index["date"], index["facts_until"]) == ("2026-06-01", "2026-03-31")
    listed = {f"data/{entry['path']}": entry for entry in index["files"]}
    assert set(listed) == set(files) - {"data/index.json", "data/README.txt"}
    for path, entry in listed.items():
        assert entry["sha256"] == hashlib.sha256(files[path]).hexdigest()
        assert entry["bytes"] == len(files[path])
        assert set(entry["description"]) == set(SETTINGS.languages)
        if "count" in entry:
            assert entry["count"] == len(json.loads(files[path])), path
    assert listed["data/hsds/3.0/services.json"]["count"] == 40
    assert (listed["data/hsds/3.0/services.json"]["language"], listed["data/hsds/3.0/services.sv.json"]["language"]) == ("fi", "sv")
    assert "<" not in files["data/README.txt"].decode()


def test_the_same_facts_give_the_same_bytes_on_any_day(loaded: Catalogue, files: dict[str, bytes]) -> None:
    later = exports.files(loaded, dataclasses.replace(SETTINGS, today=datetime.date(2027, 1, 1)))
    assert [path for path in files if later[path] != files[path]] == ["data/index.json", "data/README.txt"]
    assert exports.feeds(loaded, dataclasses.replace(SETTINGS, today=datetime.date(2027, 1, 1))) == exports.feeds(loaded, SETTINGS)


def test_confidential_places_and_inactive_services_are_nowhere(loaded: Catalogue, files: dict[str, bytes]) -> None:
    for path, content in {**files, **exports.feeds(loaded, SETTINGS)}.items():
        for secret in (*everything.SECRET, "Loppunut palvelu"):
            assert secret not in content.decode(), path


def test_csv_has_a_row_for_each_service_in_each_language(files: dict[str, bytes]) -> None:
    table = rows(files)
    assert tuple(table[0]) == csv_.COLUMNS
    assert len(table) == 40 * 4
    assert len({(row["id"], row["language"]) for row in table}) == len(table)
    assert None not in [value for row in table for value in row.values()]
    raw = files["data/services.csv"]
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\r\n")


def test_csv_facts(files: dict[str, bytes]) -> None:
    row = next(row for row in rows(files) if (row["id"], row["language"]) == ("kaikki", "fi"))
    assert (row["phones"], row["threshold"], row["assured_date"]) == ("0442700797; 116 117", "municipality", "2026-03")
    assert row["application_process"] == "1. Soita.\n3. Tule."
    assert row["addresses"] == "Loviisankatu 14 A 3, 2. krs, 15100 Lahti"
    assert row["schedule_exceptions"].startswith("24. joulukuuta 2026 – 26. joulukuuta 2026: suljettu")
    assert row["link"] == "https://apupolku.example/p/kaikki/"


@pytest.mark.parametrize("cell", ["=1+1", "+358 44", "-1", "@x", "\tx", "\r=x", "\n=x"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert csv_.harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "a=b", "044 270 0797", "Äiti"])
def test_other_cells_stay(cell: str) -> None:
    assert csv_.harmless(cell) == cell


def test_feeds_are_atom(loaded: Catalogue) -> None:
    """RFC 4287: id, title and updated in feed and entry, an author, a link to itself, ids unique and absolute."""
    made = exports.feeds(loaded, SETTINGS)
    assert {"fi/feed.xml", "uk/feed.xml", "sv/organisationer/lahden-ensi-ja-turvakoti/feed.xml"} <= set(made)
    seen: set[str | None] = set()
    for path, content in made.items():
        root = ElementTree.fromstring(content)
        assert root.tag == f"{ATOM}feed"
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == path[:2]
        assert root.findtext(f"{ATOM}author/{ATOM}name")
        links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
        assert links["self"] == root.findtext(f"{ATOM}id") == SETTINGS.site_url + path
        seen.add(links["self"])
        entries = root.findall(f"{ATOM}entry")
        assert entries
        for element in (root, *entries):
            assert len(element.findall(f"{ATOM}id")) == len(element.findall(f"{ATOM}title")) == len(element.findall(f"{ATOM}updated")) == 1
            assert re.fullmatch(r"\d{4}-\d{2}-\d{2}T00:00:00Z", element.findtext(f"{ATOM}updated") or "")
        ids = [entry.findtext(f"{ATOM}id") or "" for entry in entries]
        assert len(ids) == len(set(ids))
        assert all(re.fullmatch(r"https://apupolku\.example/p/[a-z0-9-]+/", identifier) for identifier in ids)
        days = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
        assert days == sorted(days, reverse=True)
        assert root.findtext(f"{ATOM}updated") == days[0]
    assert len(seen) == len(made)


def test_the_day_of_an_entry_comes_from_its_facts(loaded: Catalogue) -> None:
    assert feed.day(loaded, loaded.services["lahti-turvakoti"]) == "2022-12-08"
    assert feed.day(loaded, loaded.services["kaikki"]) == "2026-03-01"
    assert feed.day(loaded, loaded.services["loppunut"]) == "2026-02-28"
    assert feed.day(loaded, loaded.services["nollalinja"]) == feed.UNKNOWN


def test_feeds_without_a_site_address_have_uuids(loaded: Catalogue) -> None:
    root = ElementTree.fromstring(exports.feeds(loaded, dataclasses.replace(SETTINGS, site_url=""))["fi/feed.xml"])
    assert (root.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
    assert (root.findtext(f"{ATOM}entry/{ATOM}id") or "").startswith("urn:uuid:")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("hsds-3.0", "services.sv.json"),
        ("hsds-3.1", "taxonomy.json"),
        ("ptv", "report.txt"),
        ("jsonld", "services.uk.jsonld"),
        ("csv", "services.csv"),
        ("feed", "fi/feed.xml"),
        ("all", "hsds/3.1/services.json"),
    ],
)
def test_the_command_writes_each_format_alone(kind: str, expected: str, site: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    assert cli.main(["export", "--config-file", str(site / "mkdocs.yml"), "--format", kind, "--output", str(output)]) == 0
    assert (output / expected).is_file()


def test_the_command_stops_at_errors(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "services" / "talo" / "perhetupa.yaml").write_text("id: perhetupa\n", encoding="utf-8")
    assert cli.main(["export", "--config-file", str(site / "mkdocs.yml"), "--output", str(tmp_path / "out")]) == 1
    assert "[missing-key]" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_exports_know_neither_mkdocs_nor_jinja() -> None:
    for file in (everything.ROOT / "generator" / "exports").rglob("*.py"):
        assert not re.search(r"^\s*(import|from) (mkdocs|jinja2)", file.read_text(encoding="utf-8"), re.MULTILINE), file


def test_every_attribute_column_and_format_is_documented(files: dict[str, bytes]) -> None:
    page = (everything.ROOT / "docs" / "open-data.md").read_text(encoding="utf-8")
    kinds = set(re.findall(r'"link_type":"([a-z_]+)"', files["data/hsds/3.1/services.json"].decode()))
    assert [word for word in sorted(kinds | set(csv_.COLUMNS) | set(exports.FORMATS)) if f"`{word}`" not in page] == []
