"""Who of a group was told of which pack and which minutes, so that nobody is told twice."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from desaga.tenancy.rowsecurity import names_readable, row_security


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("organisations", "0006_seat_groups_and_years"),
        ("reviews", "0002_make_long_packs"),
    ]

    operations = [
        migrations.CreateModel(
            name="TellingMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "about",
                    models.CharField(choices=[("pack", "The pack"), ("minutes", "The minutes")], max_length=10),
                ),
                ("digest", models.CharField(max_length=64)),
                (
                    "sent_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reviews.review"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["sent_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("about__in", ["pack", "minutes"])), name="telling_mail_about_known"
                    ),
                    models.UniqueConstraint(fields=("review", "user", "about", "digest"), name="telling_mail_once"),
                ],
            },
        ),
        row_security("reviews_tellingmail"),
        names_readable("reviews_tellingmail", "review_id", "reviews_review"),
    ]
