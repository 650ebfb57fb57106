"""A confidential address in whatever place and shape: the build fails, the old site stays, and the log does not tell it."""

from __future__ import annotations

import json
import shutil
import struct
import zlib
from pathlib import Path

import pytest

from generator import catalogue, cli, configuration, guard, plugin
from generator import site as site_files
from generator.catalogue import Catalogue
from generator.guard import Secret
from generator.settings import resources

HIDDEN = """\
locations:
  - confidential: yes
    name:
      fi: Käpylän piilotalo
      sv: Kottby gömställe
      uk: Схованка в Кяпюля
    address:
      address_1: Hämeenkatu 14 A 3
      postal_code: 33100
      city: Tampere
    description:
      fi: Ovi on kukkakaupan takana. Soita kelloa.
      uk: Двері за квітковим магазином, зателефонуйте.
"""
SECRETS = ("hämeenkatu", "hameenkatu", "käpylän", "33100", "kukkakaupan")


@pytest.fixture
def hidden(site: Path) -> Path:
    """The tiny site with a shelter whose confidential place says where it is, as it should not."""
    file = site / "services/talo/turvakoti.yaml"
    text = file.read_text(encoding="utf-8")
    assert "locations:\n  - confidential: yes\n" in text
    file.write_text(text.replace("locations:\n  - confidential: yes\n", HIDDEN), encoding="utf-8")
    return site


@pytest.fixture
def loaded(hidden: Path) -> Catalogue:
    found = catalogue.load(hidden / "services", hidden)
    assert not found.problems
    return found


@pytest.fixture
def secrets(loaded: Catalogue) -> tuple[Secret, ...]:
    return guard.secrets(loaded)


def build(root: Path) -> tuple[int, str]:
    """Build as the command does; what stood in the site before must still stand when it fails."""
    old = root / "out" / "index.html"
    old.parent.mkdir(exist_ok=True)
    old.write_text("the last site", encoding="utf-8")
    try:
        plugin.build(str(root / "mkdocs.yml"), str(root / "out"))
    except plugin.ProblemsFoundError as error:
        assert not any(word in str(error).casefold() for word in SECRETS), "the log must not tell it"
        return 1, str(error)
    return 0, ""


