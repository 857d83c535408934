"""A workshop drawn all around, as a 360-degree camera would see it: four walls, a floor and a ceiling, seen from the middle of the room.

The walls are drawn flat, in metres, and then looked at: every point of the picture is a direction, and the direction meets a wall somewhere.
"""

from __future__ import annotations

import io
import math
import random
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .pictures import PALETTES, flask, gauge, gear, mixed

#: The room in metres, the height of the eye, and how finely its walls are drawn.
ACROSS, DEEP, HIGH, EYE, FINE = 8.0, 6.0, 3.0, 1.6, 220
SIZE = (3072, 1536)
#: The walls as one turns to the right: what lies ahead first. Each with its width, and the turn to it.
WALLS = {"ahead": (ACROSS, 0), "right": (DEEP, 90), "behind": (ACROSS, 180), "left": (DEEP, 270)}
Colours = tuple[str, str, str, str]


@dataclass(frozen=True)
class Sheet:
    """A wall to draw on: metres from its left edge, and up from the floor."""

    picture: Image.Image
    pen: ImageDraw.ImageDraw
    wide: float

    def box(
        self, left: float, foot: float, right: float, top: float, fill: object, outline: object = None, width: int = 6
    ) -> None:
        self.pen.rectangle(
            (left * FINE, (HIGH - top) * FINE, right * FINE, (HIGH - foot) * FINE),
            fill=fill,
            outline=outline,
            width=width,
        )

    def disc(self, x: float, y: float, radius: float, fill: object, outline: object = None, width: int = 6) -> None:
        at_x, at_y, far = x * FINE, (HIGH - y) * FINE, radius * FINE
        self.pen.ellipse((at_x - far, at_y - far, at_x + far, at_y + far), fill=fill, outline=outline, width=width)

    def line(self, points: list[tuple[float, float]], fill: object, width: int) -> None:
        self.pen.line([(x * FINE, (HIGH - y) * FINE) for x, y in points], fill=fill, width=width, joint="curve")


def looking_at(wall: str, along: float, up: float) -> tuple[float, float]:
    """Yaw and pitch, in degrees, of a point on a wall: metres from its left edge, and up from the floor."""
    wide, turn = WALLS[wall]
    side, ahead = along - wide / 2, (DEEP if wide == ACROSS else ACROSS) / 2
    yaw = math.degrees(math.atan2(side, ahead)) + turn
    pitch = math.degrees(math.atan2(up - EYE, math.hypot(side, ahead)))
    # not a count of people: angles
    return round((yaw + 180) % 360 - 180, 1), round(pitch, 1)


def workshop_sphere(seed: int, size: tuple[int, int] = SIZE) -> bytes:
    """The same room for the same seed, as a JPEG twice as wide as high."""
    colours = PALETTES[seed % len(PALETTES)]
    chance = random.Random(seed)  # nosec B311: the same picture every time is what is wanted
    drawn = {name: wall(name, wide, chance, colours) for name, (wide, _) in WALLS.items()}
    picture = Image.fromarray(looked_at(drawn, floor(colours), ceiling(colours), size))
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=84)
    return held.getvalue()


