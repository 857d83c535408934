"""An invitation is the organisation's that sends it; nobody else reads it, the invited person included: the link is read by its key."""

from django.db import migrations

from desaga.tenancy.rowsecurity import row_security


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_make_invitations"), ("organisations", "0002_secure_rows")]

    operations = [row_security("accounts_invitation")]
