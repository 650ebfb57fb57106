"""The commands: exit codes, help, languages, and which files are told about."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator import cli, reports
from generator.problems import CODES


@pytest.fixture
def project(site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny site as the working directory, on a fixed day, with an English environment."""
    monkeypatch.chdir(site)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")  # May 28, 2026
    for variable in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    return site


def spoil(project: Path, name: str = "talo/perhetupa.yaml") -> None:
    """Put one error into a file."""
    file = project / "services" / name
    file.write_text(file.read_text(encoding="utf-8") + "minimum_age: kolme\n", encoding="utf-8")


def commands() -> list[str]:
    """The names of all commands."""
    actions = [action for action in cli._parser()._actions if action.choices]
    return sorted(actions[0].choices or ())


def test_check_of_good_files_is_0_and_silent(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check"]) == 0
    assert capsys.readouterr() == ("", "0 errors, 0 warnings\n")


def test_check_of_a_wrong_file_is_1_and_tells(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(project)
    assert cli.main(["check"]) == 1
    told = capsys.readouterr()
    assert told.out == "services/talo/perhetupa.yaml:38:14: “kolme” is not a whole number from 0 to 120; write digits only. [bad-number]\n"
    assert told.err == "1 error, 0 warnings\n"


def test_warnings_alone_are_0(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "services/tupa/muistio.txt").write_text("muistio", encoding="utf-8")
    assert cli.main(["check"]) == 0
    assert "[wrong-ending]" in capsys.readouterr().out
    assert cli.main(["check", "--quiet"]) == 0
    assert not capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "missing.yaml"], "missing.yaml: no such file or folder"),
        (["check", "--config-file", "missing.yml"], "missing.yml"),
        (["build", "--config-file", "missing.yml"], "missing.yml"),
        (["check", "--format", "xml"], "invalid choice"),
        (["check", "--lang", "uk"], "invalid choice"),
        (["chekc"], "invalid choice"),
        ([], "required"),
    ],
)
def test_what_cannot_run_is_2(project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    assert cli.main(arguments) == 2
    assert said in capsys.readouterr().err


def test_a_configuration_without_the_plugin_is_2(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "mkdocs.yml").write_text("site_name: x\ndocs_dir: content\n", encoding="utf-8")
    assert cli.main(["check"]) == 2


def test_without_a_configuration_the_folder_services_is_checked(project: Path) -> None:
    (project / "mkdocs.yml").unlink()
    assert cli.main(["check"]) == 0
    spoil(project)
    assert cli.main(["check"]) == 1


@pytest.mark.parametrize(
    ("language", "said"), [("fi", "ei ole kokonaisluku"), ("sv", "är inget heltal"), ("en", "is not a whole number"), ("uk", "is not a whole number")]
)
def test_the_language_is_that_of_the_environment(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str, said: str
) -> None:
    spoil(project)
    monkeypatch.setenv("LANG", f"{language}_FI.UTF-8")
    cli.main(["check"])
    assert said in capsys.readouterr().out


def test_the_language_can_be_chosen(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(project)
    assert cli.main(["check", "--lang", "fi"]) == 1
    told = capsys.readouterr()
    assert "ei ole kokonaisluku" in told.out and told.err == "1 virhe, 0 varoitusta\n"


@pytest.mark.parametrize(
    ("paths", "files"),
    [
        ([], {"perhetupa", "unikoulu"}),
        (["services"], {"perhetupa", "unikoulu"}),
        (["services/talo"], {"perhetupa"}),
        (["services/talo/perhetupa.yaml"], {"perhetupa"}),
        (["services/talo/turvakoti.yaml"], set()),
        (["services/talo/turvakoti.yaml", "services/tupa"], {"unikoulu"}),
        (["."], {"perhetupa", "unikoulu"}),
    ],
)
def test_paths_narrow_what_is_told(project: Path, capsys: pytest.CaptureFixture[str], paths: list[str], files: set[str]) -> None:
    spoil(project)
    spoil(project, "tupa/unikoulu.yaml")
    assert cli.main(["check", "--format", "json", *paths]) == (1 if files else 0)
    assert {Path(entry["file"]).stem for entry in json.loads(capsys.readouterr().out)} == files


def test_a_file_from_outside_is_checked_against_the_project(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "uusi.yaml"
    file.write_text("id: uusi\norganization: talo\nname: {fi: Uusi}\nsummary: {fi: Apua}\ntopics: [babby]\nthreshold: open\n", encoding="utf-8")
    assert cli.main(["check", str(file)]) == 1
    assert "“babby” is not in terms/topics.yaml; did you mean “baby”?" in capsys.readouterr().out


def test_github_and_json_are_for_machines_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(project)
    assert cli.main(["check", "--format", "github"]) == 1
    assert capsys.readouterr().out.startswith("::error file=services/talo/perhetupa.yaml,line=38,col=14,title=bad-number::")
    assert cli.main(["check", "--format", "json"]) == 1
    told = capsys.readouterr()
    assert [entry["code"] for entry in json.loads(told.out)] == ["bad-number"] and not told.err


def test_a_build_with_errors_leaves_the_last_site_as_it_was(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "site").mkdir()
    (project / "site/index.html").write_text("last", encoding="utf-8")
    spoil(project)
    assert cli.main(["build"]) == 1
    assert [(file.name, file.read_text(encoding="utf-8")) for file in (project / "site").iterdir()] == [("index.html", "last")]


def test_a_build_without_errors_is_0(project: Path) -> None:
    assert cli.main(["build", "--site-dir", "out"]) == 0
    assert (project / "out/fi/palvelut/perhetupa/index.html").is_file()


@pytest.mark.parametrize("command", commands())
def test_help_of_each_command_is_complete(capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert cli.main([command, "--help"]) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"usage: apupolku {command}") and len(told.split("\n\n")[1]) > 30, "a description"
    parser = next(action for action in cli._parser()._actions if action.choices).choices[command]  # type: ignore[index, call-overload]
    for action in parser._actions:
        assert action.help, f"{command} {action.dest}"


def test_help_lists_each_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    told = capsys.readouterr().out
    assert all(f"\n    {command}" in told for command in commands())
    assert {"build", "serve", "check"} <= set(commands())


def test_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("apupolku ")


def test_a_terminal_that_lacks_letters_does_not_end_the_command(project: Path) -> None:
    spoil(project)
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(Path(cli.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-m", "generator", "check"], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 1 and "\\u201ckolme\\u201d is not a whole number" in done.stdout and "Traceback" not in done.stderr


def test_the_messages_of_three_languages_are_offered() -> None:
    assert reports.LANGUAGES == ("fi", "sv", "en") and CODES


def test_a_process_that_leaves_at_once_has_said_all(project: Path) -> None:
    """`generator.__main__` ends without taking anything apart: what was written must be out, and the exit code be right."""
    file = project / "services/talo/perhetupa.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "".join(f"key_{number}: x\n" for number in range(90)), encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "generator", "check", "--lang", "en"], capture_output=True, text=True, check=False)
    assert (done.returncode, len(done.stdout.splitlines()), done.stderr) == (1, 90, "90 errors, 0 warnings\n")


def test_who_stops_reading_sees_no_traceback(project: Path) -> None:
    spoil(project)
    with subprocess.Popen([sys.executable, "-m", "generator", "check"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert "Traceback" not in process.stderr.read()
        assert process.wait(60) in (1, 2)  # the second where the output is not buffered
