"""What stands in a backup, one after the other: streams whose length is known only at their end.

A member is its name, blocks of bytes, each behind its length, and a block of none. The last member says of all others how long they are and what their
checksum is.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from .refusals import Damaged

BLOCK = 1024 * 1024
LONGEST_BLOCK = 64 * BLOCK
LENGTH = struct.Struct(">I")
ABOUT, DUMP, MANIFEST, FILES = "about.json", "database.dump", "manifest.json", "media/"


class Reads(Protocol):
    def read(self, size: int) -> bytes: ...


class Writes(Protocol):
    def write(self, data: bytes) -> Any: ...


@dataclass(frozen=True)
class Written:
    """How much a member held, and its SHA-256."""

    size: int
    sha256: str


def put_member(target: Writes, name: str, blocks: Iterable[bytes]) -> Written:
    size, digest = 0, hashlib.sha256()
    put_block(target, name.encode())
    for block in blocks:
        if block:
            put_block(target, block)
            digest.update(block)
            size += len(block)
    target.write(LENGTH.pack(0))
    return Written(size, digest.hexdigest())


def put_block(target: Writes, block: bytes) -> None:
    target.write(LENGTH.pack(len(block)) + block)


def blocks_of(source: Reads) -> Iterator[bytes]:
    """Any stream, a block at a time."""
    while block := source.read(BLOCK):
        yield block


def members_of(source: Reads) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Name and blocks of each member; the blocks are to be taken before the next member is asked for."""
    while (name := take_block(source, at_end_is_fine=True)) is not None:
        yield name.decode(), iter(lambda: take_block(source) or b"", b"")


def take_block(source: Reads, *, at_end_is_fine: bool = False) -> bytes | None:
    head = source.read(LENGTH.size)
    if not head and at_end_is_fine:
        return None
    if len(head) < LENGTH.size:
        raise Damaged
    (length,) = LENGTH.unpack(head)
    block = source.read(length) if length <= LONGEST_BLOCK else b""
    if len(block) < length:
        raise Damaged
    return block


def read_json(blocks: Iterator[bytes]) -> dict[str, Any]:
    try:
        return dict(json.loads(b"".join(blocks)))
    except ValueError as problem:
        raise Damaged from problem


def measured(blocks: Iterator[bytes], pass_on: Callable[[bytes], Any]) -> Written:
    """Pass each block on, and say how much it was."""
    size, digest = 0, hashlib.sha256()
    for block in blocks:
        pass_on(block)
        digest.update(block)
        size += len(block)
    return Written(size, digest.hexdigest())
