"""Row-level security, written once and used by every migration that makes a table someone owns.

A row has one owner. Its owner reads and writes it; others read it through an unexpired grant or because it is published,
and change it only through a grant to act. Deleting is the owner's alone, and the owner never changes. FORCE binds the owner of the table as well.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.migrations.operations.special import RunSQL

# In brackets and without a column: evaluated once a query, and the index on the column is used.
CURRENT_ORGANISATION = "(select nullif(current_setting('app.organisation_id', true), '')::bigint)"
CURRENT_PERSON = "(select nullif(current_setting('app.person_id', true), '')::bigint)"
CURRENT_USER = "(select nullif(current_setting('app.user_id', true), '')::bigint)"
ON_PLATFORM = "(select current_setting('app.platform', true) = 'on')"
TODAY = "(select (now() at time zone 'Europe/London')::date)"

# Of the statement, not of the transaction: what was granted a moment ago holds within the same request.
NOW = "statement_timestamp()"

GRANT_HOLDS = (
    f"(g.to_organisation_id = {CURRENT_ORGANISATION} or g.to_person_id = {CURRENT_PERSON})"
    f" and g.starts_at <= {NOW} and (g.ends_at is null or g.ends_at > {NOW}) and g.revoked_at is null"
)
# Put together from constants of this module and from names in migrations, never from input.
EMPLOYED_HERE = (
    "select e.person_id from organisations_employment e"  # nosec B608
    f" where e.organisation_id = {CURRENT_ORGANISATION} and e.starts_on <= {TODAY}"
    f" and (e.ends_on is null or e.ends_on >= {TODAY})"
)


def row_security(
    table: str,
    *,
    organisation: str | None = "organisation_id",
    person: str | None = None,
    kind: str | None = None,
    object_id: str = "id",
    published: str | None = None,
    also_readable: Sequence[str] = (),
    also_writable: Sequence[str] = (),
    append_only: bool = False,
) -> RunSQL:
    """The migration operation that puts a table under row-level security.

    `organisation` and `person` name the owner's column; give `person="person_id", organisation=None` for a row that is
    a person's own, which an employer may then read while they employ the person. `kind` is what grants call such rows
    ("plans.plan") and `object_id` the column that grants name: a child of the plan gives its parent's kind and
    `object_id="plan_id"`. `published` is a timestamp column, or a condition in SQL if it contains a blank.
    `also_readable` and `also_writable` are further conditions in SQL, in columns of the table. `append_only` lets no
    row be changed or removed, and takes those privileges from the app.
    """
    own = [f"{organisation} = {CURRENT_ORGANISATION}"] if organisation else []
    own += [f"{person} = {CURRENT_PERSON}"] if person else []
    read, write = list(own), list(own)
    if person and not organisation:
        read.append(f"{person} in ({EMPLOYED_HERE})")
    if kind:
        read += granted(organisation, person, kind, object_id, "see")
        write += granted(organisation, person, kind, object_id, "act")
    if published:
        read.append(published if " " in published else f"{published} <= {NOW}")
    read += also_readable
    write += also_writable
    columns = [column for column in (organisation, person) if column]
    secured = protect(table, any_of(read), any_of(write), any_of(own), append_only)
    return RunSQL(secured + ("" if append_only else keep_owner(table, columns)), release(table))


def granted(organisation: str | None, person: str | None, kind: str, object_id: str, what: str) -> list[str]:
    """Conditions: a grant of this row, or of all of its owner's rows of the kind.

    The owner is compared too, so that nobody can grant themselves what is another's. To act includes to see.
    """
    deeds = "g.may = 'act'" if what == "act" else "g.may in ('see', 'act')"
    conditions = []
    for column, owner in ((organisation, "owner_organisation_id"), (person, "owner_person_id")):
        if column:
            these = f"from organisations_grant g where g.kind = '{kind}' and {deeds} and {GRANT_HOLDS}"
            conditions += [
                f"({column}, {object_id}) in (select g.{owner}, g.object_id {these} and g.object_id is not null)",
                f"{column} in (select g.{owner} {these} and g.object_id is null)",
            ]
    return conditions


def any_of(conditions: Sequence[str]) -> str:
    return "\n    or ".join(conditions) or "false"


def protect(table: str, read: str, write: str, own: str, append_only: bool) -> str:
    policies = [
        f"CREATE POLICY readable ON {table} FOR SELECT USING ({read})",
        f"CREATE POLICY addable ON {table} FOR INSERT WITH CHECK ({write})",
    ]
    if append_only:
        policies.append(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM desaga_app")
    else:
        policies += [
            f"CREATE POLICY changeable ON {table} FOR UPDATE USING ({write}) WITH CHECK ({write})",
            f"CREATE POLICY removable ON {table} FOR DELETE USING ({own})",
        ]
    force = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"]
    return ";\n".join([*force, *policies]) + ";"


def keep_owner(table: str, columns: Sequence[str]) -> str:
    """A row's owner never changes: else whoever may act on it by a grant could make it their own."""
    if not columns:
        return ""
    changed = " or ".join(f"old.{column} is distinct from new.{column}" for column in columns)
    return f"""
CREATE OR REPLACE FUNCTION owner_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the owner of a row of % stays', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER owner_stays BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION owner_stays();"""


def release(table: str) -> str:
    names = ("readable", "addable", "changeable", "removable")
    dropped = "".join(f"DROP POLICY IF EXISTS {name} ON {table};\n" for name in names)
    dropped += f"DROP TRIGGER IF EXISTS owner_stays ON {table};\n"
    return f"{dropped}ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;\nALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"


def never_changes(table: str) -> RunSQL:
    """Refuse, in the database and to everybody, to change or remove a row once written."""
    function = f"{table}_never_changes"
    return RunSQL(
        f"""
        CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'insufficient_privilege'; END $$;
        CREATE TRIGGER never_changes BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {function}();
        """,
        f"DROP TRIGGER never_changes ON {table}; DROP FUNCTION {function}();",
    )


def names_readable(table: str, column: str, named: str) -> RunSQL:
    """Refuse a row that names what its writer cannot read: foreign keys are checked without row-level security.

    A trigger, since a policy that asks the named table, whose policies ask this one, would never end.
    """
    trigger = f"names_readable_{column}"
    return RunSQL(
        f"""
        CREATE OR REPLACE FUNCTION {table}_{trigger}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.{column} IS NOT NULL AND NOT EXISTS (SELECT FROM {named} WHERE id = NEW.{column}) THEN
            RAISE EXCEPTION '{table}.{column} names what is not open to you' USING ERRCODE = 'insufficient_privilege';
          END IF;
          RETURN NEW;
        END $$;
        CREATE TRIGGER {trigger} BEFORE INSERT OR UPDATE OF {column} ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_{trigger}();
        """,  # nosec B608
        f"DROP TRIGGER {trigger} ON {table}; DROP FUNCTION {table}_{trigger}();",
    )
