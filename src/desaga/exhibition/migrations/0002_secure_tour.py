"""Requests are whose tour it is. What is lent is read by everybody while it is open, and where it is promised to be always: neither names a person."""

from django.db import migrations

from desaga.tenancy.rowsecurity import names_readable, row_security


class Migration(migrations.Migration):
    dependencies = [("exhibition", "0001_lend_exhibition")]

    operations = [
        row_security("exhibition_tour", published="is_open and true"),
        row_security("exhibition_tourrequest"),
        row_security("exhibition_tourstop", published="organisation_id is not null"),
        row_security("exhibition_tourevent", append_only=True),
        names_readable("exhibition_tourrequest", "tour_id", "exhibition_tour"),
        names_readable("exhibition_tourstop", "request_id", "exhibition_tourrequest"),
        names_readable("exhibition_tourevent", "request_id", "exhibition_tourrequest"),
    ]
