"""docs/editors/fi, sv, en: each guide is walked through, step by step, with git in a temporary repository.

What a guide tells the editor to change stands in its ```diff and ```yaml blocks with the file's name; they are done as they
are written. Comments in the guide say what the reader sees then (`sees`), and that a merged change is reverted (`git`).
What GitHub's own buttons do is done with git: a branch, a commit, a merge, a revert.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from test_preview import git

from generator import cli

ROOT = Path(__file__).parent.parent
GUIDES = ROOT / "docs" / "editors"
LANGUAGES = ("fi", "sv", "en")
NAMES = ("phone", "christmas", "new-service", "service-ends", "translation", "confirm", "undo")
_BLOCK = re.compile(r"^```(\w+) (services/\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new site with the guides' example in it, one commit on main, and a branch of the editor's."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795176000")  # November 20, 2026
    monkeypatch.setenv("LC_ALL", "en")
    assert cli.main(["init", str(tmp_path / "polku")]) == 0
    monkeypatch.chdir(tmp_path / "polku")
    shutil.copytree(ROOT / "tests" / "guides", "services/talo")
    for arguments in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "begin"], ["checkout", "-qb", "change"]):
        git(Path(), *arguments)
    return tmp_path / "polku"


def apply(text: str, block: str) -> str:
    """What a ```diff block says, done to a file: its lines without + are there once, together, and become those without −."""
    lines = block.splitlines()
    assert all(line[:1] in "+- " for line in lines), block
    old = "".join(f"{line[1:]}\n" for line in lines if line[0] != "+")
    new = "".join(f"{line[1:]}\n" for line in lines if line[0] != "-")
    assert text.count(old) == 1, old
    return text.replace(old, new)


def test_each_guide_is_there_in_each_language_and_in_the_list() -> None:
    for language in LANGUAGES:
        assert sorted(file.stem for file in (GUIDES / language).glob("*.md")) == sorted([*NAMES, "README"])
        listed = re.findall(r"^- \[(.+)\]\((.+)\.md\)$", (GUIDES / language / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
        assert tuple(name for _, name in listed) == NAMES
        for title, name in listed:
            assert (GUIDES / language / f"{name}.md").read_text(encoding="utf-8").startswith(f"# {title}\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_between_guides_lead_somewhere(language: str) -> None:
    for file in (GUIDES / language).glob("*.md"):
        for target in re.findall(r"\]\(([^)]+)\)", file.read_text(encoding="utf-8")):
            assert (file.parent / target).is_file(), f"{file.name}: {target}"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guide_is_one_screen(language: str, name: str) -> None:
    text = re.sub(r"<!--.*?-->", "", (GUIDES / language / f"{name}.md").read_text(encoding="utf-8"))
    assert len(text.split()) < 260 and len(text.strip().splitlines()) < 50


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guide_is_walked_through(repository: Path, capsys: pytest.CaptureFixture[str], language: str, name: str) -> None:
    guide = (GUIDES / language / f"{name}.md").read_text(encoding="utf-8")
    blocks = _BLOCK.findall(guide)
    assert blocks
    for kind, path, block in blocks:
        file = repository / path
        if kind == "diff":
            file.write_text(apply(file.read_text(encoding="utf-8"), block), encoding="utf-8")
        else:
            assert kind == "yaml" and not file.exists()
            file.write_text(block, encoding="utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", name)
    capsys.readouterr()
    assert cli.main(["check", "--since", "main", "--lang", language]) == 0, capsys.readouterr().out
    assert "[stale-translation]" not in capsys.readouterr().out
    assert cli.main(["preview", "--plain", "--since", "main", "--lang", language]) == 0
    told = capsys.readouterr().out.splitlines()
    for seen in re.findall(r"<!-- sees: (.*?) -->", guide):
        assert seen in told, "\n".join(told)
    before = git(repository, "rev-parse", "main^{tree}")
    git(repository, "checkout", "-q", "main")
    git(repository, "merge", "-q", "--no-ff", "--no-edit", "change")
    assert cli.main(["check", "--quiet"]) == 0
    if "<!-- git: revert -->" in guide:
        git(repository, "revert", "--no-edit", "-m", "1", "HEAD")
        assert git(repository, "rev-parse", "HEAD^{tree}") == before, "everything is as it was"
    else:
        assert "<!-- sees: " in guide


def test_an_ended_service_still_answers_at_its_old_address(repository: Path) -> None:
    """What service-ends.md promises."""
    file = repository / "services/talo/perhetupa.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("status: active", "status: inactive"), encoding="utf-8")
    configuration = repository / "mkdocs.yml"
    configuration.write_text(configuration.read_text(encoding="utf-8").replace("      exit_url", "      search: false\n      exit_url"), encoding="utf-8")
    assert cli.main(["build"]) == 0
    assert (repository / "site/p/perhetupa/index.html").is_file()
    assert (repository / "site/fi/palvelut/perhetupa/index.html").is_file()
    assert "perhetupa" not in (repository / "site/fi/palvelut/index.html").read_text(encoding="utf-8")
