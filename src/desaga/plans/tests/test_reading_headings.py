"""What a column means, whatever its words; and which rows are heads at all."""

import pytest

from desaga.plans.reading.headings import column_of, is_foreign, looks_like_heads, period_in

MEANINGS = {
    "code": ["No.", "Ref", "Action no", "ID", "Action Ref", "#", "Item"],
    "action": ["Action", "Actions", "Activity", "Objective", "Planned action", "Key actions", "What", "What we will do", "Action (what will be done)", "Initiative", "SMART objective"],
    "how": ["How", "How will it be done?", "Delivery", "Support actions", "Implementation", "Next steps", "Details", "Step"],
    "success": ["Success measure", "Success criteria", "Impact", "Evidence", "Outcome", "KPI", "What will success look like?", "Expected impact", "Measures of success", "Deliverables"],
    "timeframe": ["Timeframe", "Timescale", "When", "Deadline", "Due date", "Target date", "By when", "Date", "Completion date", "Phase", "Date for completion"],
    "start": ["Start", "Start date", "Planned start", "From"],
    "end": ["End", "End date", "Finish", "Until"],
    "owner": ["Owner", "Lead", "Responsible", "Responsibility", "Who", "By whom", "Action owner", "Lead(s)", "Person responsible", "Responsible (identify key contact)", "Key contact", "Action by"],
    "support": ["Supported by", "Support", "Partners", "Contributors", "Key stakeholders", "Working with"],
    "oversight": ["Oversight", "Governance", "Sponsor", "Reporting to", "Accountable committee"],
    "status": ["Status", "Current status", "Progress", "Complete?", "% complete"],
    "rag": ["RAG", "RAG status", "RAG rating", "Traffic light"],
    "comments": ["Comments", "Notes", "Progress notes", "Update", "Comments / update", "Commentary"],
    "alignment": ["Alignment", "Links to", "Pillar", "Technician Commitment pillar", "Framework", "Strategic fit", "Charter principle"],
    "theme": ["Theme", "Area", "Strand", "Priority area", "Workstream", "Category"],
    "resources": ["Resources", "Cost", "Budget"],
    "context": ["Rationale", "Background", "Issue", "Baseline", "Why"],
    "bau": ["Business as usual", "How this is now business as usual", "BAU"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("role", "heading"), [(role, heading) for role, headings in MEANINGS.items() for heading in headings]
)
def test_column_of_knows_a_meaning_in_many_words(role, heading) -> None:
    assert column_of(heading).role == role
    assert column_of(heading.upper()).role == role
    assert column_of(f" {heading}\n").role == role


@pytest.mark.parametrize(
    "heading",
    [
        "",
        "Blorp",
        "x",
        "The long tale of how the old workshop lost its roof in a storm, told by those who were there and by some who were not, at length",
    ],
)
def test_column_of_guesses_nothing(heading) -> None:
    assert column_of(heading).role is None


@pytest.mark.parametrize(
    ("heading", "period"),
    [
        ("Q1 2025 update", "Q1 2025"),
        ("Update March 2026", "March 2026"),
        ("RAG Jan 25", "Jan 25"),
        ("Progress (Autumn 2025)", "Autumn 2025"),
        ("2024/25", "2024/25"),
        ("Year 2 progress", "Year 2"),
    ],
)
def test_column_of_knows_the_account_of_a_past_period(heading, period) -> None:
    column = column_of(heading)

    assert (column.role, column.period) == ("update", period)


@pytest.mark.parametrize(
    ("text", "period"), [("Update", None), ("May 2025 to July 2026 and June 2027", None), ("Q3", "Q3")]
)
def test_period_in_needs_one_period(text, period) -> None:
    assert period_in(text) == period


@pytest.mark.parametrize(
    "cells",
    [
        ["Action", "Owner", "When"],
        ["Ref", "Objective", "How", "Lead", "Timeframe", "Success"],
        ["", "Planned action", "Responsible (identify key contact)", "Date for completion", ""],
        ["Action", "Owner", "Q1 2025", "Q2 2025"],
    ],
)
def test_looks_like_heads_knows_a_heading_row(cells) -> None:
    assert [column.heading for column in looks_like_heads(cells)] == cells


@pytest.mark.parametrize(
    "cells",
    [
        ["Action"],
        ["", ""],
        ["1", "Open the store", "Estates", "Mar-26"],
        ["Open the store to all technicians on Mondays.", "Estates", "Mar-26"],
        ["Action the findings of the audit, and report them to the whole of the committee", "HR", "Ongoing"],
        ["Visibility", "Recognition"],
        ["V1", "Owner", "When"],
    ],
)
def test_looks_like_heads_leaves_content_alone(cells) -> None:
    assert looks_like_heads(cells) is None


@pytest.mark.parametrize(
    ("heading", "foreign"),
    [
        ("Likelihood", True),
        ("Unit cost", True),
        ("E-mail", True),
        ("Mitigation", True),
        ("Action", False),
        ("Owner", False),
    ],
)
def test_is_foreign_knows_other_kinds_of_table(heading, foreign) -> None:
    assert is_foreign(heading) is foreign
