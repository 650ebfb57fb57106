"""`apupolku preview`: what a change alters for the reader, page by page."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator import cli


def git(folder: Path, *arguments: str) -> str:
    """Run Git with a name of its own, in a temporary repository."""
    own = ["-c", "user.name=x", "-c", "user.email=x@example.fi", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"]
    return subprocess.run(["git", "-C", str(folder), *own, *arguments], capture_output=True, text=True, check=True).stdout


@pytest.fixture
def repository(site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny site as a repository with one commit."""
    monkeypatch.chdir(site)
    monkeypatch.setenv("LC_ALL", "en")
    git(site, "init", "-q")
    git(site, "add", ".")
    git(site, "commit", "-qm", "begin")
    return site


def change(repository: Path, name: str, old: str, new: str) -> None:
    """Replace words in a service's file."""
    file = repository / "services" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def preview(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the command says."""
    assert cli.main(["preview", *arguments]) == 0
    return capsys.readouterr().out


def test_a_phone_number_changes_on_each_page_that_shows_it_in_each_language(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(repository, "talo/organization.yaml", "044 270 0797", "050 123 4567")
    told = preview(capsys, "--plain")
    assert "@@ fi fi/palvelut/perhetupa/ Perhetupa @@\n- Phone: 044 270 0797\n+ Phone: 050 123 4567\n" in told
    assert "@@ uk uk/orhanizatsii/talo/ Talo @@\n- Phone: 044 270 0797\n+ Phone: 050 123 4567\n" in told
    assert "turvakoti" not in told, "it has a number of its own"


def test_what_reads_the_same_is_no_change(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(repository, "talo/perhetupa.yaml", "  fi: Saat apua.", "  fi: >-\n    Saat\n    apua.")
    assert preview(capsys, "--plain") == ""
    assert "Nothing: every page says the same as before." in preview(capsys)


def test_one_language_alone(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(repository, "talo/perhetupa.yaml", "  sv: Du får hjälp.", "  sv: Här får du hjälp.")
    assert (
        preview(capsys, "--plain", "--lang", "sv")
        == "@@ sv sv/tjanster/perhetupa/ Familjestugan @@\n- Med en mening: Du får hjälp.\n+ Med en mening: Här får du hjälp.\n"
    )


def test_new_and_gone_pages_and_the_lists_that_they_stand_in(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = repository / "services/talo/perhetupa.yaml"
    (repository / "services/talo/uusi.yaml").write_text(old.read_text(encoding="utf-8").replace("perhetupa", "uusi", 1), encoding="utf-8")
    told = preview(capsys, "--plain")
    assert "@@ en en/services/uusi/ Family room (new page) @@\n+ Name: Family room\n" in told
    assert "@@ en en/topics/baby/ Baby @@\n+ Service: Family room\n" in told
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "new")
    (repository / "services/talo/uusi.yaml").unlink()
    told = preview(capsys, "--plain")
    assert "@@ fi fi/palvelut/uusi/ Perhetupa (the page is gone) @@\n" in told
    assert "+ Service" not in told and "- Service: Perhetupa" in told


def test_a_content_page(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = next((repository / "content/fi").glob("*.md"))
    file.write_text(file.read_text(encoding="utf-8") + "\nUusi kappale.\n", encoding="utf-8")
    assert preview(capsys, "--plain") == f"@@ fi content/fi/{file.name} @@\n+ Text: Uusi kappale.\n"


def test_it_compares_with_where_the_branches_parted(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repository, "checkout", "-qb", "mine")
    git(repository, "checkout", "-q", "main")
    change(repository, "talo/organization.yaml", "044 270 0797", "050 123 4567")
    git(repository, "commit", "-qam", "theirs")
    git(repository, "checkout", "-q", "mine")
    assert preview(capsys, "--plain", "--since", "main") == ""


@pytest.mark.parametrize("text", ["```", "~~~~~~~~", "@someone", "<img src=x>", "# heading", "[x](https://evil.example)"])
def test_what_a_file_says_stays_text(repository: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    change(repository, "talo/perhetupa.yaml", "  fi: Saat apua.", f'  fi: "{text}"')
    told = preview(capsys)
    inside = told.split("```diff\n")[1].split("\n```\n")[0].splitlines()
    assert any(text in line for line in inside) and all(line[:2] in ("@@", "- ", "+ ") for line in inside)
    assert text not in told.replace("\n".join(inside), "").replace("```diff", "").replace("\n```\n", "\n").replace("#### ", "").replace("### ", "")


def test_a_long_change_is_cut_where_a_page_ends(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file in (repository / "content").rglob("*.md"):
        file.write_text(file.read_text(encoding="utf-8") + "\n\n" + "a" * 50_000 + "\n", encoding="utf-8")
    told = preview(capsys, "--plain")
    assert len(told) < 62_000 and told.endswith("@@ … and more, too long to show here @@\n")


def test_what_git_does_not_know_is_2(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["preview", "--since", "nowhere"]) == 2
    assert cli.main(["preview", "--since", "--output=x"]) == 2
    assert "apupolku: --since" in capsys.readouterr().err
