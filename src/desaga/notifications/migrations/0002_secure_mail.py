"""Mail is the platform's: it is written and read for delivery alone, since it may hold a link that lets somebody in."""

from django.db import migrations

from desaga.tenancy.rowsecurity import ON_PLATFORM, row_security


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_make_mail")]

    operations = [
        row_security(
            "notifications_outgoingmail", organisation=None, also_readable=[ON_PLATFORM], also_writable=[ON_PLATFORM]
        )
    ]
