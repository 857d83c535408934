"""Take one message that came to a return address, from a pipe of the mail server: `desaga manage take_bounce`."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error

from ...operations import LARGEST_BOUNCE, take_bounce

#: EX_TEMPFAIL of sysexits.h: the mail server keeps the message and tries again.
LATER = 75


class Command(BaseCommand):
    help = "Read a message that came back from standard input, and note it if it says that a mail did not arrive."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--recipient", help="the address that it came to, as the mail server knows it")

    def handle(self, *args: Any, **options: Any) -> None:
        content = sys.stdin.buffer.read(LARGEST_BOUNCE + 1)
        try:
            take_bounce(content, options["recipient"])
        except Error as error:
            raise CommandError("The database cannot be written to; try again later.", returncode=LATER) from error
