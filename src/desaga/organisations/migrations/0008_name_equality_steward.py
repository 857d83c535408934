"""A role of its own for what people said of themselves: docs/adr/0030-extracts-and-snapshots.md."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0007_keep_first_start"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="roleassignment",
            name="role_known",
        ),
        migrations.AlterField(
            model_name="roleassignment",
            name="role",
            field=models.CharField(
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
                verbose_name="role",
            ),
        ),
        migrations.AlterField(
            model_name="roleassignmentevent",
            name="role",
            field=models.CharField(
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
                verbose_name="role",
            ),
        ),
        migrations.AddConstraint(
            model_name="roleassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
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
                    )
                ),
                name="role_known",
            ),
        ),
    ]
