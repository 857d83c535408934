"""Consents are whose asking it was. What was said, by which words, and its history are never changed."""

from django.db import migrations

from desaga.tenancy.rowsecurity import names_readable, row_security


class Migration(migrations.Migration):
    dependencies = [("consents", "0001_keep_consents")]

    operations = [
        row_security("consents_wording", append_only=True),
        row_security("consents_consent"),
        row_security("consents_consentanswer", append_only=True),
        row_security("consents_consentkey"),
        row_security("consents_consentevent", append_only=True),
        names_readable("consents_consent", "person_id", "organisations_person"),
        names_readable("consents_consent", "wording_id", "consents_wording"),
        names_readable("consents_consent", "renews_id", "consents_consent"),
        names_readable("consents_consentanswer", "consent_id", "consents_consent"),
        names_readable("consents_consentkey", "consent_id", "consents_consent"),
        names_readable("consents_consentevent", "consent_id", "consents_consent"),
    ]
