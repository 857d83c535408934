"""Who is kept, and what of them goes, is whose scheme it is. The one way in which the words of append-only rows go.

Scores, checks, events, payments and entries of the audit are added and nothing else: the app has no right to change or remove them. `placements_let_words_go`
is the owner's, and does one thing: it takes the words from the history of applications whose time, as their version says, is over and that nobody
holds. The policies below let it, and only while it runs: the app may set `app.placements_stripping` itself, and still has no right to those tables.
"""

from django.db import migrations

from desaga.tenancy.rowsecurity import CURRENT_ORGANISATION, names_readable, row_security

STRIPPING = (
    f"organisation_id = {CURRENT_ORGANISATION} AND (select current_setting('app.placements_stripping', true) = 'on')"
)
CHANGED = ("applicationevent", "eligibilitycheck", "payment", "paymenttakenback", "repayment")
REMOVED = ("applicationevent", "eligibilitycheck", "score", "outcomechange")
POLICIES = "".join(
    [f"CREATE POLICY words_go ON placements_{one} FOR UPDATE USING ({STRIPPING}) WITH CHECK ({STRIPPING});\n" for one in CHANGED]
    + [f"CREATE POLICY rows_go ON placements_{one} FOR DELETE USING ({STRIPPING});\n" for one in REMOVED]
)  # fmt: skip
#: How things of an application are called in the audit, and where they are found.
THINGS = " UNION ALL ".join(
    [f"SELECT 'placements.{one}', t.id, t.application_id FROM placements_{one} t WHERE t.application_id = ANY(these)" for one in (  # nosec B608
        "asking", "interest", "assignment", "agendaitem", "award", "applicationfile", "blackened", "eligibilitycheck", "reserveplace", "hold",
    )]
    + [f"SELECT 'placements.{one}', t.id, w.application_id FROM placements_{one} t JOIN placements_award w ON w.id = t.award_id WHERE w.application_id = ANY(these)" for one in (  # nosec B608
        "agreement", "awardchange", "awardletter", "claim", "placementreport", "outcome", "attendance", "certificate", "sharedsession", "storyoffer", "repayment",
    )]
    + [
        "SELECT 'placements.signature', t.id, w.application_id FROM placements_signature t JOIN placements_agreement g ON g.id = t.agreement_id JOIN placements_award w ON w.id = g.award_id WHERE w.application_id = ANY(these)",
        "SELECT 'placements.receipt', t.id, w.application_id FROM placements_receipt t JOIN placements_claimline l ON l.id = t.line_id JOIN placements_claim c ON c.id = l.claim_id JOIN placements_award w ON w.id = c.award_id WHERE w.application_id = ANY(these)",
        "SELECT 'placements.pendingoutcome', t.id, i.application_id FROM placements_pendingoutcome t JOIN placements_agendaitem i ON i.id = t.item_id WHERE i.application_id = ANY(these)",
    ]
)  # fmt: skip
OVER = "'draft', 'with_approvers', 'ineligible', 'declined', 'turned_down', 'closed', 'called_off', 'withdrawn'"
FUNCTION = f"""
CREATE FUNCTION placements_things_of(these bigint[]) RETURNS TABLE (kind text, id bigint, application_id bigint) LANGUAGE sql STABLE AS $$
  SELECT 'placements.application', t.id, t.id FROM placements_application t WHERE t.id = ANY(these) UNION ALL {THINGS}
$$;
CREATE FUNCTION placements_let_words_go(these bigint[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE here bigint := nullif(current_setting('app.organisation_id', true), '')::bigint;
BEGIN
  IF EXISTS (
    SELECT FROM unnest(these) AS one(id)
    LEFT JOIN placements_application a ON a.id = one.id AND a.organisation_id = here
    LEFT JOIN placements_schemeversion v ON v.id = a.version_id
    WHERE a.id IS NULL OR a.state NOT IN ({OVER})
      OR (a.changed_at AT TIME ZONE 'Europe/London')::date + make_interval(months => coalesce((v.data->>'keep_months')::int, 84))
         >= (now() AT TIME ZONE 'Europe/London')::date
      OR EXISTS (SELECT FROM placements_hold h WHERE h.application_id = a.id AND h.lifted_at IS NULL)
  ) THEN
    RAISE EXCEPTION 'an application is kept until its time is over' USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- In the body: whoever restores a backup, and is no superuser, may not make a function that sets them by itself.
  PERFORM set_config('app.placements_stripping', 'on', true), set_config('app.words_go', 'on', true);
  UPDATE audit_entry e SET actor_id = NULL, actor_name = 'The applicant'
  FROM placements_things_of(these) thing JOIN placements_application a ON a.id = thing.application_id JOIN accounts_user u ON u.person_id = a.applicant_id
  WHERE e.organisation_id = here AND e.thing_kind = thing.kind AND e.thing_id = thing.id::text AND e.actor_id = u.id;
  UPDATE audit_entry e SET actor_id = NULL, actor_name = 'Somebody who was asked'
  FROM placements_things_of(these) thing
  WHERE e.organisation_id = here AND e.thing_kind = thing.kind AND e.thing_id = thing.id::text AND e.actor_id IS NOT NULL
    AND thing.kind IN ('placements.asking', 'placements.agreement', 'placements.signature');
  UPDATE audit_entry e SET thing_name = a.reference, changes = '{{}}', note = ''
  FROM placements_things_of(these) thing JOIN placements_application a ON a.id = thing.application_id
  WHERE e.organisation_id = here AND e.thing_kind = thing.kind AND e.thing_id = thing.id::text
    AND (e.thing_name <> a.reference OR e.note <> '' OR e.changes <> '{{}}');
  UPDATE placements_applicationevent t SET
    words = '', who = '',
    by_id = CASE WHEN t.by_id IN (SELECT u.id FROM accounts_user u WHERE u.person_id = a.applicant_id) THEN NULL ELSE t.by_id END
  FROM placements_application a WHERE a.id = t.application_id AND t.application_id = ANY(these);
  UPDATE placements_eligibilitycheck SET words = '' WHERE application_id = ANY(these) AND words <> '';
  DELETE FROM placements_score WHERE assignment_id IN (SELECT id FROM placements_assignment WHERE application_id = ANY(these));
  DELETE FROM placements_outcomechange WHERE item_id IN (SELECT id FROM placements_agendaitem WHERE application_id = ANY(these));
  UPDATE placements_payment SET reference = '' WHERE claim_id IN (
    SELECT c.id FROM placements_claim c JOIN placements_award w ON w.id = c.award_id WHERE w.application_id = ANY(these));
  UPDATE placements_paymenttakenback SET because = 'Removed after its time' WHERE payment_id IN (
    SELECT p.id FROM placements_payment p JOIN placements_claim c ON c.id = p.claim_id JOIN placements_award w ON w.id = c.award_id
    WHERE w.application_id = ANY(these));
  UPDATE placements_repayment SET reference = '' WHERE award_id IN (SELECT id FROM placements_award WHERE application_id = ANY(these));
  DELETE FROM placements_applicationevent WHERE application_id IN (
    SELECT id FROM placements_application WHERE id = ANY(these) AND received_at IS NULL);
  DELETE FROM placements_eligibilitycheck WHERE application_id IN (
    SELECT id FROM placements_application WHERE id = ANY(these) AND received_at IS NULL);
  PERFORM set_config('app.placements_stripping', '', true), set_config('app.words_go', '', true);
END $$;
REVOKE ALL ON FUNCTION placements_things_of(bigint[]), placements_let_words_go(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION placements_let_words_go(bigint[]) TO desaga_app;
"""  # nosec B608
BACK = (
    "DROP FUNCTION placements_let_words_go(bigint[]);\nDROP FUNCTION placements_things_of(bigint[]);\n"
    + "".join(f"DROP POLICY words_go ON placements_{one};\n" for one in CHANGED)
    + "".join(f"DROP POLICY rows_go ON placements_{one};\n" for one in REMOVED)
)


class Migration(migrations.Migration):
    dependencies = [("placements", "0015_keep_for_a_time"), ("audit", "0003_let_words_go")]

    operations = [
        row_security("placements_hold"),
        row_security("placements_strippingrun", append_only=True),
        row_security("placements_equalityfigures", append_only=True),
        names_readable("placements_hold", "application_id", "placements_application"),
        names_readable("placements_strippingrun", "scheme_id", "placements_scheme"),
        names_readable("placements_equalityfigures", "scheme_id", "placements_scheme"),
        migrations.RunSQL(POLICIES + FUNCTION, BACK),
    ]
