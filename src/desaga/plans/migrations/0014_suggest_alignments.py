"""An alignment may be only suggested, with a reason, until somebody says whether it holds: docs/adr/0018."""

from django.db import migrations, models

BASES = [
    ("cell", "stated"),
    ("theme", "inherited from the theme"),
    ("code", "told from the code"),
    ("suggested", "suggested"),
]


class Migration(migrations.Migration):
    dependencies = [("plans", "0013_remember_choices")]

    operations = [
        migrations.RemoveConstraint(model_name="alignment", name="alignment_basis_known"),
        migrations.AlterField(
            model_name="alignment",
            name="basis",
            field=models.CharField(choices=BASES, default="cell", max_length=10),
        ),
        migrations.AddField(model_name="alignment", name="reason", field=models.TextField(blank=True, default="")),
        migrations.AlterField(model_name="alignment", name="reason", field=models.TextField(blank=True)),
        migrations.AddConstraint(
            model_name="alignment",
            constraint=models.CheckConstraint(
                condition=models.Q(basis__in=["cell", "theme", "code", "suggested"]), name="alignment_basis_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="alignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), ("basis", "suggested"), _connector="OR"),
                name="alignment_reason_only_where_suggested",
            ),
        ),
    ]
