"""Whoever employs a person comes to read what is the person's own: so nobody may employ, or seat, whom they do not know."""

from django.db import migrations

from desaga.tenancy.rowsecurity import names_readable


class Migration(migrations.Migration):
    dependencies = [("organisations", "0004_name_roles_and_seats")]

    operations = [
        names_readable(f"organisations_{name}", "person_id", "organisations_person")
        for name in ("employment", "roleassignment", "groupmembership")
    ]
