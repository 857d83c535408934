"""A charter is its keeper's, and everybody's to read once published. A signature is shared by keeper and signatory; the public reads it while it is confirmed."""

from django.db import migrations

from desaga.tenancy.rowsecurity import CURRENT_ORGANISATION, names_readable, row_security

SIGNATORY = f"signatory_id = {CURRENT_ORGANISATION}"
CONFIRMED = "state = 'confirmed' and exists (select from charters_charter c where c.id = charter_id and c.published_at is not null)"
SHOWN = (
    "exists (select from charters_signature s join charters_charter c on c.id = s.charter_id"
    " where s.id = signature_id and s.state = 'confirmed' and c.published_at is not null)"
)
REPORTED = f"published_at is not null and {SHOWN}"
IN_REPORT = (
    "exists (select from charters_report r join charters_signature s on s.id = r.signature_id join charters_charter c on c.id = s.charter_id"
    " where r.id = report_id and r.published_at is not null and s.state = 'confirmed' and c.published_at is not null)"
)
# A signatory may write its own signature, but not say that it stands, nor for whose charter it is.
KEEPER_CONFIRMS = f"""
CREATE FUNCTION charters_keeper_confirms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.organisation_id IS DISTINCT FROM {CURRENT_ORGANISATION} THEN
    IF NEW.state = 'confirmed' AND (TG_OP = 'INSERT' OR OLD.state <> 'confirmed') THEN
      RAISE EXCEPTION 'only the keeper of a charter confirms' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (
      SELECT FROM charters_charter c WHERE c.id = NEW.charter_id AND c.organisation_id = NEW.organisation_id
      AND c.published_at IS NOT NULL AND NOT c.is_historic) THEN
      RAISE EXCEPTION 'this charter is not open to be signed' USING ERRCODE = 'insufficient_privilege';
    END IF;
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.charter_id <> OLD.charter_id OR NEW.signatory_id IS DISTINCT FROM OLD.signatory_id) THEN
    RAISE EXCEPTION 'a signature stays whose it is' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keeper_confirms BEFORE INSERT OR UPDATE ON charters_signature
FOR EACH ROW EXECUTE FUNCTION charters_keeper_confirms();
"""  # nosec B608
UNDONE = "DROP TRIGGER keeper_confirms ON charters_signature; DROP FUNCTION charters_keeper_confirms();"


def shared(table: str, shown: str | None, *, append_only: bool = False):
    """Keeper and signatory read and write; the public reads where `shown` holds."""
    return row_security(
        table, published=shown, also_readable=[SIGNATORY], also_writable=[SIGNATORY], append_only=append_only
    )


class Migration(migrations.Migration):
    dependencies = [("charters", "0001_keep_charters")]

    operations = [
        row_security("charters_charter", published="published_at"),
        shared("charters_signature", CONFIRMED),
        shared("charters_pledge", SHOWN),
        shared("charters_report", REPORTED),
        shared("charters_reportline", IN_REPORT),
        shared("charters_signatureevent", None, append_only=True),
        names_readable("charters_signature", "charter_id", "charters_charter"),
        names_readable("charters_pledge", "signature_id", "charters_signature"),
        names_readable("charters_report", "signature_id", "charters_signature"),
        names_readable("charters_reportline", "report_id", "charters_report"),
        names_readable("charters_signatureevent", "signature_id", "charters_signature"),
        migrations.RunSQL(KEEPER_CONFIRMS, UNDONE),
    ]
