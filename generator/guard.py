"""Confidential places: nothing of them may be in what is published, in whatever way it was written there.

`secrets` lists what must not be seen, `search` looks for it in every byte of the files that are about to be written,
`mentions` in the texts of the service files, where an editor can be told the very line. All is quick where no place is
confidential, and nothing is opened.

What is looked for, of each location with `confidential: yes`, in every language:

- the street with its number, and the street alone, also inflected (“Loviisankadulla”) and without dots (“Hameenkatu”);
- the postal code with its post office;
- the name; each sentence of every other text; coordinates, to three decimals (some 100 m).

What also stands in public facts is no secret, or every build would fail: a post office or a postal code alone; a street
alone, where a public location has an address in it; the postal code with its post office, where a public location has the
same; a name that stands in the name of a service, an organization, a term or a public location (“Turvakoti”); a sentence
that a public location says as well; sentences of fewer than three words. Prose never makes a thing public: that is where
secrets slip out. A street with its number never becomes public, either: where a second entry has the same address without
`confidential`, one of the two is wrong.

What is not recognized: an address in other letters (a transliteration), in a picture's dots, or described in other words.

A finding never quotes the secret: the logs of a build are public, too.
"""

from __future__ import annotations

import html
import re
import struct
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

from generator.catalogue import Catalogue
from generator.problems import N_, Place, Problem, declare
from generator.source import Document

IN_OUTPUT = declare(
    "confidential-in-output", "error", N_("“{key}” of this confidential location would be public in {output}; take it out of what that file is made of.")
)
IN_TEXT = declare(
    "confidential-in-text", "error", N_("The text tells “{key}” of a confidential location ({location}); take it out, or the site would publish it.")
)

_INFLATED = 8_000_000
"""Bytes of a compressed part of a PNG or PDF file that are looked at."""

