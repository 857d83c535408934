"""Who was out of the room, as people: names alone tell no two apart."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("placements", "0026_secure_reading_days")]

    operations = [
        migrations.AddField(
            model_name="agendaitem",
            name="left_people",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, editable=False, size=None
            ),
        ),
    ]
