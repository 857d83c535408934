from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("charters", "0002_secure_charters")]

    operations = [
        migrations.AddField(
            model_name="charter",
            name="source_read_on",
            field=models.DateField(blank=True, null=True, verbose_name="source read on"),
        ),
    ]
