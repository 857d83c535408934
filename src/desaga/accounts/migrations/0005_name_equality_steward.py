"""A role of its own for what people said of themselves: docs/adr/0030-extracts-and-snapshots.md."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_secure_invitations"),
        ("organisations", "0008_name_equality_steward"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="invitation",
            name="invitation_roles_known",
        ),
        migrations.AlterField(
            model_name="invitation",
            name="roles",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("lead", "Lead"),
                        ("project_officer", "Project officer"),
                        ("unit_lead", "Unit lead"),
                        ("champion", "Champion"),
                        ("steering_member", "Steering group member"),
                        ("action_owner", "Action owner"),
                        ("hr_data_steward", "HR data steward"),
                        ("equality_data_steward", "Equality data steward"),
                        ("editor", "Editor"),
                        ("technician", "Technician"),
                        ("line_manager", "Line manager"),
                        ("scheme_manager", "Scheme manager"),
                        ("panel_chair", "Panel chair"),
                        ("reviewer", "Reviewer"),
                        ("finance", "Finance"),
                        ("union_learning_representative", "Union learning representative"),
                        ("reader", "Reader"),
                    ],
                    max_length=40,
                ),
                size=None,
                verbose_name="roles",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "roles__contained_by",
                        [
                            "lead",
                            "project_officer",
                            "unit_lead",
                            "champion",
                            "steering_member",
                            "action_owner",
                            "hr_data_steward",
                            "equality_data_steward",
                            "editor",
                            "technician",
                            "line_manager",
                            "scheme_manager",
                            "panel_chair",
                            "reviewer",
                            "finance",
                            "union_learning_representative",
                            "reader",
                        ],
                    ),
                    ("roles__len__gt", 0),
                ),
                name="invitation_roles_known",
            ),
        ),
    ]
