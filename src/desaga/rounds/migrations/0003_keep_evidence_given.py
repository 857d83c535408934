"""Which pieces of evidence came through a request."""

import django.db.models.deletion
from django.db import migrations, models

from desaga.tenancy.rowsecurity import names_readable, row_security


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0001_make_evidence"),
        ("organisations", "0005_name_known_people"),
        ("rounds", "0002_keep_calendars"),
    ]

    operations = [
        migrations.CreateModel(
            name="RequestEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("at", models.DateTimeField()),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="evidence.evidence"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="given", to="rounds.updaterequest"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("evidence",), name="evidence_came_through_one_request")
                ],
            },
        ),
        row_security("rounds_requestevidence"),
        names_readable("rounds_requestevidence", "request_id", "rounds_updaterequest"),
        names_readable("rounds_requestevidence", "evidence_id", "evidence_evidence"),
    ]
