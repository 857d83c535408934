"""Colours that an organisation brings, checked before anybody has to read through them.

Contrast is WCAG 2.2's: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
"""

from __future__ import annotations

import re

BLACK, SURFACE = "#000000", "#ffffff"
SMALLEST_MARK_CONTRAST = 3.0
_HEX = re.compile(r"#[0-9a-f]{6}")


class ColourRefused(ValueError):
    """The colour cannot be used; the message says why and what would do."""


def normalised(colour: str) -> str:
    """`#RRGGBB` or `#RGB`, in any case and with or without `#`, as lower-case `#rrggbb`.

    Raises `ColourRefused` for anything else; so what it answers is safe inside a stylesheet.
    """
    digits = colour.strip().lower().removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    if not _HEX.fullmatch(f"#{digits}"):
        raise ColourRefused(f"“{colour.strip()[:20]}” is not a colour. Write it as six digits, such as #8A1538.")
    return f"#{digits}"


def luminance(colour: str) -> float:
    """Relative luminance of a colour, from 0 (black) to 1 (white)."""
    text = normalised(colour)
    channels = (int(text[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(one: str, other: str) -> float:
    """Contrast of two colours, from 1 (none) to 21 (black on white); the order does not matter."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(accent: str) -> str:
    """Black or white, whichever is easier to read on the accent; one of them always reaches 4.5."""
    return max((SURFACE, BLACK), key=lambda text: contrast_ratio(accent, text))


def accent_refusal(accent: str) -> str | None:
    """Why an accent cannot mark a masthead on white, as a sentence with its figure; None where it can."""
    try:
        ratio = contrast_ratio(accent, SURFACE)
    except ColourRefused as refusal:
        return str(refusal)
    if ratio >= SMALLEST_MARK_CONTRAST:
        return None
    return (
        f"This colour is too pale to be seen on white: its contrast is {ratio:.1f} and must be at least "
        f"{SMALLEST_MARK_CONTRAST:.0f}. Choose a darker one."
    )


def accent_stylesheet(accent: str) -> str:
    """The stylesheet that gives pages an organisation's accent, served from its own address.

    Raises `ColourRefused` with a sentence where the accent cannot be seen on white.
    """
    if refusal := accent_refusal(accent):
        raise ColourRefused(refusal)
    colour = normalised(accent)
    return f":root{{--dsg-accent:{colour};--dsg-on-accent:{readable_on(colour)}}}\n"
