"""`apupolku init`: another organization's site, its own colors, logo, words, theme and languages; and the wheel alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from generator import cli, configuration
from generator.pages import colors

ROOT = Path(__file__).parent.parent


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A new site in the working directory."""
    monkeypatch.chdir(tmp_path)
    for variable in ("LC_ALL", "SITE_URL"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert cli.main(["init", "demo", "--name", 'Oma "polku": kokeilu']) == 0
    assert "Next: cd demo && make site" in capsys.readouterr().out
    monkeypatch.chdir(tmp_path / "demo")
    configure(tmp_path / "demo", "      exit_url:", "      search: false # most of a build's time, and not what most of these tests are about\n      exit_url:")
    return tmp_path / "demo"


def configure(demo: Path, old: str, new: str) -> None:
    """Change mkdocs.yml."""
    file = demo / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def page(demo: Path, path: str) -> str:
    """A built page."""
    return (demo / "site" / path / "index.html").read_text(encoding="utf-8")


def base_css(demo: Path) -> str:
    """The style sheet that every page has."""
    return next((demo / "site" / "assets").glob("base.*.css")).read_text(encoding="utf-8")


def test_a_new_site_has_no_errors_and_names_nobody_real(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--format", "json"]) == 0
    # The one thing that a new keeper is told: the example says no date, since only they can.
    assert [problem["code"] for problem in json.loads(capsys.readouterr().out)] == ["assured-date-missing"]
    for file in (*demo.glob("services/**/*.yaml"), *demo.glob("content/**/*.md"), demo / "README.md", demo / "mkdocs.yml"):
        text = file.read_text(encoding="utf-8")
        if "concepts" not in file.parts:
            assert not re.search(r"\b0\d\d ?\d{3} ?\d{3,4}\b|lahti-|kymenlaakso-|Sininauha", text), file
        assert "@NAME@" not in text and not re.search(r"^services:", text, re.MULTILINE)
    assert "Apupolku" not in "".join(file.read_text(encoding="utf-8") for file in demo.glob("content/**/*.md"))
    assert configuration.read("mkdocs.yml").site_name == 'Oma "polku": kokeilu'
    assert (demo / ".github/workflows/publish.yml").is_file() and not (demo / ".github/workflows/tests.yml").exists()


def test_a_new_site_builds_and_can_be_found(demo: Path) -> None:
    configure(demo, "search: false", "search: true")
    assert cli.main(["build"]) == 0
    text = page(demo, "fi/palvelut/example-service")
    assert 'href="https://example.org"' in text and "Oma &#34;polku&#34;: kokeilu" in text
    assert (demo / "site/data").is_dir() and (demo / "site/assets/search").is_dir()


def test_what_is_there_is_never_touched(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {file: file.read_bytes() for file in demo.rglob("*") if file.is_file()}
    assert cli.main(["init", str(demo)]) == 2
    assert "is there already and is not empty" in capsys.readouterr().err
    assert {file: file.read_bytes() for file in demo.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize(
    ("languages", "said"), [("fi,xx1", "“xx1” is not the code"), ("fi,fi", "each only once"), ("", "at least one"), ("../x", "is not the code")]
)
def test_languages_that_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], languages: str, said: str) -> None:
    monkeypatch.setenv("LC_ALL", "en")
    assert cli.main(["init", str(tmp_path / "x"), "--languages", languages]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_colors_of_its_own(demo: Path) -> None:
    configure(demo, "      # logo:", '      colors: {light: {action: "#7a0055", paper: "#fff"}, dark: {action: "#f9c"}}\n      # logo:')
    assert cli.main(["build"]) == 0
    css = base_css(demo)
    assert "--action:#7a0055;--paper:#fff}" in css and css.index("--action:#0b4f5c") < css.index("--action:#7a0055")
    assert re.search(r"prefers-color-scheme:dark\)\{:root\{--action:#f9c\}\}", css)
    assert '<meta name="theme-color" content="#fff" media="(prefers-color-scheme:light)">' in page(demo, "fi")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("{light: {action: red}}", "write it as"),
        ('{light: {action: "#12345"}}', "write it as"),
        ('{light: {action: "#fff;}body{display:none"}}', "write it as"),
        ('{light: {acton: "#123456"}}', "not a color of the theme; these are: paper"),
        ('{night: {action: "#123456"}}', "write light and dark"),
    ],
)
def test_colors_that_are_none(demo: Path, capsys: pytest.CaptureFixture[str], value: str, said: str) -> None:
    configure(demo, "      # logo:", f"      colors: {value}\n      # logo:")
    assert cli.main(["build"]) == 2
    assert said in capsys.readouterr().err


def test_faint_colors_are_told_and_our_own_are_not_faint() -> None:
    assert next(iter(colors.faint({"light": {"action": "#999999"}}))).startswith("colors: light: action on paper: 2.")
    assert not list(colors.faint(colors.tokens()))
    assert round(colors.contrast("#000", "#ffffff"), 1) == 21.0


def test_a_logo_of_its_own(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    configure(demo, "# logo: logo.svg", "logo: logo.svg")
    assert cli.main(["build"]) == 2
    assert "logo: logo.svg" in capsys.readouterr().err
    (demo / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', encoding="utf-8")
    assert cli.main(["build"]) == 0
    text = page(demo, "fi")
    assert len(re.findall(r"assets/logo\.[0-9a-f]{8}\.svg", text)) == 2, "before the name and in the tab"
    assert next((demo / "site/assets").glob("logo.*.svg")).is_file()


def test_a_file_of_the_theme_and_a_word_of_its_own(demo: Path) -> None:
    configure(demo, "# custom_dir: theme ", "custom_dir: theme # ")
    (demo / "theme/pages").mkdir(parents=True)
    (demo / "theme/pages/home.css").write_text(".own{color:red}", encoding="utf-8")
    (demo / "locales/fi/LC_MESSAGES").mkdir(parents=True)
    (demo / "locales/fi/LC_MESSAGES/site.po").write_text('msgid ""\nmsgstr ""\n\nmsgid "Leave quickly"\nmsgstr "Häivy"\n', encoding="utf-8")
    assert cli.main(["build"]) == 0
    assert ".own{color:red}" in next((demo / "site/assets").glob("home.*.css")).read_text(encoding="utf-8")
    text = page(demo, "fi")
    assert ">Häivy</a>" in text and ">Siirry sisältöön</a>" in text, "other words are the package's"


def test_feedback_leads_to_the_form_of_the_language_with_the_service_filled_in(demo: Path) -> None:
    assert "issues/new" not in "".join(file.read_text(encoding="utf-8") for file in demo.glob("content/**/*.md"))
    configure(demo, "# feedback_url: https://github.com/OWNER/REPO", "feedback_url: https://github.com/talo/polku")
    assert cli.main(["build"]) == 0
    for language, path in {"fi": "fi/palvelut", "sv": "sv/tjanster", "en": "en/services", "uk": "uk/posluhy"}.items():
        address = f"https://github.com/talo/polku/issues/new?template=old-{language}.yml&amp;service=example-service"
        assert f'href="{address}"' in page(demo, f"{path}/example-service")
        assert (demo / f".github/ISSUE_TEMPLATE/old-{language}.yml").is_file()


def test_without_an_address_there_is_no_feedback_link(demo: Path) -> None:
    assert cli.main(["build"]) == 0
    assert "issues/new" not in page(demo, "fi/palvelut/example-service")


ARABIC = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Contact"\nmsgstr "التواصل"\n'


def test_arabic_is_a_line_and_a_catalogue(demo: Path) -> None:
    configure(demo, "languages: [fi, sv, en, uk]", "languages: [fi, sv, en, uk, ar]")
    (demo / "locales/ar/LC_MESSAGES").mkdir(parents=True)
    (demo / "locales/ar/LC_MESSAGES/site.po").write_text(ARABIC, encoding="utf-8")
    file = demo / "services/example-organization/example-service.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("  uk: Кав", "  ar: مقهى تجريبي\n  uk: Кав"), encoding="utf-8")
    assert cli.main(["check", "--quiet"]) == 0
    assert cli.main(["build"]) == 0
    text = page(demo, "ar/services/example-service")
    assert '<html lang="ar" dir="rtl">' in text
    assert "<h1>مقهى تجريبي</h1>" in text and '<h2 id="contact">التواصل</h2>' in text
    assert 'lang="ar" hreflang="ar"' in page(demo, "fi/palvelut/example-service")
    assert f'hreflang="ar" href="{configuration.read("mkdocs.yml").site_url}ar/services/example-service/"' in page(demo, "fi/palvelut/example-service")
    assert 'fi/yksityisyys/"><span lang="fi">Yksityisyys</span>' in text, "a page that Arabic lacks is the first language's"


def test_style_sheets_have_no_left_and_right() -> None:
    """What stands at the beginning of a line stands at its right in Arabic: only logical properties, but for what is on both sides."""
    wrong = re.compile(r"(?:margin|padding|border)-(?:left|right)\b|text-align:(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius")
    for file in (ROOT / "theme").rglob("*.css"):
        assert not wrong.findall(file.read_text(encoding="utf-8")), file
        for rule in re.findall(r"\{([^{}]*)\}", file.read_text(encoding="utf-8")):
            sides = set(re.findall(r"(?:^|;)(left|right):", rule))
            assert sides in (set(), {"left", "right"}), f"{file}: {rule}"


def test_the_wheel_alone_makes_and_builds_a_site(tmp_path: Path) -> None:
    """The Done-when: from the built wheel in an empty virtual environment, `apupolku init demo && cd demo && make site`.

    To stay quick and offline, the empty environment is given the packages that the wheel depends on by a .pth file that
    names the folder of the tests' environment; our own code there (an editable install) is not seen, since the wheel's
    files come first. By hand it was done with pip and the registry, too.
    """
    wheels = tmp_path / "wheels"
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", str(ROOT), "--no-deps", "--no-build-isolation", "--quiet", "--wheel-dir", str(wheels)], check=True, timeout=120
    )
    wheel = next(wheels.glob("apupolku-*.whl"))
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in ("theme/base.css", "locales/fi/LC_MESSAGES/site.po", "starter/mkdocs.yml", "services/terms/topics.yaml", ".github/workflows/publish.yml"):
        assert f"generator/{wanted}" in names
    assert not [name for name in names if "__pycache__" in name or "/tests/" in name or name.startswith("generator/services/lahden")]
    empty = tmp_path / "empty"
    venv.create(empty, with_pip=False, symlinks=True)
    own = Path(sysconfig.get_path("purelib", vars={"base": str(empty), "platbase": str(empty)}))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(own)
    (own / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    command = empty / "bin" / "apupolku"
    command.write_text(f"#!{empty}/bin/python\nimport sys\nfrom generator.cli import main\nsys.exit(main())\n", encoding="utf-8")
    command.chmod(0o755)
    environment = {"PATH": f"{empty / 'bin'}:{os.environ['PATH']}", "HOME": os.environ.get("HOME", str(tmp_path)), "LANG": "C.UTF-8"}
    where = subprocess.run(
        [empty / "bin/python", "-c", "import generator; print(generator.__file__)"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert where.stdout.startswith(str(own))
    done = subprocess.run(
        ["sh", "-c", "apupolku init demo && cd demo && make site"], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert 'data-service="example-service"' in page(tmp_path / "demo", "fi/palvelut/example-service")
