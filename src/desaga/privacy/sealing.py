"""A person's export is sealed at rest: it holds in one place what lies elsewhere in many, and what they said of themselves among it.

The key is derived from the outer key of the workforce's data (`DESAGA_WORKFORCE_KEYS`), which the database never holds, or where a server has none from its
secret key. Former keys still open, so that one may be changed within the week that an export lives.
"""

from __future__ import annotations

import json
import os
import zlib
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from desaga.organisations.refusals import Refused

NONCE = 12


class ExportKeyLost(Refused):
    """Your data were put together under a key that this server does not have any more. Have them put together anew."""


def _keys() -> list[bytes]:
    secrets = [*settings.WORKFORCE_KEYS, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [HKDF(SHA256(), 32, None, b"desaga.privacy.exports").derive(one.encode()) for one in secrets]


def seal_export(content: Any, about: str) -> bytes:
    """Data as JSON can hold them, pressed and sealed. `about` says whose and which: it is bound in, so that none passes for another's."""
    nonce = os.urandom(NONCE)
    plain = zlib.compress(json.dumps(content, ensure_ascii=False).encode())
    return nonce + AESGCM(_keys()[0]).encrypt(nonce, plain, about.encode())


def open_export(sealed: bytes | memoryview, about: str) -> Any:
    """What was sealed. Raises `ExportKeyLost`."""
    sealed = bytes(sealed)
    for key in _keys():
        try:
            return json.loads(zlib.decompress(AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], about.encode())))
        except InvalidTag:
            continue
    raise ExportKeyLost
