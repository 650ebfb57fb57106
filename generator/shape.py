"""What the model expects at each place of a file, for those who write files or describe them: `schema`, `formatting`.

A `Shape` says in a few words what pydantic's annotations say in many: a mapping with known keys, a text per language, a
list, or a scalar of one of the model's types.
"""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator import model
from generator.model import Concept, Organization, Service

Kind = Literal["object", "text", "words", "stamps", "stamp", "list", "scalar", "any"]

SCALARS: dict[Any, str] = {
    model.Id: "id",
    model.Plain: "plain",
    model.YesNo: "yes-no",
    model.Age: "age",
    model.Clock: "clock",
    model.Date: "date",
    model.Url: "url",
    model.Email: "email",
    model.PhoneNumber: "phone",
    model.PostalCode: "postal-code",
    model.Language: "language",
}
FILES: dict[str, type[BaseModel]] = {"service": Service, "organization": Organization, "concept": Concept}
"""The kinds of file that hold one mapping; vocabularies hold a list of terms (`catalogue.VOCABULARIES`)."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One place: its `kind`; `scalar` names a scalar's type ("choice" has `choices`); `item` is a list's or a map's part.

    `limit` is the most characters of a text per language, 0 for none.
    """

    kind: Kind
    scalar: str = ""
    choices: tuple[str, ...] = ()
    limit: int = 0
    item: Shape | None = None
    keys: Mapping[str, Shape] = field(default_factory=dict)
    model: type[BaseModel] | None = None


ANY = Shape("any")
_PLAIN = Shape("scalar", "plain")
_WORDS = Shape("words", item=Shape("list", item=_PLAIN))


def fields(kind: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields by the key that editors write, in the order of a file: what a model inherits stands where it belongs."""
    known = {info.alias or name: info for name, info in kind.model_fields.items()}
    own = [key for key in known if key not in model.Term.model_fields]
    if issubclass(kind, model.Term):
        names = [key for key in own if known[key].annotation == dict[str, str]]
        return {key: known[key] for key in ("id", "name", *names, "summary", "description", *(key for key in own if key not in names))}
    if not issubclass(kind, model.Contact) or kind is model.Contact:
        return known
    contact = {key: known.pop(key) for key in model.Contact.model_fields}
    ordered: dict[str, FieldInfo] = {}
    for key, info in known.items():
        if key == ("chat" if "chat" in known else "locations"):
            ordered |= contact
        ordered[key] = info
    return ordered


@functools.lru_cache(maxsize=64)
def of(kind: type[BaseModel]) -> Shape:
    """The shape of a model."""
    hints = typing.get_type_hints(kind, include_extras=True)
    names = {info.alias or name: name for name, info in kind.model_fields.items()}
    return Shape("object", keys={key: _shape(hints[names[key]]) for key in fields(kind)}, model=kind)


def _shape(hint: Any) -> Shape:
    """An annotation → its shape; `None` beside another type only says that the key may be left out."""
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return _shape(next(part for part in typing.get_args(hint) if part is not type(None)))
    if hint in (model.Text, model.Summary):
        return Shape("text", limit=model.SUMMARY_LIMIT if hint == model.Summary else 0, item=_PLAIN)
    if hint == model.Stamps:
        return Shape("stamps")
    if hint in SCALARS:
        return Shape("scalar", SCALARS[hint])
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Literal:
        return Shape("scalar", "choice", choices=arguments)
    if origin is tuple:
        return Shape("list", item=_shape(arguments[0]))
    if origin is dict:
        return _WORDS
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return of(hint)
    raise TypeError(f"no shape for {hint!r}")


def below(shape: Shape, step: str | int) -> Shape:
    """The shape one step further down; ANY where the model knows nothing of it."""
    if shape.kind == "object" and isinstance(step, str):
        return shape.keys.get(step, ANY)
    if shape.kind in ("text", "words") or (shape.kind == "list" and isinstance(step, int)):
        return shape.item or ANY
    return ANY
