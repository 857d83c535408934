"""Take what comes back by SMTP, until told to stop: `desaga manage receive_bounces --listen 127.0.0.1:2525`."""

from __future__ import annotations

import asyncio
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...receiving import receive


class Command(BaseCommand):
    help = "Take reports about mails that did not arrive by SMTP, from the mail server of this machine, until told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--listen", default="127.0.0.1:2525", help="the address and port to listen at")

    def handle(self, *args: Any, **options: Any) -> None:
        host, _, port = options["listen"].rpartition(":")
        if not host or not port.isdecimal():
            raise CommandError("Say where to listen as ADDRESS:PORT, for example 127.0.0.1:2525.")
        try:
            asyncio.run(receive(host.strip("[]"), int(port)))
        except OSError as error:
            raise CommandError(f"Cannot listen at {options['listen']}: {error.strerror}.") from error
