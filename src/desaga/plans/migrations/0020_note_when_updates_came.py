"""When an update was written down, so that a file which comes back is held against what the plan had when it was taken out."""

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0019_tell_updates")]

    operations = [
        migrations.AddField(
            model_name="update",
            name="written_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="written down"
            ),
        ),
    ]
