"""What a mail is about, where not everybody may know of that."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0007_let_mail_be_left"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="about_kind",
            field=models.CharField(blank=True, max_length=100, verbose_name="kind of what it is about"),
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="about_id",
            field=models.BigIntegerField(null=True, verbose_name="what it is about"),
        ),
    ]
