"""A support is read by its representative, in the union and while they are one, and by whoever has the link; by nobody else, the union's lead included. See docs/adr/0056."""

from django.db import migrations
from django.db.migrations.operations.special import RunSQL

from desaga.tenancy.rowsecurity import CURRENT_ORGANISATION, CURRENT_PERSON, TODAY, keep_owner, protect, release

TABLE = "union_learning_support"
REACHED = "(select nullif(current_setting('app.supported_by', true), ''))"
# Asked once a query, and not of each row: whoever stands here is a representative of this union today.
IS_REPRESENTATIVE = (
    "(select exists (select from organisations_roleassignment r join organisations_organisation o on o.id = r.organisation_id"  # nosec B608
    f" where r.organisation_id = {CURRENT_ORGANISATION} and r.person_id = {CURRENT_PERSON} and o.kind = 'union'"
    f" and r.role = 'union_learning_representative' and r.starts_on <= {TODAY} and (r.ends_on is null or r.ends_on >= {TODAY})))"
)
THEIRS = f"(organisation_id = {CURRENT_ORGANISATION} and representative_id = {CURRENT_PERSON} and {IS_REPRESENTATIVE})"
BY_LINK = f"key_hash = {REACHED}"
BY_NIGHT = f"({REACHED} = 'night' and organisation_id = {CURRENT_ORGANISATION} and ends_on <= {TODAY} + 30)"
REACHES = f"{THEIRS} or {BY_LINK} or {BY_NIGHT}"


class Migration(migrations.Migration):
    dependencies = [
        ("union_learning", "0001_keep_supports"),
        ("organisations", "0008_name_equality_steward"),
        ("workforce", "0012_name_support_key"),
    ]

    operations = [
        RunSQL(
            protect(TABLE, REACHES, REACHES, REACHES, append_only=False) + keep_owner(TABLE, ["organisation_id"]),
            release(TABLE),
        )
    ]
