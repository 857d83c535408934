"""`desaga data-map`: what personal data there are, from the models; as a table of words or as JSON."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from desaga.privacy import facts


class Command(BaseCommand):
    help = "Say which fields hold personal data, for what, and for how long."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--json", action="store_true", help="as JSON, with all that is said of each kind of processing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(as_data(), ensure_ascii=False, indent=2))
            return
        for fact in facts.data_map():
            self.stdout.write(f"{fact.processing.key:22} {fact.model._meta.label:34} {fact.field:26} {fact.holds}")


def as_data() -> list[dict[str, Any]]:
    """Each kind of processing with its fields."""
    names = (
        "key",
        "slice",
        "name",
        "purpose",
        "basis",
        "condition",
        "whose",
        "source",
        "seen_by",
        "recipients",
        "retention",
    )
    found = facts.data_map()
    return [
        {
            **{name: getattr(one, name) for name in names},
            "fields": [
                {"model": fact.model._meta.label, "field": fact.field, "holds": str(fact.holds)}
                for fact in found
                if fact.processing is one
            ],
        }
        for one in facts.processings().values()
    ]
