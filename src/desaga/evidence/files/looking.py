"""Looking at a file: by its name, then by its content, which happens in a child process with limits."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import Any

from desaga.documents.limits import MEGABYTE, Limits
from desaga.documents.model import UnreadableDocument

from .kinds import KIND_BY_SUFFIX, REFUSED_SUFFIXES, TROUBLE

#: A picture of 50 million points is 200 MB while it is turned, three times over.
LIMITS = Limits(
    inflated_bytes=200 * MEGABYTE, members=5_000, ratio=250,
    memory_bytes=1_536 * MEGABYTE, cpu_seconds=30, wall_seconds=40.0,
)  # fmt: skip
#: The sandbox's kinds of refusal, and ours.
TROUBLE_OF = {
    "encrypted": "password", "zip_bomb": "bomb", "too_slow": "slow", "too_big_for_memory": "slow", "corrupt": "damaged",
}  # fmt: skip
LONGEST_NAME = 200


class FileIsNotTaken(Exception):
    """A file that is not kept; its text is a sentence for whoever chose it."""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A file that may be kept: a picture is drawn anew from its points, all else stays as it was."""

    name: str
    media_type: str
    content: bytes


def looked_at(name: str, content: bytes, *, largest: int) -> LookedAt:
    """The file as it may be kept. Raises `FileIsNotTaken`. `largest` is in bytes."""
    name = plain_name(name)
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if suffix in REFUSED_SUFFIXES:
        raise FileIsNotTaken(f"“{name}” {REFUSED_SUFFIXES[suffix]}")
    if (kind := KIND_BY_SUFFIX.get(suffix)) is None:
        raise refusal("unknown", name)
    if not content.strip():
        raise FileIsNotTaken(f"There is nothing in “{name}”. Check that it was saved, and choose it again.")
    if len(content) > largest:
        raise too_large(name, largest)
    kept = _confined(name, suffix, content)
    return LookedAt(name, kind.media_type, content if kept is None else kept)


def too_large(name: str, largest: int) -> FileIsNotTaken:
    """The refusal of a file that is larger than so many bytes."""
    limit = f"{largest // MEGABYTE} MB" if largest >= MEGABYTE else f"{max(largest // 1024, 1)} kB"
    return FileIsNotTaken(
        f"“{name}” is larger than {limit}. Save it smaller, or put it elsewhere and give a link to it."
    )


def refusal(trouble: str, name: str, **words: Any) -> FileIsNotTaken:
    return FileIsNotTaken(f"“{name}” {TROUBLE[trouble].format(**words)}")


def plain_name(name: str) -> str:
    """The name without a path, control characters, or signs that turn the direction of writing round."""
    bare = re.sub(
        r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\"]", "", name.replace("\\", "/").rpartition("/")[2]
    )
    stem, dot, suffix = bare.strip(" .").rpartition(".")
    return f"{stem[: LONGEST_NAME - 1 - len(suffix)]}{dot}{suffix}"[-LONGEST_NAME:] or "file"


def _confined(name: str, suffix: str, content: bytes) -> bytes | None:
    from desaga.documents.sandbox import read_limited

    try:
        # The name on disk is ours: what it was called says nothing to the check but the kind.
        found = read_limited(
            "desaga.evidence.files.inside:look", f"file.{suffix}", content, {"suffix": suffix}, limits=LIMITS
        )
    except UnreadableDocument as error:
        raise refusal(TROUBLE_OF.get(error.kind, "damaged"), name) from error
    if trouble := found.get("trouble"):
        raise refusal(trouble, name, suffix=f".{suffix}")
    drawn = found.get("content")
    return base64.b64decode(drawn) if drawn else None
