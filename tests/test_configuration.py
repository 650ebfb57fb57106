"""mkdocs.yml read without MkDocs says what it says in a build."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from mkdocs.config import load_config

from generator import configuration
from generator.plugin import ApupolkuPlugin

ROOT = Path(__file__).resolve().parent.parent


def in_a_build(file: Path) -> object:
    """The Settings that a build of the file would have."""
    config = load_config(config_file=str(file))
    plugin = config.plugins[configuration.NAME]
    assert isinstance(plugin, ApupolkuPlugin)
    plugin.on_config(config)
    return plugin.settings


@pytest.mark.parametrize("file", [ROOT / "mkdocs.yml", ROOT / "tests/site/mkdocs.yml"], ids=["ours", "tiny"])
def test_commands_and_builds_read_the_same(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://palvelut.example/polku")
    assert configuration.read(str(file)) == in_a_build(file)


@pytest.mark.parametrize(
    "text",
    [
        "plugins: [apupolku]\n",
        "plugins: {apupolku: {languages: [fi]}}\ndocs_dir: .\n",
        "plugins:\n  - search\n  - apupolku:\n      exit_url:\n      freshness: {note: 3}\ntheme: material\n",
        "INHERIT: base.yml\nplugins: [apupolku]\n",
        "site_url: !ENV [NO_SUCH_ADDRESS, https://a.example]\nplugins: [apupolku]\n",
    ],
)
def test_every_way_to_write_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "base.yml").write_text("site_url: https://b.example/\n", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    file = tmp_path / "sub" / "mkdocs.yml" if "docs_dir" in text else tmp_path / "mkdocs.yml"
    file.parent.mkdir(exist_ok=True)
    if "docs_dir" in text:
        (file.parent / "content").mkdir()
        text = text.replace("docs_dir: .", "docs_dir: content")
    file.write_text(f"site_name: Oma\n{text}", encoding="utf-8")
    assert configuration.read(str(file)) == in_a_build(file)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("site_name: Oma\nplugins: [search]\n", "add it"),
        ("plugins: [apupolku]\n", "site_name"),
        ("site_name: Oma\nplugins:\n  - apupolku: {languages: fi}\n", "languages: write a list"),
        ("site_name: Oma\nplugins:\n  - apupolku: {search: maybe}\n", "search: write true or false"),
        ("site_name: [\n", "parsing"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(configuration.FAILURES, match=said):
        configuration.read(str(file))


def test_an_unknown_option_is_told_and_passed_over(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_text("site_name: Oma\nplugins:\n  - apupolku: {langauges: [fi]}\n", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        assert configuration.read(str(file)).languages == ("fi", "sv", "en", "uk")
    assert "langauges" in caplog.text
