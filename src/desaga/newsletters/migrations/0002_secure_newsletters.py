"""Newsletters are whose organisation's they are; what was sent is read by everybody and never changes, but for what a consent takes out of it."""

from django.db import migrations

from desaga.tenancy.rowsecurity import names_readable, row_security

STAYS = """
CREATE FUNCTION newsletters_stays_as_sent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'what was sent stays as it was' USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER stays_as_sent BEFORE UPDATE ON newsletters_issue FOR EACH ROW WHEN (old.state <> 'draft' AND (
  new.state = 'draft' OR (old.title, old.introduction, old.number, old.digest, old.sent_at)
  IS DISTINCT FROM (new.title, new.introduction, new.number, new.digest, new.sent_at)))
  EXECUTE FUNCTION newsletters_stays_as_sent();
CREATE TRIGGER sent_is_not_removed BEFORE DELETE ON newsletters_issue FOR EACH ROW WHEN (old.state <> 'draft')
  EXECUTE FUNCTION newsletters_stays_as_sent();
CREATE TRIGGER stays_as_sent BEFORE UPDATE ON newsletters_issuepiece FOR EACH ROW WHEN (old.frozen_at IS NOT NULL AND new.struck_at IS NULL AND (
  new.frozen_at IS NULL OR (old.issue_id, old."order", old.kind, old.title, old.summary, old."when", old.address, old.picture, old.picture_words)
  IS DISTINCT FROM (new.issue_id, new."order", new.kind, new.title, new.summary, new."when", new.address, new.picture, new.picture_words)))
  EXECUTE FUNCTION newsletters_stays_as_sent();
CREATE TRIGGER sent_is_not_removed BEFORE DELETE ON newsletters_issuepiece FOR EACH ROW WHEN (old.frozen_at IS NOT NULL)
  EXECUTE FUNCTION newsletters_stays_as_sent();
"""
GOES = """
DROP TRIGGER stays_as_sent ON newsletters_issue;
DROP TRIGGER sent_is_not_removed ON newsletters_issue;
DROP TRIGGER stays_as_sent ON newsletters_issuepiece;
DROP TRIGGER sent_is_not_removed ON newsletters_issuepiece;
DROP FUNCTION newsletters_stays_as_sent();
"""


class Migration(migrations.Migration):
    dependencies = [("newsletters", "0001_make_newsletters"), ("consents", "0002_secure_consents")]

    operations = [
        row_security("newsletters_subscription"),
        row_security("newsletters_issue", published="state in ('sending', 'sent')"),
        row_security("newsletters_issuepiece", published="frozen_at"),
        row_security("newsletters_letter"),
        migrations.RunSQL(STAYS, GOES),
        names_readable("newsletters_issuepiece", "issue_id", "newsletters_issue"),
        names_readable("newsletters_issuepiece", "consent_id", "consents_consent"),
        names_readable("newsletters_letter", "issue_id", "newsletters_issue"),
        names_readable("newsletters_letter", "subscription_id", "newsletters_subscription"),
    ]
