"""Sealing personal data with keys that the database does not hold.

Three kinds of data (`Purpose`), each with a key of its own for each organisation. Such a data key lies in the database sealed with
an outer key from the environment (`DESAGA_WORKFORCE_KEYS`): rotating that one seals a few data keys anew and no row. Rows are
sealed with AES-256-GCM and a random nonce; what a row is about is bound in, so that none can be put in another's place.
"""

from __future__ import annotations

import hmac
import json
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction

from desaga.organisations.refusals import Refused

from .models import DataKey
from .states import Purpose

NONCE = 12


class NoKey(Refused):
    """This server has no key for the workforce's data yet. Whoever runs it sets DESAGA_WORKFORCE_KEYS; then choose the file again."""


class KeyLost(Refused):
    """What is kept of the workforce here was sealed with a key that this server does not have. Whoever runs it must bring that key back."""


def outer_key() -> MultiFernet:
    if not settings.WORKFORCE_KEYS:
        raise NoKey
    return MultiFernet([Fernet(key) for key in settings.WORKFORCE_KEYS])


@dataclass(frozen=True, slots=True)
class Seal:
    """Seals and opens one kind of data of one organisation."""

    key: bytes

    def seal(self, plain: bytes, about: bytes = b"") -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + AESGCM(self.key).encrypt(nonce, plain, about)

    def open(self, sealed: bytes | memoryview, about: bytes = b"") -> bytes:
        sealed = bytes(sealed)
        try:
            return AESGCM(self.key).decrypt(sealed[:NONCE], sealed[NONCE:], about)
        except InvalidTag as error:
            raise KeyLost from error

    def many(self) -> AESGCM:
        """For sealing row after row: the cipher made once."""
        return AESGCM(self.key)

    def seal_file(self, content: bytes) -> bytes:
        """A file, pressed, sealed: a large one passes through the database at a third of its size."""
        return self.seal(zlib.compress(content, 1))

    def open_file(self, sealed: bytes | memoryview) -> bytes:
        """A file; one that was sealed before files were pressed, as it is."""
        plain = self.open(sealed)
        try:
            return zlib.decompress(plain)
        except zlib.error:
            return plain

    def seal_data(self, data: Any, about: bytes = b"") -> bytes:
        """Data as JSON, pressed, sealed. Part by part, so that a large table is not held as JSON beside itself."""
        press = zlib.compressobj(1)
        pressed = [press.compress(part.encode()) for part in json_parts(data)]
        return self.seal(b"".join([*pressed, press.flush()]), about)

    def open_data(self, sealed: bytes | memoryview, about: bytes = b"") -> Any:
        return json.loads(zlib.decompress(self.open(sealed, about)))

    def name_key(self) -> bytes:
        """The key under which numbers become keys of people: another than what rows are sealed with."""
        return hmac.digest(self.key, b"numbers of people", "sha256")


def json_parts(data: Any) -> Iterator[str]:
    """JSON of data: of what has lists within it, each of these apart."""
    if isinstance(data, dict) and all(isinstance(key, str) for key in data):
        yield "{"
        for n, (key, value) in enumerate(data.items()):
            yield f"{',' if n else ''}{json.dumps(key, ensure_ascii=False)}:"
            yield from json_parts(value)
        yield "}"
    elif isinstance(data, list) and data and isinstance(data[0], list):
        for n, one in enumerate(data):
            yield ("," if n else "[") + json.dumps(one, ensure_ascii=False, separators=(",", ":"))
        yield "]"
    else:
        yield json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def key_of(words: str, name_key: bytes) -> str:
    """The same number gives the same key in one organisation; without the outer key nobody can try numbers out.

    As 32 figures of a UUID, which are quicker to make and compare by the hundred thousand than the object. A keyed BLAKE2b:
    https://www.rfc-editor.org/rfc/rfc7693
    """
    return blake2b(words.encode(), key=name_key, digest_size=16).hexdigest()


def seal_of(organisation: Any, purpose: Purpose) -> Seal:
    """The seal of an organisation for one kind of data; its key is made when first asked for.

    Raises `NoKey`, `KeyLost`.
    """
    outer = outer_key()
    with transaction.atomic():
        held = DataKey.objects.filter(purpose=purpose).first()
        if held is None:
            made = outer.encrypt(os.urandom(32))
            held, _ = DataKey.objects.get_or_create(
                organisation=organisation, purpose=purpose, defaults={"sealed": made}
            )
    try:
        return Seal(outer.decrypt(bytes(held.sealed)))
    except InvalidToken as error:
        raise KeyLost from error
