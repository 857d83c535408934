from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from desaga.organisations.refusals import Refused
from desaga.workforce.operations import keys


class Command(BaseCommand):
    help = "Seals the keys of the workforce's data with the first of DESAGA_WORKFORCE_KEYS. Afterwards the others can be taken out."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            number = keys.rotate()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{number} keys are sealed with the key in force.")