def change(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def place(root: Path, file: str, text: str) -> str:
    """“file:line:column” of the first place where `text` stands."""
    whole = (root / file).read_text(encoding="utf-8")
    at = whole.index(text)
    return f"{file}:{whole.count(chr(10), 0, at) + 1}:{at - whole.rfind(chr(10), 0, at)}"


def own_theme(root: Path) -> Path:
    """A copy of the theme that a test may change."""
    shutil.copytree(resources("theme"), root / "theme")
    change(root, "mkdocs.yml", str(resources("theme")), "theme")
    return root / "theme"


def test_a_place_that_is_kept_is_in_no_file(hidden: Path) -> None:
    assert build(hidden) == (0, "")
    for file in (hidden / "out").rglob("*"):
        if file.is_file():
            assert not any(word.encode() in file.read_bytes().lower() for word in ("hämeenkatu", "33100", "piilotalo"))


@pytest.mark.parametrize("text", ["Tule osoitteeseen Hämeenkatu 14.", "Olemme Hämeenkadulla.", "Käpylän piilotalossa saat apua.", "Ovi on kukkakaupan takana."])
def test_in_the_prose_of_another_service(hidden: Path, loaded: Catalogue, text: str) -> None:
    change(hidden, "services/tupa/unikoulu.yaml", "fi: Saat apua.", f"fi: {text}")
    status, said = build(hidden)
    assert status == 1 and f"{place(hidden, 'services/tupa/unikoulu.yaml', text)}: " in said and "[confidential-in-text]" in said
    assert (hidden / "out/index.html").read_text(encoding="utf-8") == "the last site"
    # without the rule, too: the files are looked through whoever else has looked
    loaded = catalogue.load(hidden / "services", hidden)
    settings = configuration.read(str(hidden / "mkdocs.yml"))
    site_files.make(loaded, settings, {})
    outputs = {problem.values["output"] for problem in loaded.problems if problem.code == "confidential-in-output"}
    assert {"fi/palvelut/unikoulu/index.html", "fi/aiheet/baby/index.html"} <= outputs
    assert any(output.startswith("data/") for output in outputs)
    assert {problem.place.file for problem in loaded.problems} == {"services/talo/turvakoti.yaml"}


def test_in_a_keyword(hidden: Path) -> None:
    with (hidden / "services/talo/perhetupa.yaml").open("a", encoding="utf-8") as file:
        file.write("keywords:\n  fi: [turvakoti hämeenkatu]\n")
    status, said = build(hidden)
    assert status == 1 and f"{place(hidden, 'services/talo/perhetupa.yaml', 'turvakoti hämeenkatu')}: " in said


def test_in_a_concept_of_the_search(hidden: Path) -> None:
    (hidden / "services/terms/concepts").mkdir()
    (hidden / "services/terms/concepts/x.yaml").write_text("id: x\nservices: [turvakoti]\nexpressions:\n  fi: [hämeenkatu 14]\n", encoding="utf-8")
    assert build(hidden)[0] == 1


def test_in_a_template(hidden: Path) -> None:
    theme = own_theme(hidden)
    home = theme / "pages/home.html"
    home.write_text(home.read_text(encoding="utf-8").replace("</h1>", "</h1><!-- H&auml;meen<wbr>katu&nbsp;14 -->", 1), encoding="utf-8")
    status, said = build(hidden)
    assert status == 1 and all(f"{language}/index.html" in said for language in ("fi", "sv", "en", "uk"))
    assert f"{place(hidden, 'services/talo/turvakoti.yaml', 'Hämeenkatu')}: " in said, "the place is that of the secret"
    assert (hidden / "out/index.html").read_text(encoding="utf-8") == "the last site"


def test_in_an_icon(hidden: Path) -> None:
    theme = own_theme(hidden)
    icon = theme / "icon.svg"
    icon.write_text(icon.read_text(encoding="utf-8").replace("</svg>", "<desc>H&#xE4;meenkatu 14</desc></svg>"), encoding="utf-8")
    status, said = build(hidden)
    assert status == 1 and "assets/icon." in said


def test_in_a_style_sheet(hidden: Path) -> None:
    theme = own_theme(hidden)
    with (theme / "base.css").open("a", encoding="utf-8") as file:
        file.write('\n.map::after{content:"H\\e4 meenkatu 14"}\n')
    status, said = build(hidden)
    assert status == 1 and "assets/base." in said


def test_in_a_page_of_words_before_the_old_site_is_gone(hidden: Path) -> None:
    with (hidden / "content/uk/about.md").open("a", encoding="utf-8") as file:
        file.write("\nHämeenkatu 14\n")
    status, said = build(hidden)
    assert status == 1 and "uk/about.md" in said
    assert (hidden / "out/index.html").read_text(encoding="utf-8") == "the last site"


def test_in_what_markdown_makes_of_a_page_of_words(hidden: Path) -> None:
    with (hidden / "content/fi/about.md").open("a", encoding="utf-8") as file:
        file.write("\nHämeen[katu][x]\n\n[x]: https://example.org/\n")
    status, said = build(hidden)
    assert status == 1 and "fi/about/index.html" in said
    assert not (hidden / "out/fi/about/index.html").exists()


def test_in_a_picture_beside_a_page_of_words(hidden: Path) -> None:
    (hidden / "content/fi/door.png").write_bytes(png(b"tEXt", b"Comment\0" + "Hämeenkatu 14".encode("latin-1")))
    assert build(hidden)[0] == 1


def test_in_the_name_of_a_file_and_the_log_does_not_say_it(hidden: Path) -> None:
    (hidden / "content/fi/hameenkatu-14.txt").write_text("x", encoding="utf-8")
    assert build(hidden)[0] == 1


def test_the_command_that_exports_stops_too(hidden: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def leaks(kind: str, *_: object) -> dict[str, bytes]:
        return {"services.json": json.dumps({"note": "Hämeenkatu 14"}).encode()}

    monkeypatch.setattr("generator.exports.one", leaks)
    monkeypatch.chdir(hidden)
    assert cli.main(["export", "--output", str(hidden / "data")]) == 1
    assert "services.json" in capsys.readouterr().err
    assert not (hidden / "data").exists()


def png(kind: bytes, body: bytes) -> bytes:
    """A PNG file with one chunk before its end."""
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), (kind, body), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(struct.pack(">I", len(b)) + k + b + struct.pack(">I", zlib.crc32(k + b)) for k, b in chunks)


def pdf(stream: bytes) -> bytes:
    packed = zlib.compress(stream)
    return b"%PDF-1.7\n1 0 obj<</Length " + str(len(packed)).encode() + b"/Filter/FlateDecode>>stream\n" + packed + b"\nendstream endobj\n"


STREET = "Hämeenkatu 14"
SHAPES = {
    "plain": STREET.encode(),
    "inflected": "asuu Hämeenkadulla yhä".encode(),
    "small letters": STREET.lower().encode(),
    "capitals": STREET.upper().encode(),
    "NBSP": "Hämeenkatu\u00a014".encode(),
    "many spaces": "Hämeenkatu \n\t  14".encode(),
    "soft hyphen": "Hämeen\u00adkatu 14".encode(),
    "zero width": "Hämeen\u200bkatu 14".encode(),
    "decomposed": "Ha\u0308meenkatu 14".encode(),
    "full width": "Ｈämeenkatu １４".encode(),
    "entities": b"H&auml;meenkatu&nbsp;14",
    "decimal entities": "".join(f"&#{ord(char)};" for char in STREET).encode(),
    "hexadecimal entities": "".join(f"&#x{ord(char):X};" for char in STREET).encode(),
    "JSON": json.dumps({"a": STREET}).encode(),
    "every letter escaped": ('{"a": "' + "".join(f"\\u{ord(char):04x}" for char in STREET) + '"}').encode(),
    "JavaScript": rb"'H\xe4meenkatu 14', '\u{48}\u{e4}meenkatu'",
    "JSON in an attribute": b'<p data-x="{&quot;a&quot;: &quot;H\\u00e4meenkatu&quot;}">',
    "percent": b"https://maps.example/?q=H%C3%A4meenkatu+14",
    "percent Latin-1": b"?q=H%E4meenkatu%2014",
    "percent twice": b"?q=H%25C3%25A4meenkatu",
    "percent u": b"?q=H%u00E4meenkatu",
    "address of a page": b"/fi/hameenkatu-14/",
    "tags between": "Hämeenkatu<br>14".encode(),
    "tags within": "<b>Hämeen</b><i>katu</i> 14".encode(),
    "attribute": '<p title="Hämeenkatu 14">'.encode(),
    "comment": "<!-- Hämeenkatu 14 -->".encode(),
    "style sheet": b'content:"H\\0000e4meenkatu 14"',
    "UTF-16": STREET.encode("utf-16"),
    "UTF-16 inside other bytes": b"\xff\xd8\xff\x01" + STREET.encode("utf-16-le") + b"\x00\xd9",
    "UTF-16 big endian at an odd place": b"\x00\x01\x02" + STREET.encode("utf-16-be"),
    "Latin-1": b"\xff\xd8" + STREET.encode("latin-1"),
    "postal code with its post office": b"33100 Tampere",
    "postal code in another order of keys": b'{"postal_code":"33100", "x":1}, 33100\nTAMPERE',
    "name": "Tervetuloa Käpylän piilotaloon".encode(),
    "name in another language": "Kottby GÖMSTÄLLE".encode(),
    "name in Cyrillic": json.dumps("Схованка в Кяпюля").encode(),
    "Cyrillic UTF-16": b"\x01" + "x Двері за квітковим магазином, зателефонуйте".encode("utf-16-le"),
    "a sentence of the description": "… ovi on kukkakaupan takana …".encode(),
    "PNG text": png(b"tEXt", b"Title\0" + STREET.encode("latin-1")),
    "PNG compressed text": png(b"zTXt", b"Title\0\0" + zlib.compress(STREET.encode("latin-1"))),
    "PNG international text": png(b"iTXt", b"Title\0\x01\0fi\0Otsikko\0" + zlib.compress(STREET.encode())),
    "PDF stream": pdf(b"BT (H\\344meenkatu 14) Tj ET"),
    "PDF letters moved": pdf(b"BT [(H\\344m) -20 (eenka) 15 (tu 14)] TJ ET"),
    "PDF title": b"%PDF-1.7\n/Title <"
    + STREET.encode("utf-16").hex().encode().replace(b"fffe", b"")
    + b">/T2 <FEFF"
    + STREET.encode("utf-16-be").hex().encode()
    + b">",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_seen(secrets: tuple[Secret, ...], shape: str) -> None:
    found = list(guard.search(secrets, {"a/file": b"x", "x/y": SHAPES[shape]}))
    assert {problem.values["output"] for problem in found} == {"x/y"}
    for problem in found:
        assert not any(word in problem.sentence().casefold() for word in SECRETS)


@pytest.mark.parametrize(
    "text",
    [
        "Tampere, Tampereella",
        "postinumero 33100",
        "puhelin 331 00 14",
        "Turvakoti, Skyddshemmet, Shelter, Притулок",
        "Hämeenlinnankatu 14",
        "Uusi Hameen 14 katu",
        "Soita kelloa.",
        "331001 Tampere",
        "Käpylä on kaunis",
    ],
)
def test_what_is_public_or_something_else_is_no_alarm(secrets: tuple[Secret, ...], text: str) -> None:
    assert list(guard.search(secrets, {"x": text.encode(), text: b""})) == []


def test_a_street_with_a_public_place_in_it_is_public_but_not_the_number(hidden: Path) -> None:
    change(
        hidden,
        "services/talo/perhetupa.yaml",
        "address_1: Katu 16\n      postal_code: 00100\n      city: Helsinki",
        "address_1: Hämeenkatu 20\n      postal_code: 33100\n      city: Tampere",
    )
    secrets = guard.secrets(catalogue.load(hidden / "services", hidden))
    for text, seen in [
        ("Hämeenkatu 20, 33100 Tampere", False),
        ("Hämeenkadulla", False),
        ("Hämeenkatu 14", True),
        ("Hämeenkadun talo 14", False),
        ("Hämeenkatu 140", False),
    ]:
        assert bool(list(guard.search(secrets, {"x": text.encode()}))) == seen, text


def test_the_same_address_without_confidential_is_an_error(hidden: Path) -> None:
    change(hidden, "services/talo/perhetupa.yaml", "address_1: Katu 16", "address_1: Hämeenkatu 14")
    status, said = build(hidden)
    assert status == 1 and "services/talo/perhetupa.yaml" in said


def test_a_name_that_is_public_elsewhere_is_no_secret(hidden: Path) -> None:
    change(hidden, "services/talo/turvakoti.yaml", "fi: Käpylän piilotalo", "fi: Turvakoti")
    secrets = guard.secrets(catalogue.load(hidden / "services", hidden))
    assert list(guard.search(secrets, {"x": b"Turvakoti"})) == []
    assert build(hidden) == (0, "")


def test_coordinates(hidden: Path) -> None:
    change(hidden, "services/talo/turvakoti.yaml", "fi: Ovi on kukkakaupan takana. Soita kelloa.", "fi: Kartalla 61.49787, 23,76095.")
    secrets = guard.secrets(catalogue.load(hidden / "services", hidden))
    for text, seen in [
        ('{"lat": 61.4979, "lon": 23.7610}', True),
        ('{"lat": 61.4987, "lon": 23.7610}', False),
        ("61.49787", True),
        ("geo:61.4978", True),
        ("23,760", True),
        ("161.497", False),
        ("61.49", False),
    ]:
        assert bool(list(guard.search(secrets, {"x": text.encode()}))) == seen, text


def test_nothing_is_read_where_nothing_is_confidential(site: Path) -> None:
    class Unread(dict[str, bytes]):
        def items(self) -> None:  # type: ignore[override]
            raise AssertionError("no file may be looked at")

    secrets = guard.secrets(catalogue.load(site / "services", site))
    assert secrets == ()
    assert list(guard.search(secrets, Unread())) == []


def test_a_file_that_is_damaged_stops_nothing(secrets: tuple[Secret, ...]) -> None:
    bad = {
        "a.png": b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffzTXt\x00x",
        "b.pdf": b"%PDF-1.7 stream\nxyz \\777 <FEF>",
        "c": b"\\u{110000} \\ud800 %ff &#xffffffff; \\ffffff \xff\xfe\x00",
    }
    assert list(guard.search(secrets, bad)) == []
