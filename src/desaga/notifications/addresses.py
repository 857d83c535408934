"""The return address that each mail has for itself, and the Message-ID that it keeps over all its tries."""

from __future__ import annotations

import re
import secrets
from email.utils import parseaddr
from uuid import uuid4

from django.conf import settings
from django.utils.encoding import punycode

#: Small letters and digits only: some mail servers change the case of what stands before the @.
KEY = re.compile(r"\+([0-9a-f]{32})@", re.IGNORECASE)


def new_bounce_key() -> str:
    """128 random bits: whoever knows a mail's key can say that it came back, and nothing else."""
    return secrets.token_hex(16)


def new_message_id(sender: str) -> str:
    """A Message-ID in the domain of the sender (RFC 5322, 3.6.4)."""
    return f"<{uuid4()}@{punycode(parseaddr(sender)[1].rpartition('@')[2]) or 'localhost'}>"


def return_address(key: str) -> str:
    """The address that reports about one mail come back to; nothing where `DESAGA_MAIL_RETURN` is not set."""
    local, at, domain = settings.MAIL_RETURN.rpartition("@")
    return f"{local}+{key}@{domain}" if at else ""


def key_in(address: str) -> str | None:
    """The key in a return address, however it is written around it; None in any other text.

    The domain is not compared: mail servers inside an institution rename it, and the key says enough.
    """
    found = KEY.search(address)
    return found.group(1).lower() if found else None
