"""Bytes to text, whatever program wrote them."""

from __future__ import annotations

import re

BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32-le"), (b"\x00\x00\xfe\xff", "utf-32-be"),
        (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))  # fmt: skip
ENCODING_NAMES = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
TYPICAL = frozenset("‘’“”–—•…£€éèêëáàâäíìîïóòôöúùûüçñßøåæœÉÈÀÁÖÜÄÇÑØÅ°½¼®™©·\xa0")
ODD_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decode(data: bytes) -> tuple[str, str | None]:
    """The text of `data` and, where the encoding had to be guessed, the name of the guess for people."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace"), None
    wide = _utf16_without_bom(data)
    if wide:
        return data.decode(wide, errors="replace"), ENCODING_NAMES[wide]
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        return _decode_legacy(data)


def looks_binary(text: str) -> bool:
    """Whether decoded `text` is no text at all: control characters beyond what a stray one or two would explain."""
    sample = text[:20_000]
    found = len(ODD_CONTROLS.findall(sample)) + sample.count("\ufffd")
    return found > max(2, len(sample) // 200)


def _utf16_without_bom(data: bytes) -> str | None:
    head = data[:2_000]
    if len(head) < 4 or len(data) % 2:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.7 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.7 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _decode_legacy(data: bytes) -> tuple[str, str]:
    """Mostly UTF-8 with stray bytes keeps its UTF-8; else the likelier of the two old Western encodings."""
    mended = data.decode("utf-8", errors="surrogateescape")
    stray = sum("\udc80" <= char <= "\udcff" for char in mended)
    proper = sum(char > "\x7f" and not "\ud800" <= char <= "\udfff" for char in mended)
    if proper > stray:
        return re.sub("[\udc80-\udcff]", _stray_byte, mended), "UTF-8 with some other letters"
    windows, mac = (_decode_bytes(data, encoding) for encoding in ("cp1252", "mac_roman"))
    if _score(mac) > _score(windows):
        return mac, ENCODING_NAMES["mac_roman"]
    return windows, ENCODING_NAMES["cp1252"]


def _stray_byte(match: re.Match[str]) -> str:
    return _decode_bytes(bytes([ord(match[0]) - 0xDC00]), "cp1252")


def _decode_bytes(data: bytes, encoding: str) -> str:
    """Decoded without loss: the five bytes that Windows-1252 leaves undefined become U+FFFD."""
    return data.decode(encoding, errors="replace")


def _score(text: str) -> int:
    foreign = [char for char in text[:200_000] if char > "\x7f"]
    return sum(1 if char in TYPICAL else -1 for char in foreign)
