"""An employer that says an earlier start afterwards sees no more for it."""

from django.db import migrations

from desaga.tenancy.rowsecurity import CURRENT_ORGANISATION, CURRENT_PERSON

REPLACE = """
DROP POLICY at_the_time ON activities_activity;
CREATE POLICY at_the_time ON activities_activity AS RESTRICTIVE FOR SELECT USING (
  person_id = {person}
  or exists (select from organisations_employment e where e.organisation_id = {organisation}
    and e.person_id = activities_activity.person_id and {begun} <= activities_activity."on"
    and (e.ends_on is null or e.ends_on >= activities_activity."on")));
"""


def policy(begun: str) -> str:
    return REPLACE.format(person=CURRENT_PERSON, organisation=CURRENT_ORGANISATION, begun=begun)


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0001_record_activities"),
        ("organisations", "0007_keep_first_start"),
    ]

    operations = [
        migrations.RunSQL(policy("greatest(e.starts_on, e.sees_from)"), policy("e.starts_on")),
    ]
