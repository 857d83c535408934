"""A film as browsers ask for it: all of it, or a part, so that one can jump (RFC 9110, 14); and what is said in it."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse
from django.utils.html import strip_tags

#: What is answered at once at most: a browser asks for the next part by itself.
MOST = 2 * 1024 * 1024
PART, NOT_THERE = 206, 416
RANGE = re.compile(r"bytes=(\d*)-(\d*)$")


def answer_of(film: Any, kind: str, asked: str) -> HttpResponse:
    """The film, or the part that is asked for; what cannot be understood is answered as if nothing were asked."""
    size = film.size
    found = RANGE.match(asked.strip())
    if not found or not any(found.groups()):
        with film.open("rb") as file:
            return told(HttpResponse(file.read(), content_type=kind))
    first, last = bounds(*found.groups(), size)
    if first >= size or first > last:
        return told(HttpResponse(status=NOT_THERE, headers={"Content-Range": f"bytes */{size}"}))
    with film.open("rb") as file:
        file.seek(first)
        content = file.read(last - first + 1)
    answer = HttpResponse(content, status=PART, content_type=kind)
    answer.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return told(answer)


def bounds(start: str, end: str, size: int) -> tuple[int, int]:
    """First and last byte: "5-9", "5-" or, from the end, "-5"."""
    if not start:
        return max(0, size - int(end)), size - 1
    return int(start), min(int(end) if end else size - 1, size - 1, int(start) + MOST - 1)


def told(answer: HttpResponse) -> HttpResponse:
    answer.headers["Accept-Ranges"] = "bytes"
    return answer


def spoken(captions: str) -> list[str]:
    """What captions say, cue by cue, without times and marks (https://www.w3.org/TR/webvtt1/)."""
    told = []
    for block in captions.split("\n\n"):
        lines = block.strip().split("\n")
        times = next((at for at, line in enumerate(lines) if "-->" in line), None)
        if times is not None and (words := " ".join(strip_tags(line).strip() for line in lines[times + 1 :]).strip()):
            told.append(words)
    return told
