"""What a screen reader is given: the accessibility tree of each kind of page, stored as text and read by a person.

The pages are those of the tiny site (tests/site), so that a change of content does not change the trees. After a change of
markup that is meant, APUPOLKU_RECORD=1 writes them anew: read the difference before keeping it.
"""

from __future__ import annotations

import functools
import http.server
import itertools
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from .conftest import PHONE, ROOT

TREES = Path(__file__).parent / "trees"
KINDS = {
    "home": "fi/",
    "finder": "fi/haku/",
    "topic": "fi/aiheet/*/",
    "service": "fi/palvelut/*/",
    "service-uk": "uk/posluhy/*/",
    "organization": "fi/jarjestot/*/",
    "professionals": "fi/ammattilaisille/",
    "languages": "",
}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The built tiny site and its address."""
    folder = tmp_path_factory.mktemp("tiny") / "site"
    command = [sys.executable, "-m", "generator", "build", "--config-file", str(ROOT / "tests" / "site" / "mkdocs.yml"), "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False, env={**os.environ, "SOURCE_DATE_EPOCH": "1796000000"})
    assert done.returncode == 0, done.stdout + done.stderr
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield folder, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.mark.parametrize("kind", KINDS)
def test_the_tree_is_the_one_that_was_read(browser: Browser, tiny: tuple[Path, str], kind: str) -> None:
    folder, address = tiny
    path = KINDS[kind]
    if "*" in path:
        path = sorted(folder.glob(path))[0].relative_to(folder).as_posix() + "/"
    page = browser.new_page(viewport=PHONE)
    page.goto(address + path)
    tree = page.locator("body").aria_snapshot() + "\n"
    page.close()
    stored = TREES / f"{kind}.yaml"
    if os.environ.get("APUPOLKU_RECORD"):
        TREES.mkdir(exist_ok=True)
        stored.write_text(tree, encoding="utf-8")
    assert tree == stored.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_trees_have_named_landmarks_ordered_headings_and_words_for_the_threshold(kind: str) -> None:
    tree = (TREES / f"{kind}.yaml").read_text(encoding="utf-8")
    levels = [int(level) for level in re.findall(r"heading .*\[level=(\d)\]", tree)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert re.search(r"^- banner", tree, re.MULTILINE)
    assert re.search(r"^- main", tree, re.MULTILINE)
    assert re.search(r"^- contentinfo", tree, re.MULTILINE)
    assert not re.search(r"- navigation:", tree), "every navigation has a name"
    assert not re.search(r"- (link|button)( \[|:$|$)", tree, re.MULTILINE), "every link and button has a name"


def test_phone_numbers_are_read_in_groups(tiny: tuple[Path, str]) -> None:
    folder, _ = tiny
    numbers = [number for file in folder.rglob("*.html") for number in re.findall(r'<span class="tel">([^<]+)</span>', file.read_text(encoding="utf-8"))]
    assert numbers
    assert all(" " in number or len(number) <= 3 for number in numbers)