def looked_at(walls: dict[str, np.ndarray], ground: np.ndarray, roof: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Follow each direction to what it meets, and make it darker towards the corners."""
    wide, high = size
    yaw = (((np.arange(wide) + 0.5) / wide * 2 - 1) * np.pi).astype(np.float32)[None, :]
    pitch = ((0.5 - (np.arange(high) + 0.5) / high) * np.pi).astype(np.float32)[:, None]
    level = np.ones_like(yaw)
    x, y, z = np.cos(pitch) * np.sin(yaw), np.sin(pitch) * level, np.cos(pitch) * np.cos(yaw)
    with np.errstate(divide="ignore", invalid="ignore"):
        to_side = np.where(x == 0, np.inf, ACROSS / 2 / np.abs(x))
        to_end = np.where(z == 0, np.inf, DEEP / 2 / np.abs(z))
        to_level = np.where(y > 0, (HIGH - EYE) / np.maximum(y, 1e-9), EYE / np.maximum(-y, 1e-9))
    far = np.minimum(np.minimum(to_side, to_end), to_level)
    at_x, at_y, at_z = x * far, y * far + EYE, z * far
    out = np.zeros((high, wide, 3), dtype=np.float32)
    level, side = to_level <= np.minimum(to_side, to_end), to_side < to_end
    fill(out, level & (y < 0), ground, at_x + ACROSS / 2, at_z + DEEP / 2)
    fill(out, level & (y >= 0), roof, at_x + ACROSS / 2, at_z + DEEP / 2)
    fill(out, ~level & ~side & (z > 0), walls["ahead"], at_x + ACROSS / 2, at_y)
    fill(out, ~level & ~side & (z <= 0), walls["behind"], ACROSS / 2 - at_x, at_y)
    fill(out, ~level & side & (x > 0), walls["right"], DEEP / 2 - at_z, at_y)
    fill(out, ~level & side & (x <= 0), walls["left"], at_z + DEEP / 2, at_y)
    return np.clip(out * shade(at_x, at_y, at_z)[..., None], 0, 255).astype(np.uint8)


def fill(out: np.ndarray, where: np.ndarray, sheet: np.ndarray, along: np.ndarray, up: np.ndarray) -> None:
    high, wide = sheet.shape[:2]
    columns = np.clip((along[where] * FINE).astype(int), 0, wide - 1)
    rows = np.clip(high - 1 - (up[where] * FINE).astype(int), 0, high - 1)
    out[where] = sheet[rows, columns]


def shade(x: np.ndarray, y: np.ndarray, z: np.ndarray) -> np.ndarray:
    """Corners lie in shadow, what is near the window in light."""
    corner = 1.0
    for distance in (ACROSS / 2 - np.abs(x), DEEP / 2 - np.abs(z)):
        corner = corner * (1 - 0.28 * np.exp(-np.maximum(distance, 0) / 0.5) * (distance > 0.01))
    edge = 1 - 0.22 * np.exp(-np.maximum(np.minimum(y, HIGH - y), 0) / 0.35) * (np.minimum(y, HIGH - y) > 0.01)
    return (corner * edge * (0.9 + 0.12 * (z + DEEP / 2) / DEEP)).astype(np.float32)


def floor(colours: Colours) -> np.ndarray:
    """Boards, and a mat before the bench."""
    deep, _, bright, pale = colours
    picture = Image.new("RGB", (int(ACROSS * FINE), int(DEEP * FINE)), mixed(deep, pale, 0.42))
    pen = ImageDraw.Draw(picture)
    for at in range(int(DEEP / 0.2)):
        pen.rectangle(
            (0, at * 0.2 * FINE, ACROSS * FINE, (at + 1) * 0.2 * FINE - 4),
            fill=mixed(deep, pale, 0.38 + 0.05 * (at % 3)),
        )
        for joint in range(5):
            where = (joint * 1.9 + (at % 4) * 0.5) * FINE
            pen.line((where, at * 0.2 * FINE, where, (at + 1) * 0.2 * FINE), fill=mixed(deep, pale, 0.3), width=3)
    pen.rectangle(
        (2.6 * FINE, 0.5 * FINE, 5.4 * FINE, 1.9 * FINE),
        fill=mixed(deep, bright, 0.18),
        outline=mixed(deep, bright, 0.5),
        width=10,
    )
    return np.asarray(picture, dtype=np.float32)


def ceiling(colours: Colours) -> np.ndarray:
    """Beams, and three long lamps."""
    deep, _, _, pale = colours
    picture = Image.new("RGB", (int(ACROSS * FINE), int(DEEP * FINE)), mixed(deep, pale, 0.9))
    pen = ImageDraw.Draw(picture)
    for at in range(5):
        pen.rectangle((at * 2 * FINE - 26, 0, at * 2 * FINE + 26, DEEP * FINE), fill=mixed(deep, pale, 0.72))
    for at in range(3):
        left, top = 1.1 * FINE, (1.1 + at * 1.7) * FINE
        pen.rounded_rectangle(
            (left, top, 6.9 * FINE, top + 0.24 * FINE), 20, fill="#fffdf4", outline=mixed(deep, pale, 0.6), width=6
        )
    return np.asarray(picture.filter(ImageFilter.GaussianBlur(2)), dtype=np.float32)


def wall(name: str, wide: float, chance: random.Random, colours: Colours) -> np.ndarray:
    deep, _, _, pale = colours
    picture = Image.new("RGB", (int(wide * FINE), int(HIGH * FINE)), mixed(deep, pale, 0.86))
    sheet = Sheet(picture, ImageDraw.Draw(picture), wide)
    sheet.box(0, 0, wide, 1.0, mixed(deep, pale, 0.62))
    sheet.box(0, 0.97, wide, 1.03, mixed(deep, pale, 0.5))
    DRAWN[name](sheet, chance, colours)
    return np.asarray(picture.filter(ImageFilter.GaussianBlur(0.8)), dtype=np.float32)


def bench(sheet: Sheet, left: float, right: float, colours: Colours) -> None:
    deep, _, bright, pale = colours
    sheet.box(left + 0.05, 0, left + 0.2, 0.85, mixed(deep, bright, 0.15))
    sheet.box(right - 0.2, 0, right - 0.05, 0.85, mixed(deep, bright, 0.15))
    for at in range(3):
        step = (right - left - 0.6) / 3
        sheet.box(left + 0.3 + at * step, 0.28, left + 0.26 + (at + 1) * step, 0.8, mixed(deep, pale, 0.3), deep)
        sheet.disc(left + 0.28 + (at + 0.5) * step, 0.54, 0.035, bright)
    sheet.box(left, 0.82, right, 0.92, mixed(deep, bright, 0.45), deep)


def draw_ahead(sheet: Sheet, chance: random.Random, colours: Colours) -> None:
    """The window, and the bench with glass and gauge under it."""
    _, middle, _, pale = colours
    sheet.box(1.9, 1.35, 6.1, 2.75, "#ffffff")
    for column in range(4):
        for row in range(2):
            left, foot = 2.0 + column * 1.02, 1.43 + row * 0.66
            sheet.box(left, foot, left + 0.96, foot + 0.6, mixed(middle, pale, 0.55 + 0.2 * row))
    for at in range(7):
        sheet.disc(2.3 + at * 0.6, 1.5 + chance.uniform(-0.05, 0.1), 0.16, mixed(middle, "#2f5d3a", 0.6))
    bench(sheet, 1.2, 6.8, colours)
    ground = int((HIGH - 0.92) * FINE)
    for at, make in enumerate((flask, gauge, flask, flask)):
        make(sheet.pen, chance, int((1.9 + at * 1.35) * FINE), ground, int(1.9 * FINE), colours)


def draw_right(sheet: Sheet, chance: random.Random, colours: Colours) -> None:
    """Tools on their board, each with its shadow; the lathe stands before it."""
    deep, middle, bright, pale = colours
    sheet.box(0.5, 1.35, 5.5, 2.6, mixed(deep, pale, 0.7), deep)
    for at in range(12):
        x, long = 0.8 + at * 0.4, chance.uniform(0.35, 0.85)
        sheet.line([(x + 0.03, 2.42), (x + 0.03, 2.42 - long)], mixed(deep, pale, 0.5), 26)
        sheet.line([(x, 2.45), (x, 2.45 - long)], mixed(middle, "#c8ccd0", 0.6) if at % 3 else bright, 20)
        sheet.disc(x, 2.45 - long, 0.085, mixed(middle, "#c8ccd0", 0.5), deep, 4)
    sheet.box(1.2, 0, 1.7, 0.75, mixed(deep, middle, 0.4), deep)
    sheet.box(4.2, 0, 4.7, 0.75, mixed(deep, middle, 0.4), deep)
    sheet.box(1.0, 0.72, 4.9, 0.92, mixed(deep, middle, 0.6), deep)
    sheet.box(1.0, 0.92, 1.95, 1.38, mixed(deep, middle, 0.75), deep)
    sheet.disc(2.05, 1.18, 0.17, "#c8ccd0", deep)
    sheet.line([(2.2, 1.18), (3.9, 1.18)], "#d8dbde", 30)
    sheet.box(2.9, 0.92, 3.25, 1.12, mixed(deep, bright, 0.6), deep)
    sheet.box(3.9, 0.92, 4.5, 1.32, mixed(deep, middle, 0.75), deep)
    for at in range(3):
        sheet.disc(1.2 + at * 0.25, 1.24, 0.05, bright)


def draw_behind(sheet: Sheet, chance: random.Random, colours: Colours) -> None:
    """The door, and the board on which somebody has worked something out."""
    deep, middle, bright, pale = colours
    sheet.box(0.7, 0, 1.8, 2.2, mixed(deep, middle, 0.5), deep, 10)
    sheet.box(0.95, 1.3, 1.55, 2.0, mixed(middle, pale, 0.6), deep)
    sheet.disc(1.65, 1.05, 0.05, bright)
    sheet.box(2.6, 1.1, 7.2, 2.6, "#22352f", mixed(deep, bright, 0.5), 22)
    chalk = "#e9ece6"
    for at in range(5):
        sheet.disc(3.6, 1.9, 0.14 + at * 0.11, None, chalk, 5)
    sheet.line([(2.9, 1.9), (4.4, 1.9)], chalk, 4)
    sheet.line([(3.6, 1.25), (3.6, 2.5)], chalk, 4)
    curve = [(4.8 + at * 0.045, 1.4 + 0.9 * math.exp(-((at - 22) ** 2) / 90) + 0.02 * math.sin(at)) for at in range(46)]
    sheet.line([(4.8, 2.4), (4.8, 1.35), (6.95, 1.35)], chalk, 5)
    sheet.line(curve, bright, 8)
    for at in range(4):
        sheet.line([(5.4, 2.42 - at * 0.1), (5.4 + chance.uniform(0.4, 1.3), 2.42 - at * 0.1)], chalk, 5)


def draw_left(sheet: Sheet, chance: random.Random, colours: Colours) -> None:
    """The cryostat with its pipes, and bottles of gas."""
    deep, middle, bright, pale = colours
    steel = "#c9ced3"
    sheet.line([(1.9, 2.2), (1.9, 2.75), (5.6, 2.75)], "#b97a4a", 22)
    sheet.line([(2.4, 2.2), (2.4, 2.6), (5.6, 2.6)], "#b97a4a", 16)
    sheet.box(1.45, 0.25, 2.85, 2.05, steel, deep)
    sheet.box(1.55, 0.3, 1.75, 2.0, "#e3e6e9")
    sheet.box(1.3, 2.0, 3.0, 2.2, mixed(deep, steel, 0.7), deep)
    for at in range(6):
        sheet.disc(1.45 + at * 0.28, 2.1, 0.045, bright, deep, 3)
    for foot in (1.5, 2.6):
        sheet.box(foot, 0, foot + 0.2, 0.25, deep)
    gauge(sheet.pen, chance, int(3.6 * FINE), int((HIGH - 1.0) * FINE), int(2.2 * FINE), colours)
    for at, colour in enumerate((middle, "#7f8a93", bright)):
        left = 4.4 + at * 0.45
        sheet.box(left, 0, left + 0.34, 1.45, mixed(deep, colour, 0.7), deep)
        sheet.disc(left + 0.17, 1.45, 0.17, mixed(deep, colour, 0.7), deep)
        sheet.box(left + 0.1, 1.58, left + 0.24, 1.75, "#8e6b3a", deep, 4)
    gear(sheet.pen, chance, int(0.7 * FINE), int((HIGH - 1.03) * FINE), int(2.4 * FINE), colours)
    sheet.box(0.2, 0.97, 1.2, 1.06, mixed(deep, pale, 0.3))


DRAWN = {"ahead": draw_ahead, "right": draw_right, "behind": draw_behind, "left": draw_left}
