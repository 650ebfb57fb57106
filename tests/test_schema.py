"""The committed schemas are those that the model makes; they say what the model says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from generator import catalogue, cli, schema, shape
from generator.configuration import read as read_settings
from generator.model import Service
from generator.problems import CODES

ROOT = Path(__file__).parent.parent
SETTINGS = read_settings(str(ROOT / "mkdocs.yml"))
CATALOGUE = catalogue.load(ROOT / "services")
SCHEMAS = schema.schemas(CATALOGUE, SETTINGS, "fi")


def without_content(made: Any) -> Any:
    """Services, organizations and labels change by editors' pull requests from the web, where no schema can be written anew;
    they may therefore lag behind. `apupolku new` and `apupolku schema` bring them up to date."""
    definitions = made.get("definitions", {})
    for name in ("services", "organizations"):
        definitions.pop(name, None)
    for definition in definitions.values():
        definition.pop("enumDescriptions", None)
    return made


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schema_is_the_generated_one(name: str) -> None:
    committed = json.loads((ROOT / "services" / ".schema" / f"{name}.json").read_text(encoding="utf-8"))
    assert without_content(committed) == without_content(json.loads(schema.text(SCHEMAS[name]))), "run: apupolku schema"


def test_every_kind_of_file_has_one_and_vs_code_knows_it() -> None:
    known = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert {f"./services/.schema/{name}.json" for name in SCHEMAS} == set(known)
    assert {file.stem for file in (ROOT / "services" / ".schema").iterdir()} == set(SCHEMAS)


def test_keys_and_what_is_required_come_from_the_model() -> None:
    service = SCHEMAS["service"]
    assert set(service["properties"]) == set(shape.fields(Service))
    assert service["required"] == ["id", "organization", "name", "summary", "topics", "threshold"]


@pytest.mark.parametrize("language", schema.LANGUAGES)
def test_every_key_is_described_in_the_editors_language(language: str) -> None:
    made = schema.schemas(CATALOGUE, SETTINGS, language)

    def described(part: Any) -> list[str]:
        if isinstance(part, list):
            return [text for item in part for text in described(item)]
        if not isinstance(part, dict):
            return []
        own = [property_["description"] for property_ in part.get("properties", {}).values() if "fi" not in part["properties"]]
        return own + [text for item in part.values() for text in described(item)]

    texts = [text for one in made.values() for text in [*described(one), one["title"]]]
    assert all(texts)
    if language != "en":
        assert not set(texts) & {text for one in schema.schemas(CATALOGUE, SETTINGS, "en").values() for text in [*described(one), one["title"]]} - {"Chat"}


def test_patterns_take_what_the_model_takes() -> None:
    from pydantic import TypeAdapter, ValidationError

    kinds = {name: kind for kind, name in shape.SCALARS.items()}
    words = ["", "a-b", "A", "yes", "No", "7", "120", "121", "07", "9:00", "9.30", "24:00", "24:01", "25:00", "2026", "2026-13", "2026-01-31", "31.1.2026"]
    words += [
        "https://a.fi",
        "http://a.fi/x?y=1",
        "a.fi",
        "a@b.fi",
        "a b@c.fi",
        "044 270 0797",
        "+358 44 1",
        "112",
        "soita",
        "15100",
        "151",
        "fi",
        "FI",
        "suomi",
    ]
    for name, (pattern, code) in schema.PATTERNS.items():
        assert code in CODES
        for word in words:
            try:
                TypeAdapter(kinds[name]).validate_python(word)
            except ValidationError:
                continue
            assert re.fullmatch(rf"\s*({pattern})\s*", word), (name, word)


def test_references_offer_the_ids_with_their_names() -> None:
    topics = SCHEMAS["service"]["definitions"]["topics"]
    assert topics["enum"] == list(CATALOGUE.terms["topics"])
    assert topics["enumDescriptions"][0] == CATALOGUE.terms["topics"]["safety"].name["fi"]


def test_the_command_prints_writes_and_compares(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert cli.main(["schema", "topics", "--lang", "sv"]) == 0
    assert json.loads(capsys.readouterr().out)["items"]["type"] == "object"
    assert cli.main(["schema", "--output", str(tmp_path), "--check"]) == 1
    assert cli.main(["schema", "--output", str(tmp_path)]) == 0
    assert cli.main(["schema", "--output", str(tmp_path), "--check"]) == 0
    assert cli.main(["schema", "serviec"]) == 2
