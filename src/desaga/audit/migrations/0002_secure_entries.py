"""Entries are read by the tenant they concern, and neither changed nor removed by anybody."""

from django.db import migrations

from desaga.tenancy.rowsecurity import CURRENT_PERSON, CURRENT_USER, never_changes, row_security

NOBODYS = "organisation_id is null and"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_make_entries")]

    operations = [
        row_security(
            "audit_entry",
            also_readable=[f"{NOBODYS} person_id = {CURRENT_PERSON}", f"{NOBODYS} actor_id = {CURRENT_USER}"],
            also_writable=[f"{NOBODYS} (person_id = {CURRENT_PERSON} or actor_id = {CURRENT_USER})"],
            append_only=True,
        ),
        never_changes("audit_entry"),
    ]
