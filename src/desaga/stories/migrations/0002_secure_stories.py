"""Stories in the making are whose organisation's they are: drafts of personal words. What was sent to a person is never changed; an open call is read by everybody."""

from django.db import migrations

from desaga.tenancy.rowsecurity import CURRENT_PERSON, names_readable, row_security

STAYS = """
CREATE FUNCTION stories_stays_as_sent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a row of % is not changed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER stays_as_sent BEFORE UPDATE ON stories_storyversion FOR EACH ROW EXECUTE FUNCTION stories_stays_as_sent();
CREATE TRIGGER stays_as_sent BEFORE UPDATE ON stories_storyapproval FOR EACH ROW EXECUTE FUNCTION stories_stays_as_sent();
"""
GOES = """
DROP TRIGGER stays_as_sent ON stories_storyversion;
DROP TRIGGER stays_as_sent ON stories_storyapproval;
DROP FUNCTION stories_stays_as_sent();
"""
#: Each table with the columns by which it names another of this slice.
NAMES = {
    "storypicture": {"story_id": "story"},
    "storypicturecontent": {"picture_id": "storypicture"},
    "storyvideo": {"story_id": "story"},
    "storyvideocontent": {"video_id": "storyvideo"},
    "storyversion": {"story_id": "story"},
    "storyapproval": {"version_id": "storyversion"},
    "storykey": {"version_id": "storyversion"},
    "storyevent": {"story_id": "story"},
    "contribution": {"call_id": "call", "story_id": "story"},
    "contributionpicture": {"contribution_id": "contribution"},
    "offeredstory": {"story_id": "story"},
}


class Migration(migrations.Migration):
    dependencies = [("stories", "0001_make_stories"), ("consents", "0002_secure_consents")]

    operations = [
        row_security("stories_fieldtag"),
        row_security("stories_story"),
        row_security("stories_storypicture"),
        row_security("stories_storypicturecontent"),
        row_security("stories_storyvideo"),
        row_security("stories_storyvideocontent"),
        row_security("stories_storyversion"),
        row_security("stories_storyapproval"),
        row_security("stories_storykey"),
        row_security("stories_storyevent", append_only=True),
        row_security("stories_call", published="state = 'open'"),
        row_security("stories_contribution"),
        row_security("stories_contributionpicture"),
        row_security("stories_offeredstory", also_readable=[f"person_id = {CURRENT_PERSON}"]),
        migrations.RunSQL(STAYS, GOES),
        names_readable("stories_story", "person_id", "organisations_person"),
        names_readable("stories_story", "consent_id", "consents_consent"),
        names_readable("stories_contribution", "consent_id", "consents_consent"),
        names_readable("stories_offeredstory", "person_id", "organisations_person"),
        *(
            names_readable(f"stories_{table}", column, f"stories_{named}")
            for table, columns in NAMES.items()
            for column, named in columns.items()
        ),
    ]
