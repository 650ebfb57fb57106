"""The drawn QR code has the modules of the encoder's, and 4 of white around."""

from __future__ import annotations

import re

import segno

from generator.pages.qr import qr


def test_the_path_draws_the_matrix() -> None:
    text = "https://apupolku.example/p/kymenlaakso-tapaamispaikka/"
    matrix = segno.make(text, error="m", boost_error=False, micro=False, mode="byte", mask=3).matrix
    size = len(matrix) + 8
    svg = str(qr(text))
    assert f'viewBox="0 0 {size} {size}"' in svg
    drawn = [[0] * size for _ in range(size)]
    x, y = 4, 4
    for kind, across, down in re.findall(r"([hm])(-?\d+)(?: (\d+))?", svg.split('d="M4 4.5')[1]):
        if kind == "h":
            drawn[y][x : x + int(across)] = [1] * int(across)
        x, y = x + int(across), y + int(down or 0)
    assert [row[4:-4] for row in drawn[4:-4]] == [list(row) for row in matrix]
    assert not any(any(row) for row in (*drawn[:4], *drawn[-4:]))
