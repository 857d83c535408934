"""Put every table of this slice under row-level security. Who sees what, and why: docs/adr/0002-tenancy-and-grants.md."""

from django.db import migrations

from desaga.tenancy.rowsecurity import (
    CURRENT_ORGANISATION,
    CURRENT_PERSON,
    CURRENT_USER,
    EMPLOYED_HERE,
    ON_PLATFORM,
    row_security,
)

KNOWN_HERE = [
    f"id in (select k.person_id from {table} k where k.organisation_id = {CURRENT_ORGANISATION})"  # nosec B608
    for table in (
        "organisations_employment",
        "organisations_roleassignment",
        "organisations_groupmembership",
    )
]
CONCERNS_THE_PERSON = [f"person_id = {CURRENT_PERSON}"]


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0001_make_organisations_and_people"),
        ("accounts", "0002_link_users_to_people"),
    ]

    operations = [
        # The directory: everybody reads it, the organisation itself changes its row, only the platform adds one.
        row_security(
            "organisations_organisation",
            organisation="id",
            also_readable=["true"],
            also_writable=[ON_PLATFORM],
        ),
        row_security(
            "organisations_consortiummembership",
            organisation="consortium_id",
            also_readable=[f"member_id = {CURRENT_ORGANISATION}"],
        ),
        row_security(
            "organisations_person",
            organisation="recorded_by_id",
            person="id",
            also_readable=KNOWN_HERE,
            also_writable=[f"id in ({EMPLOYED_HERE})"],
        ),
        row_security("organisations_personaldetails", organisation=None, person="person_id"),
        *(
            row_security(table, also_readable=CONCERNS_THE_PERSON)
            for table in (
                "organisations_employment",
                "organisations_roleassignment",
                "organisations_groupmembership",
            )
        ),
        *(
            row_security(table, also_readable=CONCERNS_THE_PERSON, append_only=True)
            for table in ("organisations_employmentevent", "organisations_roleassignmentevent")
        ),
        *(
            row_security(f"organisations_{name}", kind=f"organisations.{name}")
            for name in ("unit", "group", "party", "glossaryterm")
        ),
        *(
            row_security(
                table,
                organisation="owner_organisation_id",
                person="owner_person_id",
                also_readable=[f"to_organisation_id = {CURRENT_ORGANISATION}", f"to_person_id = {CURRENT_PERSON}"],
                append_only=append_only,
            )
            for table, append_only in (("organisations_grant", False), ("organisations_grantevent", True))
        ),
        row_security(
            "organisations_elevation",
            organisation=None,
            also_readable=[f"user_id = {CURRENT_USER}", f"organisation_id = {CURRENT_ORGANISATION}"],
            also_writable=[f"user_id = {CURRENT_USER}"],
        ),
    ]
