"""The key that signs sessions and links."""

from __future__ import annotations

import base64
import os
import secrets

from . import places


def secret_key(*, required: bool) -> str:
    """`DESAGA_SECRET_KEY`, else, where it is not required, one made once and kept in `var`.

    Raises `RuntimeError` in production without one: a key found in a directory is too easily copied with it.
    """
    given = os.environ.get("DESAGA_SECRET_KEY")
    if given:
        return given
    if required:
        raise RuntimeError("Set DESAGA_SECRET_KEY: fifty or more random characters, kept out of the repository.")
    path = places.var() / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def workforce_keys(*, in_production: bool) -> list[str]:
    """`DESAGA_WORKFORCE_KEYS`, the one in force first; else, outside production, one made once and kept in `var`.

    In production without one there is none: Desaga serves, and takes no extract in.
    """
    given = os.environ.get("DESAGA_WORKFORCE_KEYS", "").split()
    if given or in_production:
        return given
    path = places.var() / "workforce-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
    return path.read_text().split()
