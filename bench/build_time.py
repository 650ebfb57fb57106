"""CPU time of a clean build: ours and Hugo's, for the same services, side by side in one run.

    python bench/build_time.py [--services 1000] [--runs 3]

Hugo gets the finished words of each page (what `localise` makes) as front matter, and templates of the same markup
(bench/hugo): reading the YAML of the services, choosing and wording texts is left out of its work, in its favor. CPU is
user + system time of the whole process and its children; sites are written to a temporary folder in memory where there is
one (on a disk the same build was seen to take 0.3 to 3.9 s of system time, the disk's and not the generator's), and
removed outside the measured time.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from made_services import make

from generator import site
from generator.localise.views import Card, PhoneView, ServiceView
from generator.pages import pictures
from generator.settings import Settings

ROOT = Path(__file__).resolve().parent.parent


def cpu(command: list[str], folder: Path, fine: tuple[int, ...] = (0,)) -> float:
    """CPU seconds of a command and its children; an exit code that is not `fine` ends the bench."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in fine or "Traceback" in done.stderr:
        raise SystemExit(f"{command[0]} failed:\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def our_site(folder: Path, services: int) -> None:
    """A project with made services; 0 stands for this repository's own."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("custom_dir: theme", f"custom_dir: {ROOT / 'theme'}")
    if services:  # the same pages as Hugo's: no search index, no open data, no cards or posters
        text = text.replace("  - apupolku:\n", "  - apupolku:\n      search: false\n      open_data: false\n      handouts: false\n")
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "content", folder / "content")
    if services:
        make(folder / "services", services)
    else:
        shutil.copytree(ROOT / "services", folder / "services")


def hugo_site(folder: Path, services: Path) -> None:
    """A Hugo project of the same pages."""
    shutil.copytree(ROOT / "bench" / "hugo", folder, dirs_exist_ok=True)
    settings = Settings(services_dir=services)
    sites = site.views(site.load(settings), settings)
    (folder / "data").mkdir()
    icons = {file.stem: file.read_text(encoding="utf-8") for file in (ROOT / "theme" / "icons").glob("*.svg")}
    (folder / "data" / "icons.json").write_text(json.dumps(icons), encoding="utf-8")
    (folder / "data" / "emergency.json").write_text(
        json.dumps([{"number": number, "name": "Name", "description": "when it is urgent"} for number in ("112", "080 005 005", "116 117")]), encoding="utf-8"
    )
    languages = {language: {"weight": index + 1, "contentDir": f"content/{language}"} for index, language in enumerate(sites)}
    taxonomies = {"topic": "topics", "target_group": "target_groups", "area": "service_areas", "organization": "organizations"}
    configuration = {
        "baseURL": "https://apupolku.example/",
        "title": "Apupolku",
        "languages": languages,
        "taxonomies": taxonomies,
        "defaultContentLanguage": "fi",
        "defaultContentLanguageInSubdir": True,
        "disableKinds": ["RSS"],
    }
    (folder / "hugo.json").write_text(json.dumps(configuration), encoding="utf-8")
    for language, views in sites.items():
        home = folder / "content" / language / "services"
        home.mkdir(parents=True)
        for identifier, view in views.services.items():
            (home / f"{identifier}.md").write_text(json.dumps(_front_matter(view), ensure_ascii=False) + "\n", encoding="utf-8")
    links = folder / "content" / "fi" / "p"
    links.mkdir()
    for identifier, view in sites["fi"].services.items():
        doors = [
            {"language": language, "path": views.services[identifier].card.path, "name": views.services[identifier].card.name.text}
            for language, views in sites.items()
        ]
        head = {"title": view.card.name.text, "url": f"/p/{identifier}/", "layout": "permalink", "doors": doors}
        (links / f"{identifier}.md").write_text(json.dumps(head, ensure_ascii=False) + "\n", encoding="utf-8")


def _front_matter(view: ServiceView) -> dict[str, Any]:
    card = view.card
    return {
        "title": card.name.text,
        "identifier": card.id,
        "door": card.door_name.text if card.door_name else "",
        "brief": card.summary.text,
        "threshold": card.threshold.code,
        "threshold_label": card.threshold.label,
        "threshold_sentence": card.threshold.sentence,
        "way_in": view.way_in,
        "ask": view.ask,
        "ask_at_door": str(view.ask_at_door or ""),
        "meanwhile": [_stop(stop) for stop in view.meanwhile],
        "picture": _picture(view),
        "areas_text": card.areas,
        "phones": [_phone(phone) for phone in view.phones],
        "email": view.email,
        "web": view.url,
        "hours": [line.text for line in view.hours],
        "steps": [step.text for step in view.steps],
        "first_contact": str(view.first_contact or ""),
        "referrers": view.referrers,
        "paragraphs": [paragraph.text for paragraph in view.description],
        "audience": str(view.audience or ""),
        "ages": view.ages,
        "not_for": str(view.not_for or ""),
        "staff": str(view.staff or ""),
        "cost": view.cost,
        "fees": str(view.fees or ""),
        "anonymous": view.anonymous,
        "spoken": view.languages,
        "interpretation": str(view.interpretation or ""),
        "ways": [way.text for way in view.channels],
        "accessibility": str(view.accessibility or ""),
        "note": str(view.note or ""),
        "stretches": [
            {"title": title, "cards": [_stop(stop) for stop in cards]}
            for title, cards in (("Before this", view.before), ("Beside this", view.beside), ("After this", view.after))
        ],
        "assured": view.assured,
        "assured_age": view.assured_age,
        "sources": [source.text for source in view.sources],
        "organization_name": view.organization.name.text,
        "organization_path": view.organization.path,
        "topic_links": [[link.id, link.name.text, link.path] for link in view.topics],
        "area_links": [[link.id, link.name.text, link.path] for link in view.areas],
        "topics": [link.id for link in view.topics],
        "target_groups": [link.id for link in view.target_groups],
        "service_areas": [link.id for link in view.areas],
        "organizations": [view.organization.id],
    }


def _picture(view: ServiceView) -> dict[str, Any]:
    picture = pictures.stretch(view.before, view.beside, view.after, ("Before", "Beside", "After"))
    if picture is None:
        return {}
    shape = picture.shape
    return {
        **shape._asdict(),
        "label": picture.label,
        "box": " ".join(map(str, shape.box)),
        "dots": [dot._asdict() for dot in shape.dots],
        "captions": [word._asdict() for word in shape.captions],
    }


def _phone(phone: PhoneView) -> dict[str, Any]:
    return {
        "tel": phone.tel,
        "display": phone.display,
        "description": str(phone.description or ""),
        "hours": [line.text for line in phone.hours],
        "facts": list(phone.facts),
    }


def _stop(card: Card) -> dict[str, str]:
    return {"path": card.path, "name": card.name.text, "door": card.door_name.text if card.door_name else "", "how": card.threshold.label}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--services", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    here = Path(sys.executable).parent
    ours: list[float] = []
    own: list[float] = []
    theirs: list[float] = []
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        small, large, hugo = (Path(name) / part for part in ("small", "large", "hugo"))
        for folder in (small, large, hugo):
            folder.mkdir()
        our_site(small, 0)
        our_site(large, arguments.services)
        hugo_site(hugo, large / "services")
        for _ in range(arguments.runs):
            for folder in (small / "site", large / "site", hugo / "public"):
                shutil.rmtree(folder, ignore_errors=True)
            own.append(cpu([str(here / "apupolku"), "build"], small))
            ours.append(cpu([str(here / "apupolku"), "build"], large))
            theirs.append(cpu([str(here / "hugo"), "--logLevel", "error"], hugo))
        pages = {"this repository": small / "site", "ours": large / "site", "Hugo": hugo / "public"}
        counted = {label: sum(1 for _ in folder.rglob("*.html")) for label, folder in pages.items()}
    print(f"this repository, clean build: {statistics.median(own):.2f} s of CPU ({counted['this repository']} pages)")
    print(
        f"{arguments.services} services: ours {statistics.median(ours):.2f} s ({counted['ours']} pages), Hugo {statistics.median(theirs):.2f} s ({counted['Hugo']} pages)"
    )
    print(f"ratio ours/Hugo, run by run: {', '.join(f'{a / b:.2f}' for a, b in zip(ours, theirs, strict=True))}")


if __name__ == "__main__":
    main()
