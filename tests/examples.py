"""Examples of files, as the editors' guides and the golden files write them, tried on the tests' own tiny site.

An example is a piece of services/talo/perhetupa.yaml that takes the place of what that file has under the same keys, or
whole files, each under a line `# services/…`.
"""

from __future__ import annotations

import datetime
import functools
import re
import shutil
import tempfile
from pathlib import Path

import golden

from generator import catalogue, checks
from generator.problems import Problem, worst_first
from generator.settings import Settings

SITE = Path(__file__).parent / "site"
SERVICE = "services/talo/perhetupa.yaml"
TODAY = datetime.date(2026, 6, 1)
_WHOLE = re.compile(r"^# ((?:services/|mkdocs)\S+)\n", re.MULTILINE)
_KEY = re.compile(r"^([a-z_]+)\s*:", re.MULTILINE)


def files(example: str) -> dict[str, bytes]:
    """The files that an example stands for, by path."""
    found = list(_WHOLE.finditer(example))
    if found and found[0].start() == 0:
        ends = [*(match.start() for match in found[1:]), len(example)]
        return {match[1]: golden.expand(example[match.end() : end]) for match, end in zip(found, ends, strict=True)}
    blocks = re.split(r"^(?=[a-z_]+:)", (SITE / SERVICE).read_text(encoding="utf-8"), flags=re.MULTILINE)
    named = set(_KEY.findall(example))
    rest = [block for block in blocks if block.split(":")[0] not in named]
    return {SERVICE: golden.expand(example) + "".join(rest).encode()}


@functools.cache
def problems(example: str) -> list[Problem]:
    """All problems of the tiny site with `example` in it, sorted."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(SITE / "services", root / "services")
        services = "services"
        for name, data in files(example).items():
            if name == "mkdocs.yml":
                services = re.findall(rb"services_dir: (\S+)", data)[0].decode()
                continue
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(data)
        loaded = catalogue.load(root / services, root)
        return worst_first([*loaded.problems, *checks.run(loaded, Settings(today=TODAY))])
