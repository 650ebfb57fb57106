"""Pictures of ways: where the dots, lines and words of an inline SVG stand. Drawn by `theme/components/map/map.html`.

Units are pixels at full size. Dots carry the numbers that the list beside the picture has; `Picture.label` says the whole
picture in words. Right-to-left languages get the mirror image. A page pays for every byte of it: arrows are one path.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.localise.views import Card, PathStop, PathView

RADIUS = 14
_ROW = 34
_SIDE = 118
_HALF = 138
_LANE = 56


class Dot(NamedTuple):
    """A service: its middle, its number, and its threshold's code."""

    x: int
    y: int
    number: int
    code: str


class Caption(NamedTuple):
    """A word in the picture: `anchor` as SVG's text-anchor."""

    x: int
    y: int
    anchor: str
    text: str


class Shape(NamedTuple):
    """What is drawn, alike on many pages: `box` is SVG's viewBox; `arrows` and `beside` are path data; `here`: the page's own
    service stands in the middle, at 0 0."""

    box: tuple[int, int, int, int]
    dots: tuple[Dot, ...]
    arrows: str
    beside: str = ""
    here: bool = False
    captions: tuple[Caption, ...] = ()


class Picture(NamedTuple):
    """A shape and its words for screen readers."""

    shape: Shape
    label: str


def _spread(count: int, gap: int = _ROW) -> list[int]:
    """Positions of `count` things around 0, `gap` from each other."""
    return [round((index - (count - 1) / 2) * gap) for index in range(count)]


def _said(parts: Iterable[tuple[str, Iterable[Card]]]) -> str:
    """“Before this: A, B. After this: C.”"""
    return " ".join(f"{name}: {', '.join(card.name.text for card in cards)}." for name, cards in parts)


def _curve(x: int, y: int, dx: int, dy: int) -> str:
    """A line that leaves and arrives level."""
    return f"M{x} {y}h{dx}" if not dy else f"M{x} {y}c{dx // 2} 0 {dx // 2} {dy} {dx} {dy}"


def _tip(side: int) -> str:
    """The tip of an arrow that points to the right (1) or the left (-1), after a level line."""
    return "m-5-4 5 4-5 4" if side > 0 else "m5-4-5 4 5 4"


def stretch(before: Sequence[Card], beside: Sequence[Card], after: Sequence[Card], words: tuple[str, str, str], direction: str = "ltr") -> Picture | None:
    """One service in the middle, before it on one side, after it on the other, beside it below; None where nothing is
    known. `words`: what the three are called in the label."""
    if not (before or beside or after):
        return None
    shape = _drawn(*(tuple([card.threshold.code for card in cards]) for cards in (before, beside, after)), -1 if direction == "rtl" else 1)
    return Picture(shape, _said((word, some) for word, some in zip(words, (before, beside, after), strict=True) if some))


@functools.lru_cache(maxsize=4096)
def _drawn(before: tuple[str, ...], beside: tuple[str, ...], after: tuple[str, ...], turn: int) -> Shape:
    """The shape of a stretch, which depends on the thresholds only; `turn` is -1 for right-to-left languages."""
    rise = (max(len(before), len(after), 1) - 1) * _ROW // 2
    below = max(rise, 24) + _ROW
    arrows = lines = ""
    places: list[tuple[int, int]] = []
    for y in _spread(len(before)):
        places.append((-turn * _SIDE, y))
        arrows += _curve(-turn * (_SIDE - RADIUS), y, turn * (_SIDE - 2 * RADIUS - 2), -y)
    arrows += _tip(turn) if before else ""
    for x in _spread(len(beside)):
        places.append((turn * x, below))
        lines += f"M0 {RADIUS}" + (f"C0 {below - RADIUS} {turn * x} {RADIUS} {turn * x} {below - RADIUS}" if x else f"V{below - RADIUS}")
    for y in _spread(len(after)):
        places.append((turn * _SIDE, y))
        arrows += _curve(turn * RADIUS, 0, turn * (_SIDE - 2 * RADIUS - 2), y) + _tip(turn)
    top, bottom = -rise - RADIUS - 2, (below if beside else rise) + RADIUS + 2
    half = max(_HALF, *(abs(x) + RADIUS + 2 for x, _ in places))
    codes = (*before, *beside, *after)
    dots = tuple(Dot(x, y, number, code) for number, ((x, y), code) in enumerate(zip(places, codes, strict=True), 1))
    return Shape((-half, top, 2 * half, bottom - top), dots, arrows, lines, True)


