"""Sealing a stream so that whoever writes it cannot read it back, and nobody can alter or cut it unseen.

A pair of X25519 keys is made once: the server keeps the public half and seals with it, the private half is kept elsewhere and opens. Each file has a key of
its own, agreed between a fresh pair and the public half (HKDF-SHA256), and is encrypted in chunks of 1 MiB by AES-256-GCM. A chunk's nonce is its number and
whether it is the last, so chunks cannot be left out, swapped or added, nor the end cut off. The construction is STREAM
(https://eprint.iacr.org/2015/189) as age uses it (https://age-encryption.org/v1). No more than a chunk is held in memory.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .refusals import Damaged, NoBackup, NotABackup, WrongKey

MAGIC = b"desaga backup 1\n"
CHUNK = 1024 * 1024
TAG = 16
KEY = 32
FINGERPRINT = 8
PUBLIC_WORD, PRIVATE_WORD = "desaga-backup-public", "desaga-backup-private"


def make_keys(path: Path) -> Path:
    """Write a private key to `path`, readable by its owner only, and its public half to `path`.pub. Neither may exist."""
    public = path.with_name(path.name + ".pub")
    for name in (path, public):
        if name.exists():
            raise NoBackup(
                f"{name} exists already. A key is never overwritten: backups made for it could not be opened."
            )
    private = X25519PrivateKey.generate()
    write_new(path, f"{PRIVATE_WORD} {private.private_bytes_raw().hex()}\n")
    write_new(public, f"{PUBLIC_WORD} {private.public_key().public_bytes_raw().hex()}\n")
    return public


def write_new(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "w") as file:
        file.write(text)


def key_bytes(path: Path, word: str) -> bytes:
    """What a key file holds. Refused where the file is not there or is not of that kind."""
    try:
        found, _, digits = path.read_text().strip().partition(" ")
        raw = bytes.fromhex(digits)
    except (OSError, ValueError) as problem:
        raise NoBackup(f"{path} is not a key that can be read.") from problem
    if found != word or len(raw) != KEY:
        raise NoBackup(
            f"{path} is not a {'public' if word == PUBLIC_WORD else 'private'} key of desaga backup --make-key."
        )
    return raw


def public_key(path: Path) -> X25519PublicKey:
    return X25519PublicKey.from_public_bytes(key_bytes(path, PUBLIC_WORD))


def private_key(path: Path) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(key_bytes(path, PRIVATE_WORD))


def raw(key: X25519PublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def fingerprint(key: X25519PublicKey) -> bytes:
    return hashlib.sha256(raw(key)).digest()[:FINGERPRINT]


def file_key(shared: bytes, ephemeral: bytes, recipient: bytes) -> AESGCM:
    derive = HKDF(algorithm=hashes.SHA256(), length=KEY, salt=ephemeral + recipient, info=MAGIC)
    return AESGCM(derive.derive(shared))


def nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


class SealedWriter(io.RawIOBase):
    """Takes bytes, writes them sealed to `target`. `finish` writes the last chunk: without it the file opens for nobody."""

    def __init__(self, target: BinaryIO, recipient: X25519PublicKey) -> None:
        own = X25519PrivateKey.generate()
        ephemeral = raw(own.public_key())
        self.target, self.number, self.waiting = target, 0, bytearray()
        self.cipher = file_key(own.exchange(recipient), ephemeral, raw(recipient))
        self.header = MAGIC + fingerprint(recipient) + ephemeral
        target.write(self.header)

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.waiting += data
        # What fills a chunk exactly waits too: it may be the last.
        while len(self.waiting) > CHUNK:
            self.put(bytes(self.waiting[:CHUNK]), is_last=False)
            del self.waiting[:CHUNK]
        return len(data)

    def put(self, chunk: bytes, *, is_last: bool) -> None:
        self.target.write(self.cipher.encrypt(nonce(self.number, is_last), chunk, self.header))
        self.number += 1

    def finish(self) -> None:
        self.put(bytes(self.waiting), is_last=True)
        self.waiting.clear()


class SealedReader:
    """Reads what a `SealedWriter` wrote. Nothing is given out that was not checked first; the end is checked as an end."""

    def __init__(self, source: BinaryIO, key: X25519PrivateKey) -> None:
        header = source.read(len(MAGIC) + FINGERPRINT + KEY)
        if not header.startswith(MAGIC):
            raise NotABackup
        if len(header) < len(MAGIC) + FINGERPRINT + KEY:
            raise Damaged
        recipient, ephemeral = key.public_key(), header[-KEY:]
        if header[len(MAGIC) : -KEY] != fingerprint(recipient):
            raise WrongKey
        try:
            shared = key.exchange(X25519PublicKey.from_public_bytes(ephemeral))
        except ValueError as problem:
            raise Damaged from problem
        self.chunks = self.open_chunks(source, file_key(shared, ephemeral, raw(recipient)), header)
        self.at_hand = b""

    @staticmethod
    def open_chunks(source: BinaryIO, cipher: AESGCM, header: bytes) -> Iterator[bytes]:
        number, sealed = 0, source.read(CHUNK + TAG)
        while True:
            following = source.read(CHUNK + TAG)
            try:
                yield cipher.decrypt(nonce(number, not following), sealed, header)
            except InvalidTag as problem:
                raise Damaged from problem
            if not following:
                return
            number, sealed = number + 1, following

    def read(self, size: int) -> bytes:
        """Exactly `size` bytes, or fewer at the end."""
        parts: list[bytes] = []
        missing = size
        while missing:
            if not self.at_hand:
                chunk = next(self.chunks, b"")
                if not chunk:
                    break
                self.at_hand = chunk
            part, self.at_hand = self.at_hand[:missing], self.at_hand[missing:]
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)
