"""Makes a services folder of any size from this repository's own texts, for measuring.

Each made service has the texts of a real one, cut and mixed by a seeded generator, so that lengths, languages and
vocabularies are those of real content. Names, ids and sentences differ from service to service.
"""

from __future__ import annotations

import argparse
import random
import shutil
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("fi", "sv", "en", "uk")


class _Dumper(yaml.CSafeDumper):
    """Every scalar is text: quoted where YAML would read something else."""


def real_services() -> list[dict[str, Any]]:
    """The trees of this repository's services."""
    files = sorted(file for file in (ROOT / "services").glob("*/*.yaml") if file.name != "organization.yaml" and file.parent.name != "terms")
    return [yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader) for file in files]


def make(folder: Path, number: int, seed: int = 1) -> None:
    """Write `number` services in organizations of about twenty below `folder`, with the repository's terms."""
    chance = random.Random(seed)
    real = real_services()
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "services" / "terms", folder / "terms", ignore=shutil.ignore_patterns("concepts", "retired.yaml"))
    identifiers = [f"palvelu-{index:05}" for index in range(number)]
    ways = _ways(chance, identifiers)
    for index, identifier in enumerate(identifiers):
        organization = f"jarjesto-{index // 20:04}"
        home = folder / organization
        if not home.is_dir():
            home.mkdir(parents=True)
            entry = {
                "id": organization,
                "name": dict.fromkeys(LANGUAGES, f"Järjestö {index // 20}"),
                "phones": [{"number": f"040 {index // 20:03} {1000 + index // 20}"}],
                "service_areas": ["kymenlaakso"],
            }
            (home / "organization.yaml").write_text(_dump(entry), encoding="utf-8")
        tree = _mixed(chance, real, identifier, organization)
        tree["referral_path"] |= ways[identifier]
        (home / f"{identifier}.yaml").write_text(_dump(tree), encoding="utf-8")


def _ways(chance: random.Random, identifiers: list[str]) -> dict[str, dict[str, list[str]]]:
    """Two services after and some beside each, told in the files of both, as `apupolku check` wants it."""
    ways: dict[str, dict[str, list[str]]] = {identifier: {"before": [], "beside": [], "after": []} for identifier in identifiers}
    for index, identifier in enumerate(identifiers):
        for after in chance.sample(identifiers[index + 1 :], min(2, len(identifiers) - index - 1)):
            ways[identifier]["after"].append(after)
            ways[after]["before"].append(identifier)
        if index % 2:
            other = identifiers[index - 1]
            ways[identifier]["beside"].append(other)
            ways[other]["beside"].append(identifier)
    return {identifier: {key: others for key, others in way.items() if others} for identifier, way in ways.items()}


def _mixed(chance: random.Random, real: list[dict[str, Any]], identifier: str, organization: str) -> dict[str, Any]:
    """One service of parts of three real ones."""
    base, other, third = (chance.choice(real) for _ in range(3))
    tree = {
        **base,
        "id": identifier,
        "organization": organization,
        "description": other["description"],
        "topics": third["topics"],
        "service_areas": third["service_areas"],
    }
    tree["name"] = {language: f"{text} {identifier[-5:]}" for language, text in base["name"].items()}
    tree["referral_path"] = {key: value for key, value in base.get("referral_path", {}).items() if key in ("referrers", "note")}
    if tree["threshold"] != "municipality":
        tree.pop("municipalities", None)
    tree.pop("stamps", None)
    return tree


def _dump(tree: dict[str, Any]) -> str:
    return yaml.dump(tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("number", type=int)
    arguments = parser.parse_args()
    make(arguments.folder, arguments.number)
