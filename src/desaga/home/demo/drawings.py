"""Pictures for the demo's stories: drawn by rule, so that nobody real is shown. The same name gives the same picture."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1200, 800)
Colour = tuple[int, int, int]


def drawn(name: str) -> bytes:
    """A JPEG of 1200 by 800 points."""
    canvas = DRAWINGS[name](random.Random(name))  # nosec B311: it draws a picture
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=86)
    return out.getvalue()


def shaded(top: Colour, foot: Colour) -> Image.Image:
    """A ground that goes from one colour to another."""
    column = Image.new("RGB", (1, SIZE[1]))
    for y in range(SIZE[1]):
        part = y / SIZE[1]
        column.putpixel((0, y), tuple(int(a + (b - a) * part) for a, b in zip(top, foot, strict=True)))
    return column.resize(SIZE)


def cold(chance: random.Random) -> Image.Image:
    """Looking down into a cryostat: rings of copper and frost, a bright sample in the middle."""
    canvas = shaded((14, 28, 48), (30, 62, 88))
    pen = ImageDraw.Draw(canvas, "RGBA")
    x, y = 660, 400
    for at, radius in enumerate(range(620, 40, -36)):
        copper = at % 4 == 0
        colour = (196, 122, 74, 230) if copper else (150, 205, 228, 34 + at * 7)
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=colour, width=14 if copper else 6)
    for _ in range(26):
        turn, inner = chance.uniform(0, 2 * math.pi), chance.uniform(90, 240)
        outer = inner + chance.uniform(60, 300)
        ends = [(x + math.cos(turn) * one, y + math.sin(turn) * one) for one in (inner, outer)]
        pen.line(ends, fill=(214, 150, 96, 150), width=4)
    pen.ellipse((x - 52, y - 52, x + 52, y + 52), fill=(236, 246, 250, 255))
    return canvas.filter(ImageFilter.GaussianBlur(1.2))


def flame(chance: random.Random) -> Image.Image:
    """A burner's flame, drawn as veils of blue and gold."""
    canvas = shaded((20, 22, 30), (52, 40, 38))
    for at in range(18):
        veil = Image.new("RGBA", SIZE, (0, 0, 0, 0))
        width, height = 240 - at * 11, 700 - at * 34
        left, foot = 600 - width // 2 + chance.randint(-14, 14), 760
        blue = at > 10
        colour = (90, 160, 240, 40) if blue else (250, 180 - at * 4, 70, 26)
        ImageDraw.Draw(veil).ellipse((left, foot - height, left + width, foot), fill=colour)
        canvas.paste(veil.filter(ImageFilter.GaussianBlur(14)), (0, 0), veil.filter(ImageFilter.GaussianBlur(14)))
    return canvas


def grains(chance: random.Random) -> Image.Image:
    """Grains of a metal under a microscope: each point takes the colour of the nearest seed."""
    small = (240, 160)
    palette = ((203, 160, 82), (121, 97, 148), (150, 152, 158), (84, 104, 132), (222, 198, 150), (96, 78, 104))
    seeds = [(chance.uniform(0, small[0]), chance.uniform(0, small[1]), chance.choice(palette)) for _ in range(46)]
    canvas = Image.new("RGB", small)
    for x in range(small[0]):
        for y in range(small[1]):
            far = sorted(((x - a) ** 2 + (y - b) ** 2, colour) for a, b, colour in seeds)
            edge = math.sqrt(far[1][0]) - math.sqrt(far[0][0]) < 1.2
            shade = 0.45 if edge else 0.9 + 0.1 * math.sin((x + y) / 9)
            canvas.putpixel((x, y), tuple(int(part * shade) for part in far[0][1]))
    return canvas.resize(SIZE, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(3))


DRAWINGS: dict[str, Callable[[random.Random], Image.Image]] = {"cold": cold, "flame": flame, "grains": grains}
