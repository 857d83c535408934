"""A key is its organisation's; nobody else reads it, and it is presented within that organisation."""

from django.db import migrations

from desaga.tenancy.rowsecurity import row_security


class Migration(migrations.Migration):
    dependencies = [("keys", "0001_make_keys"), ("organisations", "0005_name_known_people")]

    operations = [row_security("keys_apikey")]
