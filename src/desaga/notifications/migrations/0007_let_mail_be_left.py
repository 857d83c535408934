"""Where one press in a mail program ends what goes to many (RFC 8058)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0006_let_answers_go_to_people"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="leave_url",
            field=models.URLField(blank=True, max_length=500, verbose_name="where one press ends it"),
        ),
    ]
