"""/admin/: off unless asked for, made from the model, and nothing of it asks another host."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import everything
import jsonschema
import pytest
from mkdocs.exceptions import ConfigurationError

from generator import admin, configuration, plugin, shape
from generator.admin import fields, labels
from generator.catalogue import VOCABULARIES, Catalogue
from generator.settings import Admin, Settings
from generator.shape import Shape

ROOT = Path(__file__).parent.parent
MODULES = ROOT / "node_modules"
CMS = MODULES / "@sveltia" / "cms"
TEST = {"name": "test-repo"}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """One in which every field is used."""
    return everything.load(tmp_path_factory.mktemp("everything"))


@pytest.fixture
def own(settings: Settings) -> Settings:
    return dataclasses.replace(settings, admin=Admin(TEST, modules=MODULES))


@pytest.fixture
def made(catalogue: Catalogue, own: Settings) -> dict[str, Any]:
    """The CMS's configuration."""
    return fields.configuration(catalogue, own, PurePosixPath("services"))


def collection(made: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(entry for entry in made["collections"] if entry["name"] == name)
    return found


def paths(part: Shape, path: str = "") -> Iterator[str]:
    """Every place that the model knows below a shape; an entry of a list stands for all of them."""
    yield path
    if part.kind in ("object",):
        for key, inner in part.keys.items():
            yield from paths(inner, f"{path}.{key}")
    elif part.kind in ("text", "words"):
        yield from (f"{path}.{code}" for code in ("fi", "sv", "en", "uk"))
    elif part.kind == "list" and part.item and part.item.kind != "scalar":
        yield from paths(part.item, path)


def offered(form: list[dict[str, Any]], path: str = "") -> Iterator[str]:
    """Every place that the fields of a form offer."""
    for field in form:
        yield f"{path}.{field['name']}"
        yield from offered(field.get("fields", []), f"{path}.{field['name']}")


@pytest.mark.parametrize("kind", shape.FILES)
def test_every_field_of_the_model_is_in_the_form(made: dict[str, Any], kind: str) -> None:
    form = set(offered(collection(made, kind)["fields"]))
    assert set(paths(shape.of(shape.FILES[kind]))) - {""} <= form
    extra = {f".{fields.MARK}"} | {place for place in form if re.search(r"\.(keywords|expressions)\.", place)}
    assert form - extra <= set(paths(shape.of(shape.FILES[kind])))


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_field_of_a_term_is_in_the_form(made: dict[str, Any], name: str) -> None:
    file = next(file for file in collection(made, "terms")["files"] if file["name"] == name)
    assert file["file"] == f"services/terms/{name}.yaml" and file["fields"][0]["root"]
    assert set(offered(file["fields"][0]["fields"])) == (set(paths(shape.of(VOCABULARIES[name]))) | {f".{fields.MARK}"}) - {""}


def test_the_cms_takes_the_configuration(made: dict[str, Any]) -> None:
    """Its own schema knows every option; one that it does not know would be passed over in silence."""
    schema = json.loads((CMS / "schema" / "sveltia-cms.json").read_text(encoding="utf-8"))
    assert not [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(made)]


def inputs(form: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for field in form:
        yield field
        yield from inputs(field.get("fields", []))


def test_relations_vocabularies_and_patterns(made: dict[str, Any], catalogue: Catalogue) -> None:
    found = {field["name"]: field for field in inputs(collection(made, "service")["fields"])}
    assert (found["organization"]["widget"], found["organization"]["collection"]) == ("relation", "organization")
    for key in ("before", "beside", "after"):
        assert (found[key]["widget"], found[key]["collection"], found[key]["multiple"]) == ("relation", "service", True)
    for key in ("topics", "target_groups", "service_areas", "municipalities", "channels", "referrers"):
        assert found[key]["widget"] == "select" and found[key]["multiple"] and len(found[key]["options"]) > 1
    assert {option["value"]: option["label"] for option in found["topics"]["options"]} == {
        id_: term.name["fi"] for id_, term in catalogue.terms["topics"].items()
    }
    assert {option["value"]: option["label"] for option in found["threshold"]["options"]}["referral"] == "Ammattilaisen kautta"
    pattern, message = found["number"]["pattern"]
    assert re.match(pattern, "0442700797") and not re.match(pattern, "soita") and "044 123 4567" in message
    assert found["id"]["required"] and not found["alert"]["required"]


def test_every_field_and_choice_has_words_in_each_language_of_editors(catalogue: Catalogue, own: Settings) -> None:
    """No field shows its key, and no code stands for itself; a text is never numbered, dated or made a yes by the CMS."""
    for language in ("fi", "sv"):
        there = fields.configuration(catalogue, dataclasses.replace(own, languages=(language, "en")), PurePosixPath("services"))
        for entry in there["collections"]:
            forms = [entry["fields"]] if "fields" in entry else [file["fields"] for file in entry["files"]]
            for field in (field for form in forms for field in inputs(form) if field["widget"] != "hidden"):
                assert field["label"] not in (field["name"], ""), field
                assert field["widget"] in ("string", "text", "select", "relation", "list", "object"), field
    assert set(labels.LABELS) == {key for model in (*shape.FILES.values(), *VOCABULARIES.values()) for place in paths(shape.of(model)) for key in place.split(".")} - {
        "", "fi", "sv", "en", "uk"
    }  # fmt: skip


def test_an_ordinary_site_has_none_of_it(site: Path, tmp_path: Path) -> None:
    plugin.build(str(site / "mkdocs.yml"), str(tmp_path / "out"))
    assert not (tmp_path / "out" / "admin").exists()
    assert "admin" not in "".join((tmp_path / "out" / name).read_text(encoding="utf-8") for name in ("_headers", ".htaccess", "sitemap.xml"))


def asked(root: Path, option: str) -> Path:
    """The tiny site's mkdocs.yml with the option `admin`."""
    file = root / "mkdocs.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("  - apupolku:\n", f"  - apupolku:\n      admin: {option}\n"), encoding="utf-8")
    return file


def test_a_site_that_asks_for_it_has_all_of_it(site: Path, tmp_path: Path) -> None:
    plugin.build(str(asked(site, f"{{backend: {{name: test-repo}}, modules: {MODULES}}}")), str(tmp_path / "out"))
    out = tmp_path / "out" / "admin"
    page = (out / "index.html").read_text(encoding="utf-8")
    assert '<meta name="robots" content="noindex">' in page and "{{" not in page
    assert re.search(r'http-equiv="Content-Security-Policy" content="default-src \'none\';[^"]* script-src \'self\'', page)
    assert "admin" not in (tmp_path / "out" / "sitemap.xml").read_text(encoding="utf-8")
    for script in (*out.glob("*.js"), out / "index.html"):
        for name in re.findall(r'(?:from |src=)"(\./[^"]+|[a-z.]+\.js)"', script.read_text(encoding="utf-8")):
            assert (script.parent / name).is_file(), (script.name, name)
    assert "MIT" in (out / "sveltia-cms" / "LICENSE.txt").read_text(encoding="utf-8") and (out / "yaml" / "LICENSE").is_file()
    bundle = (out / "sveltia-cms" / "npm" / "index.js").read_text(encoding="utf-8")
    assert "jsdelivr" not in bundle
    for name in re.findall(r"url\((sveltia-cms/[^)]+)\)", bundle) + re.findall(r"\.\./(locales/[A-Za-z-]+\.js)`", bundle):
        assert (out / name).is_file() or (out / "sveltia-cms" / name).is_file(), name
    assert not list(out.rglob("*.map"))
    told = json.loads((out / "config.json").read_text(encoding="utf-8"))
    assert told["languages"] == ["fi", "sv", "en", "uk"] and told["configuration"]["load_config_file"] is False


def test_without_the_packages_the_build_says_what_to_do(site: Path, tmp_path: Path) -> None:
    with pytest.raises(admin.PackageError, match=r"npm install --save-dev --save-exact @sveltia/cms@[0-9.]+ yaml@[0-9.]+"):
        plugin.build(str(asked(site, "{backend: {name: test-repo}}")), str(tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_another_version_is_refused(catalogue: Catalogue, own: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "@sveltia" / "cms"
    folder.mkdir(parents=True)
    (folder / "package.json").write_text('{"version": "0.1.0"}', encoding="utf-8")
    with pytest.raises(admin.PackageError, match=r"0\.1\.0.*only 0\."):
        admin.files(catalogue, dataclasses.replace(own, admin=Admin(TEST, modules=tmp_path)))


def test_a_bundle_that_is_built_otherwise_is_refused(catalogue: Catalogue, own: Settings, tmp_path: Path) -> None:
    shutil.copytree(CMS, tmp_path / "@sveltia" / "cms", ignore=shutil.ignore_patterns("*.map", "dist"))
    (tmp_path / "yaml").symlink_to(MODULES / "yaml")
    (tmp_path / "@sveltia" / "cms" / "npm" / "index.js").write_text("export default {}", encoding="utf-8")
    with pytest.raises(admin.PackageError, match="not built as it was"):
        admin.files(catalogue, dataclasses.replace(own, admin=Admin(TEST, modules=tmp_path)))


def test_the_packages_are_pinned_as_they_were_tested() -> None:
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert {name: wanted[name] for name in admin.PACKAGES} == admin.PACKAGES


@pytest.mark.parametrize(
    ("backend", "hosts"),
    [
        (TEST, []),
        ({"name": "github", "repo": "a/b"}, ["https://api.github.com", "https://avatars.githubusercontent.com"]),
        ({"name": "github", "repo": "a/b", "api_root": "https://git.example.fi/api/v3"}, ["https://git.example.fi"]),
        (
            {"name": "github", "repo": "a/b", "base_url": "https://login.example.fi"},
            ["https://api.github.com", "https://avatars.githubusercontent.com", "https://login.example.fi"],
        ),
        ({"name": "gitlab", "repo": "a/b"}, ["https://gitlab.com"]),
        ({"name": "gitea", "repo": "a/b", "base_url": "https://codeberg.org", "api_root": "https://codeberg.org/api/v1"}, ["https://codeberg.org"]),
    ],
)
def test_no_other_host_than_the_backends(backend: dict[str, str], hosts: list[str]) -> None:
    said = admin.policy(Admin(backend))
    assert [part for part in said["connect-src"].split() if part.startswith("https:")] == hosts
    assert {part for value in said.values() for part in value.split() if re.match(r"https?:|\*", part)} == set(hosts)
    assert said["default-src"] == "'none'" and said["script-src"] == "'self'"


@pytest.mark.parametrize(
    "option",
    ["{backend: {name: ftp}}", "{publish_mode: simple}", "{backend: {name: test-repo}, publish_mode: later}", "{backend: {name: test-repo}, folder: x}"],
)
def test_an_option_that_is_not_known_is_told(site: Path, option: str) -> None:
    with pytest.raises(ConfigurationError, match="admin: "):
        configuration.read(str(asked(site, option)))


def test_pull_requests_are_passed_on(catalogue: Catalogue, own: Settings) -> None:
    backend = {"name": "github", "repo": "talo/apu", "branch": "main"}
    settings = dataclasses.replace(own, admin=Admin(backend, "editorial_workflow", MODULES))
    there = fields.configuration(catalogue, settings, PurePosixPath("sisalto/services"))
    assert there["backend"] == backend and there["publish_mode"] == "editorial_workflow"
    assert collection(there, "concept")["folder"] == "sisalto/services/terms/concepts"
