"""That somebody is back under their number is in the log of matches: docs/adr/0030-extracts-and-snapshots.md."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0008_name_equality_steward"),
        ("workforce", "0010_take_posts_in"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="match",
            name="match_kind_known",
        ),
        migrations.AlterField(
            model_name="match",
            name="kind",
            field=models.CharField(
                choices=[
                    ("new_number", "Same name and date of birth, another number"),
                    ("rehired", "Was here before, and is back"),
                    ("returned", "Had left, and is back under the same number"),
                    ("new_name", "Same number, another name"),
                    ("other_person", "Same number, another date of birth"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["new_number", "rehired", "returned", "new_name", "other_person"])),
                name="match_kind_known",
            ),
        ),
    ]
