"""People who do not exist, drawn in a few shapes: so that the demo can show what rests on somebody's consent without showing anybody."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw, ImageFilter

from .pictures import PALETTES, mixed

SIZE = (1200, 1500)
SKINS = ("#8d5a3b", "#c98f64", "#5f3d2a", "#e2b48c")
HAIRS = ("#2b1d14", "#6e4a2a", "#1c1c22", "#8c8f94")


def likeness(seed: int) -> bytes:
    """Somebody in a work jacket before a wall of drawers. The same for the same seed. JPEG."""
    chance = random.Random(seed)  # nosec B311: the same picture every time is what is wanted
    deep, middle, bright, pale = PALETTES[seed % len(PALETTES)]
    wide, high = SIZE
    picture = Image.new("RGB", SIZE, mixed(middle, pale, 0.6))
    pen = ImageDraw.Draw(picture)
    for column in range(5):
        for row in range(7):
            box = (column * 244 - 8, row * 216 - 6, column * 244 + 222, row * 216 + 196)
            pen.rectangle(
                box, fill=mixed(middle, pale, chance.uniform(0.5, 0.66)), outline=mixed(deep, middle, 0.5), width=4
            )
            pen.ellipse((box[0] + 104, box[1] + 92, box[0] + 126, box[1] + 114), fill=bright)
    picture = picture.filter(ImageFilter.GaussianBlur(5))
    pen = ImageDraw.Draw(picture)
    skin, hair = SKINS[seed % len(SKINS)], HAIRS[(seed + 1) % len(HAIRS)]
    middle_x = wide // 2
    pen.rounded_rectangle((middle_x - 430, 930, middle_x + 430, high + 200), 210, fill=deep)
    pen.polygon([(middle_x - 150, 930), (middle_x + 150, 930), (middle_x, 1210)], fill=pale)
    pen.rectangle((middle_x - 92, 780, middle_x + 92, 1000), fill=mixed(skin, "#000000", 0.14))
    pen.ellipse((middle_x - 262, 270, middle_x + 262, 690), fill=hair)
    pen.ellipse((middle_x - 222, 340, middle_x + 222, 860), fill=skin)
    pen.pieslice((middle_x - 246, 268, middle_x + 246, 620), 180, 360, fill=hair)
    for side in (-1, 1):
        pen.ellipse((middle_x + side * 92 - 20, 560, middle_x + side * 92 + 20, 596), fill="#22201f")
        pen.rounded_rectangle(
            (middle_x + side * 92 - 84, 516, middle_x + side * 92 + 84, 640), 34, outline=bright, width=12
        )
    pen.line((middle_x - 10, 560, middle_x + 10, 560), fill=bright, width=12)
    pen.arc((middle_x - 90, 640, middle_x + 90, 760), 20, 160, fill="#5a2c22", width=10)
    pen.rectangle((middle_x + 180, 1120, middle_x + 330, 1180), fill=bright)
    held = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(0.7)).save(held, "JPEG", quality=88)
    return held.getvalue()
