"""Words of the audit that name people may go when retention says so; that something was done, to which thing and when, stays for ever.

Entries are changed by nobody still: the app has no right to, whatever it sets. A function of the owner of the tables, made by the slice whose time is
over, runs with `app.words_go` on; and even then this trigger lets nothing change but the words.
"""

from django.db import migrations

from desaga.tenancy.rowsecurity import CURRENT_ORGANISATION

WORDS_GO = "(select current_setting('app.words_go', true) = 'on')"
FORWARD = f"""
CREATE OR REPLACE FUNCTION audit_entry_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE words text[] := ARRAY['actor_id', 'actor_name', 'thing_name', 'changes', 'note'];
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('app.words_go', true) = 'on' AND to_jsonb(OLD) - words = to_jsonb(NEW) - words THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'audit_entry is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE POLICY words_go ON audit_entry FOR UPDATE
  USING (organisation_id = {CURRENT_ORGANISATION} AND {WORDS_GO}) WITH CHECK (organisation_id = {CURRENT_ORGANISATION} AND {WORDS_GO});
"""  # nosec B608
BACK = """
DROP POLICY words_go ON audit_entry;
CREATE OR REPLACE FUNCTION audit_entry_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'audit_entry is append-only' USING ERRCODE = 'insufficient_privilege'; END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_secure_entries")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
