"""Who is new, gone or changed in a file, sealed beside it: docs/adr/0030-extracts-and-snapshots.md."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workforce", "0006_keep_from_truncating")]

    operations = [
        migrations.AddField(
            model_name="sealedfile",
            name="moved",
            field=models.BinaryField(null=True),
        ),
    ]
