"""Which link a mail carried, and which was used."""

import django.db.models.deletion
from django.db import migrations, models

from desaga.tenancy.rowsecurity import names_readable


class Migration(migrations.Migration):
    dependencies = [
        ("rounds", "0003_keep_evidence_given"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="requestevent",
            name="request_event_kind_known",
        ),
        migrations.AddField(
            model_name="requestevent",
            name="key",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="rounds.requestkey"
            ),
        ),
        migrations.AlterField(
            model_name="requestevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("asked", "Asked by e-mail"),
                    ("answered", "Answered"),
                    ("passed_on", "Passed on"),
                    ("not_theirs", "Not theirs"),
                    ("due_soon", "Reminded: due soon"),
                    ("late", "Reminded: late"),
                    ("reminded", "Reminded by hand"),
                    ("escalated", "The lead was told that it is silent"),
                    ("bounced", "The e-mail came back"),
                    ("not_delivered", "The e-mail could not be delivered"),
                    ("took_back", "Took evidence back"),
                    ("revoked", "Taken back"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="requestevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "asked",
                            "answered",
                            "passed_on",
                            "not_theirs",
                            "due_soon",
                            "late",
                            "reminded",
                            "escalated",
                            "bounced",
                            "not_delivered",
                            "took_back",
                            "revoked",
                        ],
                    )
                ),
                name="request_event_kind_known",
            ),
        ),
        names_readable("rounds_requestevent", "key_id", "rounds_requestkey"),
    ]
