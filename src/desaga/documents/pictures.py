"""Pictures are drawn anew from their points: where they were taken, and all else that a camera writes, stays behind."""

from __future__ import annotations

import base64
import io
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin

from .model import UnreadableDocument
from .sandbox import read_limited

#: Loaded here, so that no other reader of Pillow's need be.
PLUGINS = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin)
MOST_POINTS = 50_000_000
SAVED: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 90, "optimize": True},
    "PNG": {"optimize": False},
    "WEBP": {"quality": 90, "method": 4},
}
PLAIN_MODES = ("L", "RGB", "RGBA")


class PictureIsNotTaken(Exception):
    """Why a picture cannot be drawn: `too_many_pixels`, `disguised` (not of the format) or `damaged`."""


def drawn_anew(content: bytes, format: str, *, most_points: int = MOST_POINTS) -> bytes:
    """The picture, upright, in sRGB, with nothing in the file but its points. Raises `PictureIsNotTaken`.

    Of a file with several, such as a camera's JPEG with a small one for the screen (MPO), it is the first.
    """
    image = _opened(content, format, most_points)
    upright = _in_plain_mode(_in_srgb(ImageOps.exif_transpose(image)), format)
    # From bytes: an image that was copied would bring its notes along.
    bare = Image.frombytes(upright.mode, upright.size, upright.tobytes())
    out = io.BytesIO()
    bare.save(out, format, **SAVED[format])
    return out.getvalue()


def drawn_apart(name: str, content: bytes, format: str, *, most_points: int = MOST_POINTS) -> bytes:
    """The same, in a process of its own with limits: no program that draws in this one has a say in what it takes. Raises `PictureIsNotTaken`."""
    hints = {"format": format, "most_points": most_points}
    try:
        told = read_limited("desaga.documents.pictures:draw_for_json", name, content, hints)
    except UnreadableDocument as error:
        raise PictureIsNotTaken("damaged") from error
    if trouble := told.get("trouble"):
        raise PictureIsNotTaken(trouble)
    return base64.b64decode(told["content"])


def draw_for_json(payload: Mapping[str, Any]) -> dict[str, str]:
    """What `drawn_anew` makes of the file at `path`, or its trouble; runs in the child process."""
    hints = payload["hints"]
    try:
        kept = drawn_anew(Path(payload["path"]).read_bytes(), hints["format"], most_points=hints["most_points"])
    except PictureIsNotTaken as error:
        return {"trouble": str(error)}
    return {"content": base64.b64encode(kept).decode()}


def _opened(content: bytes, format: str, most_points: int) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=[format])
    except Image.DecompressionBombError as error:
        raise PictureIsNotTaken("too_many_pixels") from error
    except OSError as error:
        raise PictureIsNotTaken("disguised") from error
    if image.width * image.height > most_points:
        raise PictureIsNotTaken("too_many_pixels")
    try:
        image.load()
    except (OSError, SyntaxError, ValueError) as error:
        raise PictureIsNotTaken("damaged") from error
    return image


def _in_srgb(image: Image.Image) -> Image.Image:
    """In the colours that every screen knows, since the profile that says otherwise is left behind."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA"):
        return image
    try:
        # Not what says which, but whether: a profile that cannot be read is none.
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError):
        return image
    return changed if changed is not None else image


def _in_plain_mode(image: Image.Image, format: str) -> Image.Image:
    if image.mode.startswith("I") or image.mode == "F":
        image = image.convert("L")
    has_alpha = format != "JPEG" and ("A" in image.getbands() or "transparency" in image.info)
    if image.mode in PLAIN_MODES and (image.mode == "RGBA") == has_alpha:
        return image
    return image.convert("RGBA" if has_alpha else "RGB")