def whole(view: PathView, direction: str = "ltr") -> Picture:
    """A column for each stage, from the lowest threshold to everyday life; a lane for each area, the widest in the middle of
    them, since it leads to all; an arrow for each way from one service on."""
    turn = -1 if direction == "rtl" else 1
    stops = {stop.number: (column, stop) for column, stage in enumerate(view.stages) for stop in stage.stops}
    used = [area for area in view.areas if any(stop.area == area.id for _, stop in stops.values())]
    lanes = [*used[1 : (len(used) + 1) // 2], *used[:1], *used[(len(used) + 1) // 2 :]] if len(used) > 2 else used
    columns = [turn * x for x in _spread(len(view.stages), 2 * (_HALF - RADIUS - 8) // max(len(view.stages) - 1, 1))]
    dots: dict[int, Dot] = {}
    captions = []
    top = 0
    for lane in lanes:
        cells = [[stop for stop in stage.stops if stop.area == lane.id] for stage in view.stages]
        height = max(_LANE, *(_height(cell) for cell in cells))
        captions.append(Caption(-turn * (_HALF + 14), top + 14, "start", lane.name.text))
        for x, cell in zip(columns, cells, strict=True):
            dots.update(_cell(x, top + 22 + height // 2, cell))
        top += height + 26
    ways = [(dots[one], dots[other]) for one, other in view.edges]
    label = _said((stage.name, (stop.card for stop in stage.stops)) for stage in view.stages)
    ordered = tuple(dots[number] for number in sorted(dots))
    arrows = "".join([_way(start, end) for start, end in ways])
    return Picture(Shape((-_HALF - 16, 0, 2 * _HALF + 32, top), ordered, arrows, captions=tuple(captions)), label)


def _height(cell: Sequence[PathStop]) -> int:
    return (len(cell) - 1) * (_ROW if len(cell) < 4 else 22) + 2 * RADIUS + 6 if cell else 0


def _cell(x: int, y: int, cell: Sequence[PathStop]) -> Iterable[tuple[int, Dot]]:
    """Dots of one stage and area: one below the other, or, of many, to the left and the right in turn."""
    many = len(cell) > 3
    for index, (stop, down) in enumerate(zip(cell, _spread(len(cell), 22 if many else _ROW), strict=True)):
        yield stop.number, Dot(x + (17 if index % 2 else -17) * many, y + down, stop.number, stop.card.threshold.code)


@functools.lru_cache(maxsize=65536)  # the same in every language
def _way(start: Dot, end: Dot) -> str:
    """An arrow between two dots: a curve from column to column, a straight line within one."""
    if abs(end.x - start.x) > 4 * RADIUS:
        side = 1 if end.x > start.x else -1
        return _curve(start.x + side * RADIUS, start.y, end.x - start.x - side * (2 * RADIUS + 2), end.y - start.y) + _tip(side)
    angle = math.atan2(end.y - start.y, end.x - start.x)
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = end.x - (RADIUS + 2) * cos, end.y - (RADIUS + 2) * sin
    tips = [(x - 5 * cos - wing * sin, y - 5 * sin + wing * cos) for wing in (4, -4)]
    points = [(start.x + RADIUS * cos, start.y + RADIUS * sin), (x, y), tips[0], (x, y), tips[1]]
    (a, b), (c, d), (e, f), _, (g, h) = [(round(px), round(py)) for px, py in points]
    return f"M{a} {b}L{c} {d}M{e} {f}L{c} {d} {g} {h}"
