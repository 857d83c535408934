"""Packs that the worker makes: docs/adr/0027-reviews-and-snapshots.md."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from desaga.tenancy.rowsecurity import names_readable, row_security

# A review that was ever held gets no snapshot any more, also where its minutes were opened again.
EVER_HELD = """
CREATE OR REPLACE FUNCTION reviews_snapshot_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF EXISTS (SELECT FROM reviews_review WHERE id = NEW.review_id AND was_held) THEN
      RAISE EXCEPTION 'the review was held' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a snapshot stays as it was taken' USING ERRCODE = 'insufficient_privilege';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0006_seat_groups_and_years"),
        ("reviews", "0001_hold_reviews"),
    ]

    operations = [
        migrations.CreateModel(
            name="PackFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("with_budget", models.BooleanField(default=False)),
                ("digest", models.CharField(max_length=64)),
                ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("made_at", models.DateTimeField(null=True)),
                ("content", models.BinaryField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="reviews.review"
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "digest"), name="pack_made_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("content", None), ("made_at", None)),
                            models.Q(("content__isnull", False), ("made_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="pack_made_is_there",
                    ),
                ],
            },
        ),
        row_security("reviews_packfile"),
        names_readable("reviews_packfile", "review_id", "reviews_review"),
        migrations.AddField("review", "was_held", models.BooleanField(default=False, editable=False)),
        migrations.RunSQL("UPDATE reviews_review SET was_held = true WHERE state = 'held'", ""),
        migrations.RunSQL(EVER_HELD, ""),
    ]
