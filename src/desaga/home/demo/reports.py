"""The demo's report: half written, with a comment that waits and a due date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from desaga.accounts.models import User
from desaga.organisations.models import Organisation
from desaga.plans.models import Plan
from desaga.reports.kinds import months_after
from desaga.reports.models import Report
from desaga.reports.operations import signing, writing
from desaga.reports.queries import kinds_known
from desaga.tenancy.context import within

from .world import email_of, world


def load_reports() -> None:
    """Start each report of the world, and write some of its sections."""
    for told in world()["reports"]:
        organisation = Organisation.objects.get(slug=told["organisation"])
        actor = User.objects.get(email=email_of(told["organisation"], told["by"]))
        with within(organisation, user=actor):
            plan = Plan.objects.get(title=told["plan"])
            if not Report.objects.filter(plan=plan).exists():
                signing.state_head(actor=actor, organisation=organisation, **told["head"])
                _write(_start(actor, plan, told), told)


def _start(actor: User, plan: Plan, told: Mapping[str, Any]) -> Report:
    today = timezone.localdate()
    return writing.start_report(
        actor=actor, plan=plan, kind=kinds_known()[told["kind"]], title=told["title"], starts_on=today - timedelta(days=364), ends_on=today,
        signed_on=months_after(today, -told["signed_months_ago"]), stage=told["stage"], due_on=None,
    )  # fmt: skip


def _write(report: Report, told: Mapping[str, Any]) -> None:
    for key, text in told["written"].items():
        section = report.sections.get(key=key)
        writing.write_section(
            actor=report.made_by,
            section=section,
            text=text,
            with_tables=True,
            is_done=key in told["finished"],
            seen=section.changed_at,
        )
    for key, (name, text) in told["comments"].items():
        by = User.objects.get(email=email_of(told["organisation"], name))
        writing.comment(actor=by, section=report.sections.get(key=key), text=text)