_GAP = r"[\W_]{0,24}"
_BETWEEN = r"[\W_]{1,24}"
_WORD = re.compile(r"[^\W_]+")
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_TAG = re.compile(r"<[^<>]*>")
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2})|([nrtbf/\"'\\]))", re.IGNORECASE)
_CSS_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?", re.IGNORECASE)
_PERCENT = re.compile(r"(?:%[0-9a-f]{2})+", re.IGNORECASE)
_PERCENT_U = re.compile(r"%u([0-9a-f]{4})", re.IGNORECASE)
# Bytes that are no text look like letters of all the world when read as text; ours are these.
_NO_LETTERS = re.compile("[^ -~\u00a0\u00adåäöéüÅÄÖÉÜ\u0300-\u036f\u0400-\u04ff\u2010-\u201f]")
_DECIMAL = re.compile(r"(?<!\d)(\d{2})[.,](\d{3})\d*")
_STREET = re.compile(r"(.*?\D)[\s,]*(\d+).*\Z", re.DOTALL)

# How the endings of street names change when they are inflected: the nominative and the stem before a case ending.
_STEMS = {
    "katu": "kadu",
    "polku": "polu",
    "raitti": "raiti",
    "ranta": "ranna",
    "kaari": "kaare",
    "rinne": "rintee",
    "silta": "silla",
    "mäki": "mäe",
    "laita": "laida",
    "penger": "penkere",
    "niitty": "niity",
    "kenttä": "kentä",
}


class Secret(NamedTuple):
    """What must not be seen: where it is written, under which key, how it looks (`probe` stands in all that matches)."""

    place: Place
    key: str
    probe: str
    pattern: re.Pattern[str]


def secrets(catalogue: Catalogue) -> tuple[Secret, ...]:
    """All that the confidential locations of the catalogue say and that public facts do not."""
    hidden = list(_locations(catalogue, confidential=True))
    if not hidden:
        return ()
    public = _Public.of(catalogue)
    found: dict[str, Secret] = {}
    for document, index, tree in hidden:
        for path, key, pattern, probe in _needles(tree, public):
            for shape in dict.fromkeys(((pattern, probe), (_plain(pattern), _plain(probe)))):
                found.setdefault(shape[0], Secret(document.place(("locations", index, *path)), key, shape[1], re.compile(shape[0])))
    return tuple(found.values())


def search(secrets: Iterable[Secret], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Every secret that stands in a file or in its name: one finding for each secret and file."""
    secrets = tuple(secrets)
    if not secrets:
        return
    for name, data in files.items():
        named, shapes = set(_shapes(name)), {shape for text in _texts(data) for shape in _shapes(text)}
        told: set[tuple[Place, str]] = set()
        for secret in secrets:
            in_name = any(_stands(secret, shape) for shape in named)
            if (secret.place, secret.key) not in told and (in_name or any(_stands(secret, shape) for shape in shapes)):
                told.add((secret.place, secret.key))
                output = f"{name[:3]}…" if in_name else name
                yield Problem(IN_OUTPUT, secret.place, {"key": secret.key, "output": output})


def mentions(catalogue: Catalogue) -> Iterator[Problem]:
    """Texts of services, organizations and terms that tell a secret, each at its line."""
    found = secrets(catalogue)
    if not found:
        return
    for document in catalogue.documents.values():
        for path, text in _leaves(document.root):
            if "stamps" in path or _is_confidential(_location_of(document, path)):
                continue
            shapes = set(_shapes(text))
            secret = next((secret for secret in found if any(_stands(secret, shape) for shape in shapes)), None)
            if secret:
                where = f"{secret.place.file}:{secret.place.line}"
                yield Problem(IN_TEXT, document.place(path), {"key": secret.key, "location": where})


def _stands(secret: Secret, text: str) -> bool:
    return secret.probe in text and secret.pattern.search(text) is not None


# What is secret


class _Public(NamedTuple):
    """Facts that are public anyway, in the shape that texts are compared in."""

    streets: frozenset[str]
    offices: frozenset[str]
    names: tuple[str, ...]
    sentences: frozenset[str]

    @classmethod
    def of(cls, catalogue: Catalogue) -> _Public:
        """Addresses and sentences of public locations; names of all that has one."""
        streets: set[str] = set()
        offices: set[str] = set()
        sentences: set[str] = set()
        names: list[str] = []
        for _, _, tree in _locations(catalogue, confidential=False):
            for path, text in _leaves(tree):
                if path[-1] == "address_1":
                    streets.add(_words(_street(text)[0]))
                elif path[0] == "name":
                    names.append(_words(text))
                else:
                    sentences.update(_words(sentence) for sentence in _sentences(text))
            offices.add(_office(tree))
        for document in catalogue.documents.values():
            entries = document.root if isinstance(document.root, list) else [document.root]
            for entry in entries:
                for key in ("name", "locative", "accessibility"):
                    for _, text in _leaves(entry.get(key, "") if isinstance(entry, dict) else ""):
                        if key == "accessibility":
                            sentences.update(_words(sentence) for sentence in _sentences(text))
                        else:
                            names.append(_words(text))
        return cls(frozenset(streets), frozenset(offices - {""}), tuple(f" {name} " for name in dict.fromkeys(names) if name), frozenset(sentences))

    def names_hold(self, words: str) -> bool:
        """Whether a public name is `words` or has them in it."""
        return any(f" {words} " in name for name in self.names)


def _locations(catalogue: Catalogue, *, confidential: bool) -> Iterator[tuple[Document, int, dict[str, Any]]]:
    """The locations of all services and organizations as they are written, the confidential or the public ones."""
    for name, document in catalogue.documents.items():
        if not name.startswith(("services/", "organizations/")) or not isinstance(document.root, dict):
            continue
        places = document.root.get("locations")
        for index, tree in enumerate(places if isinstance(places, list) else ()):
            if isinstance(tree, dict) and _is_confidential(tree) == confidential:
                yield document, index, tree


def _is_confidential(tree: Any) -> bool:
    return isinstance(tree, dict) and str(tree.get("confidential", "")).strip().lower() in ("yes", "true")


def _location_of(document: Document, path: tuple[Any, ...]) -> Any:
    """The location that the text at `path` belongs to, None when it is no location's."""
    return document.root["locations"][path[1]] if len(path) > 1 and path[0] == "locations" and isinstance(path[1], int) else None


def _leaves(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Every text below `tree` with its path."""
    if isinstance(tree, str):
        yield path, tree
    elif isinstance(tree, dict):
        for key, part in tree.items():
            yield from _leaves(part, (*path, key))
    elif isinstance(tree, list):
        for index, part in enumerate(tree):
            yield from _leaves(part, (*path, index))


def _needles(tree: dict[str, Any], public: _Public) -> Iterator[tuple[tuple[Any, ...], str, str, str]]:
    """(path, key, pattern, probe) of all that a confidential location says and that is not public."""
    for path, text in _leaves(tree):
        key = path[-2] if len(path) > 1 and path[0] != "address" else path[-1]
        if key in ("confidential", "country", "postal_code", "city"):
            continue
        for whole, decimals in _DECIMAL.findall(text):
            if 19 <= int(whole) <= 32 or 59 <= int(whole) <= 71:  # Finland
                yield path, str(key), rf"(?<![\d.,]){whole}[.,]{decimals}", decimals
        if key == "address_1":
            yield from ((path, key, *shape) for shape in _address(text, public))
        elif path[0] == "name":
            words = _words(text)
            if len(words) >= 4 and not public.names_hold(words):
                yield path, "name", *_phrase(words, inflected=True)
        else:
            for sentence in map(_words, _sentences(text)):
                if sentence.count(" ") >= 2 and len(sentence) >= 16 and sentence not in public.sentences and not public.names_hold(sentence):
                    yield path, str(key), *_phrase(sentence, inflected=False)
    office = _office(tree)
    if office and office not in public.offices:
        yield ("address", "postal_code"), "postal_code", *_phrase(office, inflected=False)


def _address(text: str, public: _Public) -> Iterator[tuple[str, str]]:
    street, number = _street(text)
    words = _words(street)
    if not words:
        return
    last = words.rpartition(" ")[2]
    ending = next((ending for ending in _STEMS if last.endswith(ending)), "")
    if ending:
        kept = words[: -len(ending)]
        stem = _STEMS[ending]
        shared = next(index for index in range(len(ending)) if ending[index] != stem[index])
        pattern, probe = f"{_tokens(kept)}(?:{ending}|{stem})", (kept.rpartition(" ")[2] + ending[:shared])
    else:
        pattern, probe = _tokens(words), last
    pattern = rf"(?<![^\W_]){pattern}" + (r"[^\W\d_]{0,6}" if len(words) >= 6 else "")
    if number:
        yield rf"{pattern}{_GAP}{number}(?!\d)", probe
    if len(words) >= 6 and words not in public.streets and not public.names_hold(words):
        yield pattern, probe


def _street(text: str) -> tuple[str, str]:
    """“Loviisankatu 14 A 3” → ("Loviisankatu", "14")."""
    match = _STREET.match(_fold(text))
    return (match[1].strip(), match[2]) if match else (text, "")


def _office(tree: dict[str, Any]) -> str:
    """“15100 lahti”, or "" where one of the two is missing."""
    address = tree.get("address")
    parts = [_words(str(address.get(key, ""))) for key in ("postal_code", "city")] if isinstance(address, dict) else []
    return " ".join(parts) if parts and all(parts) else ""


def _phrase(words: str, *, inflected: bool) -> tuple[str, str]:
    last = words.rpartition(" ")[2]
    end = r"[^\W\d_]{0,6}" if inflected and len(last) >= 5 else r"(?![^\W_])"
    return rf"(?<![^\W_]){_tokens(words)}{end}", max(words.split(" "), key=len)


def _tokens(words: str) -> str:
    """A pattern of the words with whatever is no letter or digit between them."""
    return re.sub(" +", lambda _: _BETWEEN, re.escape(words).replace("\\ ", " "))


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?…])\s+|\n\s*\n|[;|]", text)


def _words(text: str) -> str:
    """`text` as words divided by one space."""
    return " ".join(_WORD.findall(_fold(text)))


def _fold(text: str) -> str:
    """`text` in the shape that is compared: one form of each letter, small, without what cannot be seen."""
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return text.casefold()


def _plain(text: str) -> str:
    """Without the dots of å, ä and ö, as in addresses of pages and names of files."""
    return text.translate(str.maketrans("åäöéü", "aaoeu"))


# In what shapes a text can stand in a file


def _shapes(text: str) -> Iterator[str]:
    """`text` as it is, decoded, and both without tags: within words (“Loviisan<wbr>katu”) and between them (“14<br>15100”)."""
    readings = [text, _decoded(text)]
    if "\\" in text:
        readings.append(_CSS_ESCAPE.sub(lambda match: _character(match[1]), text))
    for reading in dict.fromkeys(readings):
        folded = _fold(reading)
        yield folded
        if "<" in folded:
            yield _TAG.sub("", folded)
            yield _TAG.sub(" ", folded)


def _decoded(text: str) -> str:
    """Without the escapes of HTML, JSON, JavaScript and addresses, one inside the other up to four deep."""
    for _ in range(4):
        before = text
        if "&" in text:
            text = html.unescape(text)
        if "\\" in text:
            text = _ESCAPE.sub(_unescaped, text)
            if any("\ud800" <= char <= "\udfff" for char in text):
                text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if "%" in text:
            text = _PERCENT_U.sub(lambda match: _character(match[1]), _PERCENT.sub(_unquoted, text))
        if text == before:
            break
    return text


def _unescaped(match: re.Match[str]) -> str:
    if match[4]:
        return match[4] if match[4] in "/\"'\\" else " "
    return _character(match[1] or match[2] or match[3])


def _character(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if 0 < code < 0x110000 else " "


def _unquoted(match: re.Match[str]) -> str:
    data = unquote_to_bytes(match[0])
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _texts(data: bytes) -> Iterator[str]:
    """The texts that the bytes of a file can be read as: UTF-8, Latin-1, UTF-16, and what PNG and PDF files hold inside."""
    try:
        yield data.decode()
    except UnicodeDecodeError:
        yield data.decode(errors="replace")
        yield _NO_LETTERS.sub(" ", data.decode("latin-1"))
    if b"\0" in data or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield _NO_LETTERS.sub(" ", data.replace(b"\0", b"").decode("latin-1"))
        for codec in ("utf-16-le", "utf-16-be"):
            for start in (0, 1):
                yield _NO_LETTERS.sub(" ", data[start:].decode(codec, "replace"))
    if data.startswith(b"\x89PNG"):
        for part in _png(data):
            yield from _texts(part)
    elif b"%PDF-" in data[:1024]:
        yield from _pdf(data)


def _png(data: bytes) -> Iterator[bytes]:
    """The compressed texts of a PNG file's chunks (zTXt, iTXt); what is not compressed is seen in the file itself."""
    at = 8
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        if kind in (b"zTXt", b"iTXt"):
            for start in range(body.find(b"\0"), min(len(body), 400)):
                if body[start : start + 1] == b"\x78":  # where zlib data begins
                    inflated = _inflated(body[start:])
                    if inflated:
                        yield inflated
                        break
        at += 12 + length


def _pdf(data: bytes) -> Iterator[str]:
    """The streams of a PDF file, inflated, and the strings in them and beside them."""
    parts = [data, *(_inflated(data[match.end() :]) for match in re.finditer(rb"stream\r?\n", data))]
    for part in filter(None, parts):
        text = part.decode("latin-1")
        yield text
        # (Lovii) -20 (sankatu): letters moved closer; \344: a letter by its number; <FEFF004C>: letters in hexadecimal
        text = re.sub(r"\)\s*-?[\d.]*\s*\(", "", text)
        text = re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8) & 255), text)
        yield text.replace("\0", "")
        strings = [bytes.fromhex(match) for match in re.findall(r"<((?:[0-9A-Fa-f]{2})+)>", text)]
        yield " ".join(string[2:].decode("utf-16-be", "ignore") if string.startswith(b"\xfe\xff") else string.decode("latin-1") for string in strings)


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _INFLATED)
    except zlib.error:
        return b""
