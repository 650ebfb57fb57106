"""Pictures of ways: where the dots, lines and words of an inline SVG stand. Drawn by `theme/components/map/map.html`.

Units are pixels at full size. Dots carry the numbers that the list beside the picture has; `Picture.label` says the whole
picture in words. Right-to-left languages get the mirror image.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.localise.views import Card, PathView

RADIUS = 14
_ROW = 36
_SIDE = 118
_WIDTH = 340


class Dot(NamedTuple):
    """A service: its middle, its number, and its threshold's code."""

    x: int
    y: int
    number: int
    code: str


class Caption(NamedTuple):
    """A word beside a column: `anchor` as SVG's text-anchor."""

    x: int
    y: int
    anchor: str
    text: str


class Picture(NamedTuple):
    """`box` is SVG's viewBox; `here`: the middle of the page's own service; `arrows` and `beside` are path data, `arrows`
    ending where the way leads."""

    box: tuple[int, int, int, int]
    label: str
    dots: tuple[Dot, ...]
    arrows: tuple[str, ...]
    beside: tuple[str, ...] = ()
    here: tuple[int, int] | None = None
    captions: tuple[Caption, ...] = ()


def _spread(count: int, gap: int = _ROW) -> list[int]:
    """Positions of `count` things around 0, `gap` from each other."""
    return [round((index - (count - 1) / 2) * gap) for index in range(count)]


def _said(parts: Iterable[tuple[str, Iterable[Card]]]) -> str:
    """“Before this: A, B. After this: C.”"""
    return " ".join(f"{name}: {', '.join(card.name.text for card in cards)}." for name, cards in parts)


def stretch(before: Sequence[Card], beside: Sequence[Card], after: Sequence[Card], words: tuple[str, str, str], direction: str = "ltr") -> Picture | None:
    """One service in the middle, before it on one side, after it on the other, beside it below; None where nothing is
    known. `words`: the three captions."""
    if not (before or beside or after):
        return None
    turn = -1 if direction == "rtl" else 1
    dots: list[Dot] = []
    captions: list[Caption] = []
    arrows: list[str] = []
    lines: list[str] = []
    rise = 0
    for cards, side in ((before, -turn), (after, turn)):
        x, gap = side * _SIDE, side * (RADIUS + 8)
        for card, y in zip(cards, _spread(len(cards)), strict=True):
            start, end = ((x - side * RADIUS, y), (gap, 0)) if cards is before else ((side * RADIUS, 0), (x - side * (RADIUS + 4), y))
            middle = (start[0] + end[0]) // 2
            arrows.append(f"M{start[0]} {start[1]}C{middle} {start[1]} {middle} {end[1]} {end[0]} {end[1]}")
            dots.append(Dot(x, y, 0, card.threshold.code))
        if cards:
            rise = max(rise, (len(cards) - 1) * _ROW // 2)
            captions.append(Caption(side * (_SIDE + RADIUS), 0, "start" if cards is before else "end", words[0 if cards is before else 2]))
    top = -max(rise + RADIUS, RADIUS + 4)
    bottom = rise + RADIUS
    if beside:
        row = max(2 * _ROW - 14, 0)
        for card, x in zip(beside, _spread(len(beside)), strict=True):
            lines.append(f"M0 {RADIUS + 6}C0 {row // 2 + 12} {turn * x} {row // 2 - 4} {turn * x} {row - RADIUS}")
            dots.append(Dot(turn * x, row, 0, card.threshold.code))
        captions.append(Caption(0, row + RADIUS + 18, "middle", words[1]))
        bottom = max(bottom, row + RADIUS + 24)
    if before or after:
        captions = [caption._replace(y=top - 10) if caption.anchor != "middle" else caption for caption in captions]
        top -= 26
    left = min([-RADIUS - 6, *(dot.x - RADIUS for dot in dots)]) - 2
    right = max([RADIUS + 6, *(dot.x + RADIUS for dot in dots)]) + 2
    if beside:  # room for the word below
        left, right = min(left, -60), max(right, 60)
    order = [*dots[: len(before)], *dots[len(before) + len(after) :], *dots[len(before) : len(before) + len(after)]]
    numbered = tuple(dot._replace(number=number) for number, dot in enumerate(order, 1))
    label = _said((word, cards) for word, cards in zip(words, (before, beside, after), strict=True) if cards)
    return Picture((left, top, right - left, bottom + 2 - top), label, numbered, tuple(arrows), tuple(lines), (0, 0), tuple(captions))


def whole(view: PathView, direction: str = "ltr") -> Picture:
    """A column for each stage, from the lowest threshold to everyday life, and an arrow for each way from one service on."""
    turn = -1 if direction == "rtl" else 1
    columns = _spread(len(view.stages), (_WIDTH - 2 * RADIUS - 30) // max(len(view.stages) - 1, 1))
    dots = {
        stop.number: Dot(turn * x, y, stop.number, stop.card.threshold.code)
        for stage, x in zip(view.stages, columns, strict=True)
        for stop, y in zip(stage.stops, _spread(len(stage.stops)), strict=True)
    }
    arrows = []
    for one, other in view.edges:
        start, end = dots[one], dots[other]
        side = 1 if end.x > start.x else -1
        if end.x == start.x:
            arrows.append(f"M{start.x + RADIUS} {start.y}C{start.x + 38} {start.y} {end.x + 38} {end.y} {end.x + RADIUS + 4} {end.y}")
            continue
        a, b = start.x + side * RADIUS, end.x - side * (RADIUS + 4)
        middle = (a + b) // 2
        arrows.append(f"M{a} {start.y}C{middle} {start.y} {middle} {end.y} {b} {end.y}")
    height = max(len(stage.stops) for stage in view.stages) * _ROW
    label = _said((stage.name, (stop.card for stop in stage.stops)) for stage in view.stages)
    return Picture((-_WIDTH // 2, -height // 2, _WIDTH, height), label, tuple(dots.values()), tuple(arrows))
