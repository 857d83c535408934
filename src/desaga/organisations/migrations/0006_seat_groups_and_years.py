"""How often a group meets and to whom it reports, seats for technicians, and the month in which a financial year begins."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0005_name_known_people"),
    ]

    operations = [
        migrations.AddField(
            model_name="group",
            name="meets_every_months",
            field=models.PositiveSmallIntegerField(
                blank=True, help_text="3 is four times a year.", null=True, verbose_name="meets every so many months"
            ),
        ),
        migrations.AddField(
            model_name="group",
            name="next_meeting_on",
            field=models.DateField(blank=True, null=True, verbose_name="next meeting"),
        ),
        migrations.AddField(
            model_name="group",
            name="reports_to",
            field=models.CharField(
                blank=True,
                help_text="A body or an office, for example the University Executive.",
                max_length=200,
                verbose_name="reports to",
            ),
        ),
        migrations.AddField(
            model_name="groupmembership",
            name="is_technicians_seat",
            field=models.BooleanField(
                default=False, help_text="A seat that only a technician can hold.", verbose_name="technician's seat"
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="financial_year_starts_in",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (1, "January"),
                    (2, "February"),
                    (3, "March"),
                    (4, "April"),
                    (5, "May"),
                    (6, "June"),
                    (7, "July"),
                    (8, "August"),
                    (9, "September"),
                    (10, "October"),
                    (11, "November"),
                    (12, "December"),
                ],
                default=8,
                verbose_name="financial year begins in",
            ),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("meets_every_months", None), ("meets_every_months__range", (1, 24)), _connector="OR"
                ),
                name="group_meets_at_least_every_other_year",
                violation_error_message="Write a number of months from 1 to 24.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("financial_year_starts_in__range", (1, 12))),
                name="organisation_financial_year_month",
            ),
        ),
    ]
