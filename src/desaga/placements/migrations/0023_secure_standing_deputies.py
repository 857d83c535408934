"""Deputies are whose scheme they answer for. Hosts that were asked for before get their ISO letters, and applications their entry of the directory."""

from django.db import migrations

from desaga.placements.countries import ALSO, COUNTRIES
from desaga.tenancy.rowsecurity import names_readable, row_security

LETTERS = ", ".join(
    "('{}', '{}')".format(name.casefold().replace("'", "''"), code)
    for name, code in [*((name, code) for code, name in COUNTRIES.items()), *ALSO.items()]
)
# Made of constants of this module; the tables are their owner's, whom FORCE would keep from seeing any row.
FILL = f"""
ALTER TABLE placements_hostplace NO FORCE ROW LEVEL SECURITY;
ALTER TABLE placements_application NO FORCE ROW LEVEL SECURITY;
UPDATE placements_hostplace h SET country_code = known.code FROM (VALUES {LETTERS}) AS known(name, code) WHERE lower(h.country) = known.name;
UPDATE placements_application a SET host_place_id = h.id FROM placements_hostplace h
WHERE a.host <> '' AND h.organisation_id = a.organisation_id AND lower(h.name) = lower(a.host)
  AND NOT EXISTS (SELECT FROM placements_hostplace o WHERE o.organisation_id = h.organisation_id AND lower(o.name) = lower(h.name) AND o.id <> h.id);
ALTER TABLE placements_hostplace FORCE ROW LEVEL SECURITY;
ALTER TABLE placements_application FORCE ROW LEVEL SECURITY;
"""  # nosec B608


class Migration(migrations.Migration):
    dependencies = [("placements", "0022_look_hosts_up")]

    operations = [
        row_security("placements_standingdeputy"),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        names_readable("placements_hostplace", "merged_into_id", "placements_hostplace"),
        names_readable("placements_application", "host_place_id", "placements_hostplace"),
    ]
