"""Reports to test with, made through the operations."""

from __future__ import annotations

from datetime import date
from typing import Any

from desaga.plans.models import Plan
from desaga.tenancy.context import within

from ..freezing import digest_of
from ..models import HeadOfOrganisation, OfficialForm, Report
from ..operations import forms, kinds, signing, writing
from ..queries import kinds_known
from .docx_forms import with_tables


def make_report(plan: Plan, *, actor: Any = None, kind: str = "annual-report", **fields: Any) -> Report:
    """A report of a plan, drafted from the year 2026."""
    told = {"title": "Our year", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31), **fields}
    with within(plan.organisation, user=actor):
        return writing.start_report(actor=actor, plan=plan, kind=kinds_known()[kind], **told)


def write(report: Report, key: str, text: str, *, actor: Any) -> None:
    """Let somebody write a section."""
    with within(report.organisation, user=actor):
        section = report.sections.get(key=key)
        writing.write_section(
            actor=actor, section=section, text=text, with_tables=True, is_done=True, seen=section.changed_at
        )


def sent_report(plan: Plan, *, actor: Any, email: str = "head@example.org", **fields: Any) -> Report:
    """One that waits for the head's sign-off by a link."""
    report = make_report(plan, actor=actor, **fields)
    write(report, "summary", "It went well.", actor=actor)
    state_head(plan.organisation, actor=actor, email=email)
    with within(plan.organisation, user=actor):
        return signing.send_for_sign_off(actor=actor, report=report)


def state_head(organisation: Any, *, actor: Any = None, email: str = "head@example.org") -> HeadOfOrganisation:
    with within(organisation, user=actor):
        return signing.state_head(
            actor=actor, organisation=organisation, name="Vera Head", title="Vice-Chancellor", email=email
        )


def handed_in_form(organisation: Any, *, actor: Any = None, content: bytes | None = None) -> OfficialForm:
    with within(organisation, user=actor):
        return forms.hand_in_form(
            actor=actor, organisation=organisation, name="Form.docx", content=content or with_tables()
        )


def furnished_report(plan: Plan, *, actor: Any) -> Report:
    """One with a comment, a form to fill, and a kind of the organisation's own."""
    report = make_report(plan, actor=actor)
    with within(plan.organisation, user=actor):
        writing.comment(actor=actor, section=report.sections.first(), text="Is it enough?")
        kinds.add_kind(actor=actor, organisation=plan.organisation, name=f"Letter {plan.organisation.slug}")
    handed_in_form(plan.organisation, actor=actor)
    return report


def seen_of(report: Report) -> str:
    """What whoever signs sends along: the digest of what the page shows."""
    report.refresh_from_db()
    return digest_of(report.sent_content)
