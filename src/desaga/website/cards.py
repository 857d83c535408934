"""The card that is shown where a page is shared: 1200 × 630 points, drawn by us from what the page shows. Pure but for the letters."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from textwrap import wrap

from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw, ImageFont, ImageOps

from desaga.ui.colour import readable_on

WIDTH, HEIGHT, EDGE = 1200, 630, 72
PAPER, INK, QUIET, PRIMARY = "#fbfaf7", "#1a1d21", "#565c64", "#124e96"
SERIF, SANS = "serif-latin.woff2", "atkinson-latin.woff2"
#: Largest first: the first in which a title has at most four lines is taken.
SIZES = (76, 64, 54, 46)
#: What lies in the second file of each face.
FURTHER = re.compile("[\u0100-\u0130\u0132-\u0151\u0154-\u02ba\u1e00-\u1e9f]")
MOST_LINES, BOLD, PLAIN = 4, 600, 400
PICTURE = 470


@dataclass(frozen=True, kw_only=True)
class Card:
    """A title, a line under it, whose site it is; at the right a picture, where there is one."""

    title: str
    under: str = ""
    whose: str = ""
    accent: str = ""
    picture: bytes = field(default=b"", repr=False)


def drawn(card: Card) -> bytes:
    """The card as JPEG."""
    accent = card.accent or PRIMARY
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    room = WIDTH - 2 * EDGE
    if card.picture:
        with Image.open(io.BytesIO(card.picture)) as picture:
            image.paste(ImageOps.fit(picture.convert("RGB"), (PICTURE, HEIGHT)), (WIDTH - PICTURE, 0))
        room -= PICTURE
    pen.rectangle((0, 0, 16, HEIGHT), fill=accent)
    end = write(pen, card.title, room, 96)
    words = letters(SANS, 30, PLAIN)
    for number, line in enumerate(broken(card.under, words, room)[:3]):
        words.draw(pen, (EDGE, end + 28 + number * 42), line, QUIET)
    mark(pen, card.whose, accent, room)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()


def write(pen: ImageDraw.ImageDraw, title: str, room: int, top: int) -> int:
    """The title as large as it fits; answers where it ends."""
    for size in SIZES:
        font = letters(SERIF, size, BOLD)
        lines = broken(title, font, room)
        if len(lines) <= MOST_LINES:
            break
    step = round(size * 1.12)
    for number, line in enumerate(lines[:MOST_LINES]):
        font.draw(pen, (EDGE, top + number * step), line, INK)
    return top + min(len(lines), MOST_LINES) * step


def mark(pen: ImageDraw.ImageDraw, whose: str, accent: str, room: int) -> None:
    font = letters(SANS, 26, BOLD)
    line = next(iter(broken(whose, font, room - 40)), "")
    if line:
        width = round(font.getlength(line))
        pen.rounded_rectangle((EDGE, HEIGHT - 110, EDGE + width + 40, HEIGHT - 56), 6, fill=accent)
        font.draw(pen, (EDGE + 20, HEIGHT - 100), line, readable_on(accent))


def broken(text: str, font: Letters, room: int) -> list[str]:
    """Lines that fit, broken at words; a word that is too long is broken itself."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(joined) <= room:
            lines[-1] = joined
        else:
            letters_a_line = max(1, int(len(word) * room / max(font.getlength(word), 1)))
            lines += wrap(word, letters_a_line) if font.getlength(word) > room else [word]
    return lines


@dataclass(frozen=True)
class Letters:
    """A face in one size: the letters of English, and those beyond them, such as the ŵ of Welsh, which lie in a file of their own."""

    plain: ImageFont.FreeTypeFont
    further: ImageFont.FreeTypeFont

    def runs(self, text: str) -> list[tuple[ImageFont.FreeTypeFont, str]]:
        """The text in pieces, each with the file that has its letters."""
        pieces = groupby(text, key=lambda one: bool(FURTHER.match(one)))
        return [(self.further if is_further else self.plain, "".join(piece)) for is_further, piece in pieces]

    def getlength(self, text: str) -> float:
        return sum(font.getlength(piece) for font, piece in self.runs(text))

    def draw(self, pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, fill: str) -> None:
        for font, piece in self.runs(text):
            pen.text(at, piece, font=font, fill=fill)
            at = (at[0] + font.getlength(piece), at[1])


def letters(name: str, size: int, weight: int) -> Letters:
    """Our letters, in a size and weight."""
    return Letters(font_of(name, size, weight), font_of(name.replace("latin", "latin-ext"), size, weight))


@lru_cache(maxsize=32)
def font_of(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """One file of letters; Pillow's own where the assets have not been built."""
    path = finders.find(f"ui/build/fonts/{name}")
    if not path:
        return ImageFont.load_default(size)  # type: ignore[return-value]
    font = ImageFont.truetype(str(path), size)
    font.set_variation_by_axes([weight])
    return font
