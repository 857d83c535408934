"""Pictures for the demo's website, drawn by us: no photographs of anybody."""

from __future__ import annotations

import io
import math
import random

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1600, 1200)
PALETTES = (
    ("#10324f", "#1f6f8b", "#e8b04b", "#f4ede0"),
    ("#3b1f2b", "#a23e48", "#f0a868", "#fbf3e4"),
    ("#163a2f", "#3f7d58", "#d9c77a", "#f3f1e3"),
    ("#2a2450", "#5a4fa3", "#e78f81", "#f7f0ea"),
)


def workshop_picture(seed: int, size: tuple[int, int] = SIZE) -> bytes:
    """A bench by a window: flasks, gauges or gears in four colours. The same for the same seed. JPEG."""
    chance = random.Random(seed)  # nosec B311: the same picture every time is what is wanted
    deep, middle, bright, pale = PALETTES[seed % len(PALETTES)]
    width, height = size
    picture = Image.new("RGB", size, pale)
    draw = ImageDraw.Draw(picture)
    sky(draw, width, height, middle, pale)
    ground = int(height * 0.72)
    draw.rectangle((0, ground, width, height), fill=deep)
    makers = (flask, gauge, gear)
    places = 4
    for place in range(places):
        middle_x = int(width * (place + 0.5) / places + chance.uniform(-30, 30))
        makers[(seed + place) % len(makers)](draw, chance, middle_x, ground, height, (deep, middle, bright, pale))
    soft = picture.filter(ImageFilter.GaussianBlur(0.6))
    held = io.BytesIO()
    soft.save(held, "JPEG", quality=88)
    return held.getvalue()


def sky(draw: ImageDraw.ImageDraw, width: int, height: int, middle: str, pale: str) -> None:
    """A window of nine panes, light from the left."""
    left, top, right, bottom = width * 0.12, height * 0.1, width * 0.88, height * 0.62
    draw.rectangle((left, top, right, bottom), fill=middle)
    for column in range(3):
        for row in range(3):
            step_x, step_y = (right - left) / 3, (bottom - top) / 3
            box = (
                left + column * step_x + 8,
                top + row * step_y + 8,
                left + (column + 1) * step_x - 8,
                top + (row + 1) * step_y - 8,
            )
            draw.rectangle(box, fill=mixed(middle, pale, 0.35 + 0.2 * (2 - column) / 2 + 0.1 * (2 - row) / 2))


def mixed(one: str, other: str, share: float) -> tuple[int, int, int]:
    pairs = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    red, green, blue = (int(a + (b - a) * share) for a, b in pairs)
    return red, green, blue


def flask(
    draw: ImageDraw.ImageDraw, chance: random.Random, x: int, ground: int, height: int, colours: tuple[str, ...]
) -> None:
    deep, _, bright, pale = colours
    tall = height * chance.uniform(0.26, 0.36)
    half, neck = tall * 0.42, tall * 0.1
    body = [(x - neck, ground - tall), (x + neck, ground - tall), (x + neck, ground - tall * 0.55), (x + half, ground), (x - half, ground), (x - neck, ground - tall * 0.55)]  # fmt: skip
    draw.polygon(body, fill=pale, outline=deep, width=6)
    level = ground - tall * chance.uniform(0.18, 0.34)
    share = (ground - level) / (tall * 0.55)
    at = half - (half - neck) * share
    draw.polygon(
        [(x - at + 8, level), (x + at - 8, level), (x + half - 12, ground - 6), (x - half + 12, ground - 6)],
        fill=bright,
    )


def gauge(
    draw: ImageDraw.ImageDraw, chance: random.Random, x: int, ground: int, height: int, colours: tuple[str, ...]
) -> None:
    deep, middle, bright, pale = colours
    size = height * chance.uniform(0.11, 0.14)
    middle_y = ground - size * 1.9
    draw.rectangle((x - 12, middle_y, x + 12, ground), fill=deep)
    draw.ellipse((x - size, middle_y - size, x + size, middle_y + size), fill=pale, outline=deep, width=12)
    for tick in range(9):
        angle = math.radians(150 + tick * 30)
        draw.line((x + math.cos(angle) * size * 0.72, middle_y + math.sin(angle) * size * 0.72,
                   x + math.cos(angle) * size * 0.86, middle_y + math.sin(angle) * size * 0.86), fill=middle, width=6)  # fmt: skip
    angle = math.radians(chance.uniform(160, 380))
    draw.line(
        (x, middle_y, x + math.cos(angle) * size * 0.66, middle_y + math.sin(angle) * size * 0.66),
        fill=bright,
        width=12,
    )
    draw.ellipse((x - 14, middle_y - 14, x + 14, middle_y + 14), fill=deep)


def gear(
    draw: ImageDraw.ImageDraw, chance: random.Random, x: int, ground: int, height: int, colours: tuple[str, ...]
) -> None:
    deep, middle, bright, _ = colours
    size = height * chance.uniform(0.12, 0.16)
    middle_y = ground - size * 1.05
    turned = chance.uniform(0, 30)
    for tooth in range(12):
        angle = math.radians(turned + tooth * 30)
        points = [(x + math.cos(angle + side) * far, middle_y + math.sin(angle + side) * far)
                  for side, far in ((-0.16, size * 0.8), (-0.1, size), (0.1, size), (0.16, size * 0.8))]  # fmt: skip
        draw.polygon(points, fill=middle)
    draw.ellipse((x - size * 0.84, middle_y - size * 0.84, x + size * 0.84, middle_y + size * 0.84), fill=middle)
    draw.ellipse((x - size * 0.5, middle_y - size * 0.5, x + size * 0.5, middle_y + size * 0.5), fill=bright)
    draw.ellipse((x - size * 0.16, middle_y - size * 0.16, x + size * 0.16, middle_y + size * 0.16), fill=deep)
