"""Panels are their organisation's alone; what was scored and checked never changes."""

from django.db import migrations

from desaga.tenancy.rowsecurity import names_readable, row_security


class Migration(migrations.Migration):
    dependencies = [("placements", "0008_keep_panels")]

    operations = [
        row_security("placements_panelmember"),
        row_security("placements_interest"),
        row_security("placements_assignment"),
        row_security("placements_score", append_only=True),
        row_security("placements_eligibilitycheck", append_only=True),
        row_security("placements_blackened"),
        names_readable("placements_panelmember", "scheme_id", "placements_scheme"),
        names_readable("placements_panelmember", "person_id", "organisations_person"),
        names_readable("placements_interest", "application_id", "placements_application"),
        names_readable("placements_interest", "person_id", "organisations_person"),
        names_readable("placements_assignment", "application_id", "placements_application"),
        names_readable("placements_assignment", "member_id", "placements_panelmember"),
        names_readable("placements_score", "assignment_id", "placements_assignment"),
        names_readable("placements_eligibilitycheck", "application_id", "placements_application"),
        names_readable("placements_blackened", "application_id", "placements_application"),
    ]
