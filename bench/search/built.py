"""The search of this repository's services, built in memory, in Python and in the browser's own code under Node."""

from __future__ import annotations

import functools
import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from generator import catalogue
from generator.catalogue import Catalogue
from generator.localise import localise
from generator.pages import Renderer, plan
from generator.search import Engine, SearchAssets, assets, counted
from generator.settings import Settings

ROOT = Path(__file__).resolve().parent.parent.parent
LANGUAGES = ("fi", "sv", "en", "uk")

_NODE = r"""
const fs = require('fs'), vm = require('vm')
const job = JSON.parse(fs.readFileSync(0, 'utf8'))
const room = vm.createContext({ job, load: file => JSON.parse(fs.readFileSync(file, 'utf8')), result: null, now: () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e3 } })
vm.runInContext(fs.readFileSync(job.worker, 'utf8'), room)
vm.runInContext(job.script, room)
process.stdout.write(JSON.stringify(room.result))
"""

SEARCH = """
const engines = {}
for (const [language, files] of Object.entries(job.sites)) {
  const engine = engines[language] = new Engine(load(files.own))
  for (const part of files.parts) engine.add(load(part.core))
  engine.addLater(files.parts.map(part => load(part.texts)), files.others.map(load))
}
result = job.queries.map(([language, query]) => {
  const { results, guesses, acute, language: read } = engines[language].search(query)
  return { results, guesses, acute, language: read }
})
"""


class Built:
    """The files (path → bytes), each language's paths, and the catalogue they were made of."""

    def __init__(self, services: Path = ROOT / "services", languages: Iterable[str] = LANGUAGES) -> None:
        self.catalogue: Catalogue = catalogue.load(services)
        self.sites = {language: localise(self.catalogue, language, Settings()) for language in languages}
        self.files, self.assets = assets.build(self.sites, self.catalogue)

    @functools.cached_property
    def engines(self) -> dict[str, Engine]:
        """The Python twin of each language, from the very files the browser gets."""
        return {language: self._engine(language, paths) for language, paths in self.assets.items()}

    def _engine(self, language: str, paths: SearchAssets) -> Engine:
        parts = [(self._read(part.core), self._read(part.texts)) for part in paths.parts]
        spoken = [self._read(path) for path in (paths.own, *paths.others)]
        return Engine(language, parts, {packed["language"]: packed for packed in spoken})

    def page(self, language: str) -> dict[str, bytes]:
        """The finder page of a language as the site has it, and every file that it names but links: path → content."""
        renderer = Renderer(Settings(languages=tuple(self.sites), handouts=False), self.sites)
        reader, paths = renderer.readers[language], self.assets[language]
        worded = {language: {"finder": paths, "counted": counted(reader.ngettext, reader.locale)}}
        page = next(page for page in plan(renderer, worded) if page.template == "pages/finder.html" and page.language == language)
        files = {f"{page.path}index.html": renderer.render(page).encode()}
        files |= {part.cards: renderer.cards(language, part.services).encode() for part in paths.parts if part.cards}
        return files | renderer.assets.files | self.files

    def _read(self, path: str) -> Any:
        return json.loads(self.files[path])

    def node(self, folder: Path, script: str, **values: Any) -> Any:
        """What `script` leaves in `result`, run by Node after the worker's own code; files are written below `folder`."""
        for path, content in self.files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        sites = {
            language: {
                "own": str(folder / paths.own),
                "others": [str(folder / path) for path in paths.others],
                "parts": [{"core": str(folder / part.core), "texts": str(folder / part.texts)} for part in paths.parts],
            }
            for language, paths in self.assets.items()
        }
        worker = str(folder / next(iter(self.assets.values())).worker)
        job = json.dumps({"worker": worker, "script": script, "sites": sites, **values}, ensure_ascii=False)
        run = subprocess.run(["node", "-e", _NODE], input=job.encode(), capture_output=True, check=False)
        if run.returncode:
            raise RuntimeError(run.stderr.decode()[-2000:])
        return json.loads(run.stdout)


@functools.cache
def built() -> Built:
    """This repository's search, built once a process."""
    return Built()
