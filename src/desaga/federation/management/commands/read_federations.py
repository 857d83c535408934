"""Read the metadata of federations now: `desaga manage read_federations`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ...models import Federation
from ...operations.federations import read_federation


class Command(BaseCommand):
    help = "Read the metadata of all trusted federations now, and say what came of it."

    def handle(self, *args: Any, **options: Any) -> None:
        for federation in Federation.objects.all():
            read_federation(federation=federation, now=timezone.now())
            self.stdout.write(f"{federation}: {federation.problem or f'valid until {federation.valid_until:%d %B %Y}'}")
