"""CPU time of `apupolku check`: a thousand files, and `--since` with one of them changed, beside PyYAML reading the same files.

    python bench/check_time.py [--services 1000] [--runs 5]

The goals are 1.5 s and 0.7 s of CPU (user + system, the whole process). Seconds say as much about the machine as about us:
the yardstick is a process in which PyYAML's C loader reads the same files as plain text and checks nothing, run by run.
The made files are as long as ours, 9 kB each: prose in four languages; a folder has the mkdocs.yml of this repository.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from build_time import cpu
from made_services import make

YARDSTICK = "import sys, pathlib, yaml; [yaml.load(file.read_bytes(), yaml.CBaseLoader) for file in pathlib.Path('services').rglob('*.yaml')]"
ROOT = Path(__file__).resolve().parent.parent
GIT = ("git", "-c", "user.name=Bench", "-c", "user.email=bench@example.org", "-c", "commit.gpgsign=false")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--services", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as given:
        folder = Path(given)
        make(folder / "services", arguments.services)
        (folder / "mkdocs.yml").write_text(
            (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("custom_dir: theme", "static_templates: []"), encoding="utf-8"
        )
        (folder / "content").mkdir()
        for step in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "made"]):
            subprocess.run([*GIT, *step], cwd=folder, check=True)
        changed = next(file for file in sorted((folder / "services").glob("*/*.yaml")) if file.name != "organization.yaml")
        changed.write_text(changed.read_text(encoding="utf-8").replace("status: active", "status: aktiv", 1), encoding="utf-8")
        program = [sys.executable, "-m", "generator", "check"]
        commands = {"all files": program, "--since": [*program, "--since", "HEAD"], "yardstick": [sys.executable, "-c", YARDSTICK]}
        spent: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(arguments.runs):
            for name, command in commands.items():
                spent[name].append(cpu(command, folder, fine=(0, 1)))
    for name, seconds in spent.items():
        ratios = [mine / other for mine, other in zip(seconds, spent["yardstick"], strict=True)]
        print(f"{name}: {statistics.median(seconds):.2f} s of CPU, {statistics.median(ratios):.2f} of the yardstick ({', '.join(f'{r:.2f}' for r in ratios)})")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
