"""What people did, theirs alone; an employer reads what happened while they were employed there, as long as they are."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from desaga.tenancy.rowsecurity import CURRENT_ORGANISATION, CURRENT_PERSON, row_security

# On top of the usual policies, which let an employer read whomever it employs today.
AT_THE_TIME = f"""
CREATE POLICY at_the_time ON activities_activity AS RESTRICTIVE FOR SELECT USING (
  person_id = {CURRENT_PERSON}
  or exists (select from organisations_employment e where e.organisation_id = {CURRENT_ORGANISATION}
    and e.person_id = activities_activity.person_id and e.starts_on <= activities_activity."on"
    and (e.ends_on is null or e.ends_on >= activities_activity."on")));
"""  # nosec B608


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0005_name_known_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("course", "Course or training"),
                            ("conference", "Conference or event"),
                            ("placement", "Placement, shadowing or secondment"),
                            ("mentoring", "Mentoring"),
                            ("teaching", "Teaching or demonstrating"),
                            ("talk", "Talk or publication"),
                            ("outreach", "Outreach"),
                            ("committee", "Committee or network"),
                            ("project", "Project or new method at work"),
                            ("reading", "Reading or study of one’s own"),
                            ("award", "Award, registration or qualification"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                        verbose_name="what kind of thing",
                    ),
                ),
                ("what", models.CharField(max_length=300, verbose_name="what")),
                ("on", models.DateField(verbose_name="when")),
                (
                    "hours",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="how long, in hours"
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="where")),
                ("with_whom", models.CharField(blank=True, max_length=300, verbose_name="with whom")),
                ("practice", models.TextField(blank=True, max_length=4000, verbose_name="what it did for my work")),
                (
                    "users",
                    models.TextField(blank=True, max_length=4000, verbose_name="what it did for those I work for"),
                ),
                ("source", models.CharField(blank=True, default="", editable=False, max_length=40)),
                ("source_key", models.CharField(blank=True, editable=False, max_length=200)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.person"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "activities",
                "ordering": ["-on", "-pk"],
                "indexes": [
                    models.Index(
                        models.F("person"), models.OrderBy(models.F("on"), descending=True), name="activity_by_person"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "course",
                                    "conference",
                                    "placement",
                                    "mentoring",
                                    "teaching",
                                    "talk",
                                    "outreach",
                                    "committee",
                                    "project",
                                    "reading",
                                    "award",
                                    "other",
                                ],
                            )
                        ),
                        name="activity_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hours", None), models.Q(("hours__gt", 0), ("hours__lte", 2000)), _connector="OR"
                        ),
                        name="activity_hours_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source", ""), ("source_key", "")),
                            models.Q(
                                models.Q(("source", ""), _negated=True), models.Q(("source_key", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="activity_source_has_key",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        fields=("person", "source", "source_key"),
                        name="activity_of_a_source_once",
                    ),
                ],
            },
        ),
        row_security("activities_activity", organisation=None, person="person_id"),
        migrations.RunSQL(AT_THE_TIME, "DROP POLICY at_the_time ON activities_activity"),
    ]
