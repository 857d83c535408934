"""Looking at a film and its captions before they are kept. Pure: the first bytes of the film, the whole of the captions."""

from __future__ import annotations

import re

from desaga.organisations.refusals import Refused

#: ISO/IEC 14496-12: a file type box first. Matroska (WebM) begins with an EBML header (RFC 8794).
MP4, WEBM = "video/mp4", "video/webm"
LONGEST_CAPTIONS = 200_000
TIMES = re.compile(
    r"^(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}[ \t]+-->[ \t]+(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}(?:[ \t].*)?$", re.M
)


class NotAFilm(Refused):
    """This is not a film that every browser shows. Save it as .mp4 (H.264) or .webm and choose that."""


class NoCaptions(Refused):
    """A film is kept only with its captions. Choose a .vtt file beside it; most programs that cut films save one."""


class NotCaptions(Refused):
    """These are not captions as .vtt. The file begins with the word WEBVTT and has times such as 00:01.000 --> 00:04.000."""


def kind_of_film(content: bytes) -> str:
    """The media type, read from the content and not from the name. Raises `NotAFilm`."""
    if content[4:8] == b"ftyp":
        return MP4
    if content[:4] == b"\x1a\x45\xdf\xa3" and b"webm" in content[:64]:
        return WEBM
    raise NotAFilm


def captions_in(content: bytes) -> str:
    """The text of captions as WebVTT (https://www.w3.org/TR/webvtt1/). Raises `NoCaptions`, `NotCaptions`."""
    if not content.strip():
        raise NoCaptions
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").strip()
    except UnicodeDecodeError:
        raise NotCaptions from None
    head = text.split("\n", 1)[0]
    if (
        not (head == "WEBVTT" or head.startswith(("WEBVTT ", "WEBVTT\t")))
        or "\x00" in text
        or len(text) > LONGEST_CAPTIONS
    ):
        raise NotCaptions
    if not TIMES.search(text):
        raise NotCaptions
    return text + "\n"
