"""A measure may be read from an indicator or from what an organisation counts by hand."""

import django.db.models.deletion
from django.db import migrations, models

from desaga.tenancy.rowsecurity import names_readable


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0001_keep_readings"),
        ("organisations", "0005_name_known_people"),
        ("plans", "0027_tell_outcomes"),
    ]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="indicator",
            field=models.CharField(blank=True, editable=False, max_length=100, verbose_name="read from"),
        ),
        migrations.AddField(
            model_name="measure",
            name="indicator_cut",
            field=models.CharField(blank=True, editable=False, max_length=20),
        ),
        migrations.AddField(
            model_name="measure",
            name="indicator_part",
            field=models.CharField(blank=True, editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name="measure",
            name="series",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="indicators.manualseries",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="source_name",
            field=models.CharField(blank=True, editable=False, max_length=400, verbose_name="read from"),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("indicator", ""), ("indicator_cut", ""), ("indicator_part", "")),
                    models.Q(models.Q(("indicator", ""), _negated=True), ("series", None)),
                    _connector="OR",
                ),
                name="measure_read_from_one",
            ),
        ),
        names_readable("plans_measure", "series_id", "indicators_manualseries"),
    ]
