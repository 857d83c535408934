"""Trust a federation's signed metadata: `desaga manage trust_federation "UK federation" https://… certificate.pem`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from desaga.organisations.refusals import Refused

from ...operations.federations import trust_federation


class Command(BaseCommand):
    help = "Let organisations choose their sign-in from a federation's signed metadata. The worker reads it within the hour."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="what people call the federation")
        parser.add_argument("address", help="where its metadata is published, https")
        parser.add_argument(
            "certificate", type=Path, help="a PEM file with the certificate, or two, that it signs with"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            words = options["certificate"].read_text()
            federation = trust_federation(
                actor=None, name=options["name"], address=options["address"], certificates=words
            )
        except (OSError, UnicodeDecodeError, Refused) as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{federation} is trusted; its metadata is read within the hour.")
