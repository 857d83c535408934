"""Schemes are their organisation's. The public reads an open one, what is in force of it, and when its panels meet; an applicant finds their own wherever it is."""

from django.db import migrations

from desaga.tenancy.rowsecurity import CURRENT_PERSON, NOW, names_readable, row_security

OF_OPEN_SCHEME = f"scheme_id in (select s.id from placements_scheme s where s.published_at <= {NOW})"  # nosec B608


class Migration(migrations.Migration):
    dependencies = [("placements", "0001_make_schemes_and_applications")]

    operations = [
        row_security("placements_scheme", published="published_at"),
        row_security("placements_schemeversion", published=f"in_force_at <= {NOW} and {OF_OPEN_SCHEME}"),
        row_security("placements_round", published=OF_OPEN_SCHEME),
        row_security("placements_budget"),
        row_security("placements_application", also_readable=[f"applicant_id = {CURRENT_PERSON}"]),
        row_security("placements_answer"),
        row_security("placements_applicationevent", append_only=True),
        names_readable("placements_schemeversion", "scheme_id", "placements_scheme"),
        names_readable("placements_round", "scheme_id", "placements_scheme"),
        names_readable("placements_round", "chair_id", "organisations_person"),
        names_readable("placements_round", "administrator_id", "organisations_person"),
        names_readable("placements_budget", "scheme_id", "placements_scheme"),
        names_readable("placements_application", "scheme_id", "placements_scheme"),
        names_readable("placements_application", "version_id", "placements_schemeversion"),
        names_readable("placements_application", "round_id", "placements_round"),
        names_readable("placements_answer", "application_id", "placements_application"),
        names_readable("placements_applicationevent", "application_id", "placements_application"),
    ]
