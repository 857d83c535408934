"""The button by which a page is handed in says to whom."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def name_them(apps: Any, schema_editor: Any) -> None:
    apps.get_model("wagtailcore", "Workflow").objects.filter(name__startswith="Before it is published (").update(
        name="the publishers"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("wagtailcore", "0098_apitoken"),
        ("website", "0013_show_stories_in_welsh"),
    ]

    operations = [migrations.RunPython(name_them, migrations.RunPython.noop)]
