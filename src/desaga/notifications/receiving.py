"""A small mail server that takes nothing but what comes back. It stands behind the institution's own, on this machine."""

from __future__ import annotations

import asyncio
import logging
import signal
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope
from asgiref.sync import sync_to_async
from django.db import Error, close_old_connections

from . import operations
from .addresses import key_in

logger = logging.getLogger(__name__)


class BounceReceiver:
    """What aiosmtpd asks: takes mail for return addresses only, and answers "later" where it cannot be written down."""

    async def handle_RCPT(
        self, server: SMTP, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if key_in(address) is None:
            return "550 5.1.1 Only reports about mail of ours are taken here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Envelope) -> str:
        content = envelope.original_content or b""
        try:
            for recipient in envelope.rcpt_tos:
                await sync_to_async(take)(content, recipient)
        except Error as error:
            logger.warning("a report could not be written down: %s", type(error).__name__)
            return "451 4.3.0 Try again later"
        return "250 2.0.0 OK"

    async def handle_exception(self, error: Exception) -> str:
        # Its words may hold what was sent to us.
        logger.warning("a conversation ended with %s", type(error).__name__)
        return "451 4.3.0 Try again later"


def take(content: bytes, recipient: str) -> None:
    close_old_connections()
    try:
        operations.take_bounce(content, recipient)
    finally:
        close_old_connections()


async def receive(host: str, port: int) -> None:
    """Take reports until told to stop (SIGTERM, SIGINT). Raises `OSError` where the address cannot be listened at."""
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    async with await loop.create_server(conversation, host, port):
        await stopped.wait()


def conversation() -> SMTP:
    return SMTP(BounceReceiver(), data_size_limit=operations.LARGEST_BOUNCE, ident="Desaga", enable_SMTPUTF8=True)
