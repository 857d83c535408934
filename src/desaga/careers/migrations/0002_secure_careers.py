"""What was asked is whose organisation's it is. Everybody reads published versions of the reference data, open doors, and answers that were published.

The words of a version never change: only that it is published is written once.
"""

from django.db import migrations

from desaga.tenancy.rowsecurity import names_readable, row_security

STAYS = """
CREATE FUNCTION careers_stays_as_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a version of % is not changed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER stays_as_written BEFORE UPDATE ON careers_entryversion FOR EACH ROW
  WHEN (old.content IS DISTINCT FROM new.content OR old.number <> new.number OR old.is_withdrawn <> new.is_withdrawn OR old.published_at IS NOT NULL)
  EXECUTE FUNCTION careers_stays_as_written();
"""
GOES = "DROP TRIGGER stays_as_written ON careers_entryversion; DROP FUNCTION careers_stays_as_written();"


class Migration(migrations.Migration):
    dependencies = [("careers", "0001_make_careers"), ("consents", "0002_secure_consents")]

    operations = [
        row_security("careers_entryversion", published="published_at"),
        row_security("careers_doors", published="published_at"),
        row_security("careers_question"),
        row_security("careers_publicanswer", published="published_at"),
        row_security("careers_schoolinterest"),
        migrations.RunSQL(STAYS, GOES),
        names_readable("careers_question", "consent_id", "consents_consent"),
        names_readable("careers_publicanswer", "question_id", "careers_question"),
    ]
