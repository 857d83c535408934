"""Whom an answer to a mail reaches: nobody reads the mailbox that it comes from."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0005_constrain_ledger"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="reply_to",
            field=models.EmailField(blank=True, max_length=254, verbose_name="answers go to"),
        ),
    ]
