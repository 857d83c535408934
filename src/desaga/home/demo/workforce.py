"""The demo's workforce: three summers' extracts of people who do not exist, loaded, and a fourth, as dirty as real ones, to be looked through."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from desaga.accounts.models import User
from desaga.organisations.models import Organisation
from desaga.tenancy.context import within
from desaga.workforce.models import Extract
from desaga.workforce.operations import checking, deciding, handing, loading, running
from desaga.workforce.synthetic.layouts import LAYOUTS, dirtied, rows_of, vacated
from desaga.workforce.synthetic.making import as_csv
from desaga.workforce.synthetic.people import Institution

from .world import email_of, world

#: Of so many posts one more stands empty.
VACANT_EVERY = 90


def load_workforce() -> None:
    """Load the snapshots of each organisation that has none yet."""
    for told in world()["workforces"]:
        organisation = Organisation.objects.get(slug=told["organisation"])
        actor = User.objects.get(email=email_of(told["organisation"], told["by"]))
        with within(organisation, user=actor):
            if not Extract.objects.exists():
                load_years(organisation, actor, told)


def load_years(organisation: Any, actor: Any, told: dict[str, Any]) -> None:
    layout, today = LAYOUTS[told["layout"]], timezone.localdate()
    last = date(today.year if (today.month, today.day) >= (7, 31) else today.year - 1, 7, 31)
    institution = Institution(told["seed"], told["people"], last.replace(year=last.year - told["years"] + 1))
    for year in range(told["years"]):
        if year:
            institution.next_year()
        rows = rows_of(institution, layout)
        # A few posts stand empty, as an HR system lists them too.
        content = as_csv(layout.heads, [*rows, *(vacated(row, layout) for row in rows[::VACANT_EVERY])])
        extract = checked(organisation, actor, f"staff-{institution.day}.csv", content, institution.day)
        load(organisation, actor, extract)
    # Months later, the next one, as it comes out of the HR system.
    institution.day = today.replace(year=today.year - 1, day=min(today.day, 28))
    institution.next_year()
    rows = dirtied(rows_of(institution, layout), layout, told["seed"])
    content = as_csv(layout.heads, rows, title="Staff in post", total=True)
    checked(organisation, actor, f"staff-{institution.day}.csv", content, institution.day)


def checked(organisation: Any, actor: Any, name: str, content: bytes, day: date) -> Extract:
    """A file handed in, read and checked as its columns are proposed."""
    told = {"coverage": "all", "as_at": day, "in_background": False}
    extract = handing.hand_in(actor=actor, organisation=organisation, name=name, content=content, **told)
    running.work(organisation=organisation, actor=actor, extract_id=extract.pk)
    checking.ask_check(actor=actor, extract=extract, in_background=False)
    running.work(organisation=organisation, actor=actor, extract_id=extract.pk)
    return Extract.objects.get(pk=extract.pk)


def load(organisation: Any, actor: Any, extract: Extract) -> None:
    """Its snapshot, with whoever seems to be the same taken for the same."""
    deciding.settle_rest(actor=actor, extract=extract, is_same=True)
    loading.ask_load(actor=actor, extract=extract, in_background=False)
    running.work(organisation=organisation, actor=actor, extract_id=extract.pk)
