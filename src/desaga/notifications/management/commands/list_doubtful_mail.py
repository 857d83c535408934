"""The mails in doubt that go in no organisation's name: `desaga manage list_doubtful_mail`, and to settle one,
`--arrived ID` or `--send-again ID`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from desaga.organisations.refusals import Refused

from ...operations import settle_doubtful
from ...queries import doubtful_mail


class Command(BaseCommand):
    help = "List the platform's own mails in doubt, or say what became of one. Organisations see theirs on screen."

    def add_arguments(self, parser: CommandParser) -> None:
        said = parser.add_mutually_exclusive_group()
        said.add_argument("--arrived", type=int, metavar="ID", help="this mail was taken: count it as sent")
        said.add_argument("--send-again", type=int, metavar="ID", help="this mail was not taken: send it again")

    def handle(self, *args: Any, **options: Any) -> None:
        mail_id = options["arrived"] or options["send_again"]
        if mail_id:
            self.settle(mail_id, was_taken=bool(options["arrived"]))
        for mail in doubtful_mail(None):
            self.stdout.write(f"{mail.pk}  {timezone.localtime(mail.handing_over_at):%d %b %Y, %H:%M}  {mail.subject}")

    def settle(self, mail_id: int, *, was_taken: bool) -> None:
        try:
            settle_doubtful(actor=None, mail_id=mail_id, was_taken=was_taken, organisation=None)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
