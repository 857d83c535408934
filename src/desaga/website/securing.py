"""Row-level security for Wagtail's tables, which know no organisations: by where a row stands in the tree. See docs/adr/0043.

`app.website` holds what the request may reach: `p<path>` for pages, `c<path>` for collections, `all` for the house itself.
Without it, pages are read while they are live, and nothing is changed.
"""

from __future__ import annotations

from django.db.migrations.operations.special import RunSQL

from desaga.tenancy.rowsecurity import CURRENT_USER, protect, release

FUNCTIONS = """
CREATE FUNCTION website_reaches(place text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT current_setting('app.website', true) = 'all' OR EXISTS (
    SELECT FROM unnest(string_to_array(current_setting('app.website', true), ' ')) one
    WHERE one <> '' AND starts_with(place, one))
$$;
CREATE FUNCTION website_is_public() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(current_setting('app.website', true), '') = ''
$$;
"""
DROPPED = "DROP FUNCTION website_reaches(text); DROP FUNCTION website_is_public();"

#: The two pages above all sites say nothing.
PAGE_REACHED = "(select website_reaches('p' || p.path))"
ABOVE_SITES = 2

Made = RunSQL


def functions() -> Made:
    return RunSQL(FUNCTIONS, DROPPED)


def secured(table: str, read: str, write: str) -> Made:
    """`table` is read where `read` holds, and changed where `write` does."""
    return RunSQL(protect(table, read, write, write, append_only=False), release(table))


def by_page(table: str, column: str, *, is_public: bool) -> Made:
    """A row about a page: changed by whoever reaches the page, and read by them or, where it is public, by whoever reads the page."""
    mine = page_reached(f"{table}.{column}")
    seen = f"exists (select from wagtailcore_page p where p.id = {table}.{column})"  # nosec B608
    return secured(table, seen if is_public else mine, mine)


def by_object(table: str) -> Made:
    """A row about something named by kind and number: only pages have such rows."""
    mine = page_reached(f"nullif({table}.object_id, '')::bigint")
    return secured(table, mine, mine)


def page_reached(number: str) -> str:
    return f"exists (select from wagtailcore_page p where p.id = {number} and website_reaches('p' || p.path))"  # nosec B608


def by_collection(table: str) -> Made:
    """A file: chosen and changed by whoever reaches its collection; read by everybody who reads the site."""
    mine = (
        f"exists (select from wagtailcore_collection c where c.id = {table}.collection_id"  # nosec B608
        " and website_reaches('c' || c.path))"
    )
    return secured(table, f"website_is_public() or {mine}", mine)


def by_user(table: str, column: str = "user_id") -> Made:
    """A row that one user keeps for themselves."""
    mine = f"{column} = {CURRENT_USER} or website_reaches('')"
    return secured(table, mine, mine)


def by_parent(table: str, column: str, parent: str) -> Made:
    """A row that belongs to another, and is open where that is."""
    seen = f"exists (select from {parent} o where o.id = {table}.{column})"  # nosec B608
    return secured(table, seen, seen)
