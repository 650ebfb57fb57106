"""An address → a QR code as inline SVG, made at build time (no script, no request, prints sharply)."""

from __future__ import annotations

import functools
import itertools

import segno
from markupsafe import Markup

_MARGIN = 4  # modules of white around the code, as the standard asks


@functools.lru_cache(maxsize=4096)
def qr(text: str) -> Markup:
    """The QR code of `text` at level M, black on white in any color scheme, hidden from screen readers: the address stands
    beside it. The mask is given, since any of the eight can be read and trying them all costs five times as much."""
    matrix = segno.make(text, error="m", boost_error=False, micro=False, mode="byte", mask=3).matrix
    size = len(matrix) + 2 * _MARGIN
    path = []
    for y, row in enumerate(matrix, _MARGIN):
        x = _MARGIN
        for dark, run in itertools.groupby(row):
            length = len(list(run))
            if dark:
                path.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return Markup(
        f'<svg class="qr" viewBox="0 0 {size} {size}" aria-hidden="true" shape-rendering="crispEdges" stroke="none">'
        f'<path fill="#fff" stroke="none" d="M0 0h{size}v{size}H0z"/><path fill="#000" stroke="none" d="{"".join(path)}"/></svg>'
    )
