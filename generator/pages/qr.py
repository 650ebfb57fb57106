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
    path = [f"M{_MARGIN} {_MARGIN}.5"]
    for row in matrix:
        for dark, run in itertools.groupby(row):
            length = len(list(run))
            path.append(f"h{length}" if dark else f"m{length} 0")
        path.append(f"m-{len(row)} 1")
    drawn = "".join(path)
    return Markup(
        f'<svg class="qr" viewBox="0 0 {size} {size}" aria-hidden="true" shape-rendering="crispEdges">'
        f'<path fill="#fff" stroke="none" d="M0 0h{size}v{size}H0z"/>'
        f'<path stroke="#000" stroke-width="1" stroke-linecap="butt" d="{drawn}"/></svg>'
    )
