"""A site's own colors: the theme's tokens with other values, as a little CSS, and whether one can read with them.

Each token stands for a purpose, so that a site changes a few of them and everything follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.settings import resources

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")
_TOKEN = re.compile(r"--([a-z-]+):(#[0-9a-fA-F]{3,6})\b")
MODES = ("light", "dark")
_TEXTS = ("ink", "quiet", "action", "danger", "open", "self", "referral", "municipality")
_LEAST = 4.5  # WCAG 2.2, 1.4.3


def tokens() -> dict[str, dict[str, str]]:
    """The theme's own colors: "light" and "dark" → token → #rrggbb."""
    text = (resources("theme") / "base.css").read_text(encoding="utf-8")
    light, _, dark = text.partition("@media(prefers-color-scheme:dark)")
    return {"light": dict(_TOKEN.findall(light)), "dark": dict(_TOKEN.findall(dark.partition("}}")[0]))}


def css(colors: Mapping[str, Mapping[str, str]]) -> str:
    """The style rules of a site's own colors; "" when it has none."""
    rules = []
    for mode in MODES:
        values = ";".join(f"--{name}:{value}" for name, value in colors.get(mode, {}).items())
        if values:
            rules.append(f"@media(prefers-color-scheme:{mode}){{:root{{{values}}}}}")
    return "\n".join(rules)


def of(colors: Mapping[str, Mapping[str, str]], mode: str, token: str) -> str:
    """The value of a token in a mode."""
    return colors.get(mode, {}).get(token) or tokens()[mode][token]


def faint(colors: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """A sentence for each pair of colors that a reader could hardly tell apart. Raises ValueError for what is no color."""
    known = tokens()
    for mode, values in colors.items():
        if mode not in MODES or not isinstance(values, Mapping):
            raise ValueError(f"{mode}: write {' and '.join(MODES)}, each with colors")
        for name, value in values.items():
            if name not in known["light"]:
                raise ValueError(f"{mode}: {name}: not a color of the theme; these are: {', '.join(known['light'])}")
            if not isinstance(value, str) or not _HEX.match(value):
                raise ValueError(f'{mode}: {name}: {value}: write it as "#0b4f5c", in quotation marks')
    for mode in colors:
        full = {**known[mode], **colors[mode]}
        pairs = [(text, ground) for ground in ("paper", "surface") for text in _TEXTS if text in full]
        pairs += [("on-action", "action"), ("on-danger", "danger"), ("action", "soft")]
        for text, ground in pairs:
            if {text, ground} & colors[mode].keys():
                ratio = contrast(full[text], full[ground])
                if ratio < _LEAST:
                    yield f"colors: {mode}: {text} on {ground}: {ratio:.1f}, too faint to read; at least {_LEAST} is needed"


def contrast(one: str, other: str) -> float:
    """The contrast of two colors as WCAG counts it, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    digits = color[1:] if len(color) == 7 else "".join(digit * 2 for digit in color[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
