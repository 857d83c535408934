"""The data map, the record of processing and the template of an impact assessment, made of the facts: as tables and as papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from desaga.documents.out import Block, Column, Heading, Points, Table, Words

from . import facts
from .facts import DataClass, Processing
from .models import Contact, ProcessingWords, RetentionRule
from .queries import rule_of, usual_rule
from .retaining import CLASSES, Retained, in_words

#: Named in papers, so that whoever reads them can check: UK GDPR and Data Protection Act 2018, and the Information Commissioner's guidance.
ICO_DPIA = "https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/accountability-and-governance/data-protection-impact-assessments-dpias/"
MAP_COLUMNS = (
    Column("Processing", width=28), Column("What", width=24), Column("Field", width=28), Column("Holds", width=22), Column("Kept", width=40),
)  # fmt: skip
RECORD_COLUMNS = (
    Column("Processing", width=24), Column("Purpose", width=40), Column("Lawful basis", width=40), Column("Whose data", width=28),
    Column("Which data", width=34), Column("From where", width=26), Column("Who sees them", width=34), Column("Who else gets them", width=26),
    Column("Kept", width=34), Column("More", width=24),
)  # fmt: skip
MEASURES = (
    "Every row belongs to one organisation or person; the database itself (row-level security) shows it to nobody else.",
    "Roles decide what a person sees; each page asks. Platform administrators see nothing of an organisation without stepping in, for a stated reason and a time.",
    "Who did what is written down and cannot be changed; so is who looked at rows of people, and why.",
    "Names, numbers and dates of birth from HR extracts, and equality data, are encrypted in the database with keys that are not in it.",
    "Figures leave only through disclosure control: small numbers are hidden or rounded, and it is checked that they cannot be worked out.",
    "Logs, jobs and caches hold no personal data from extracts: a test loads marked rows and looks for them there.",
    "Traffic is encrypted; sign-in can ask for a passkey or a second step; backups are encrypted with a key that the server does not have.",
    "Data go by themselves after the time that the institution sets.",
)


def kept_words(processing: Processing, rules: Mapping[str, RetentionRule]) -> str:
    """For how long: what the institution set for the class, or the sentence that the facts give."""
    kind = CLASSES.get(processing.retention)
    if kind is None:
        return processing.retention if " " in processing.retention else PLATFORM_KEPT.get(processing.retention, "")
    return _kept(kind, rules.get(kind.key) or usual_rule(kind))


def kept_for(kind: Retained) -> str:
    """How long a class of data is kept in the organisation in scope: "3 years, counted from …; then deleted at night"."""
    return _kept(kind, rule_of(kind))


def _kept(kind: Retained, rule: RetentionRule) -> str:
    then = "then deleted at night" if rule.is_on else "not deleted by itself"
    return f"{in_words(rule.days)}, counted from {kind.counted_from}; {then}"


#: What the platform deletes for all, whatever an institution sets.
PLATFORM_KEPT = {
    "own_exports": "A week after it was put together, sealed; removed every night",
    "sessions": "14 days after signing in at the latest; removed every night",
    "mail_ledger": "The words until the mail has left; address and fate as long as the workspace, since they prove what was sent",
}


def holds_of(key: str) -> list[tuple[str, list[str]]]:
    """What a kind of processing holds: "Special category" -> names of things."""
    found: dict[DataClass, dict[str, None]] = {}
    for fact in facts.data_map():
        if fact.processing.key == key:
            found.setdefault(fact.holds, {})[fact.thing] = None
    return [(one.label, list(found[one])) for one in DataClass if one in found]


def holds_words(key: str) -> str:
    return "; ".join(f"{label}: {', '.join(things)}" for label, things in holds_of(key))


def basis_of(processing: Processing, said: ProcessingWords | None) -> str:
    basis = (said.basis if said else "") or f"{processing.basis} (to be confirmed by the institution)"
    return f"{basis}. Condition: {processing.condition}" if processing.condition else basis


def data_map_table(rules: Mapping[str, RetentionRule]) -> Table:
    """Every field that holds personal data or may."""
    rows = [
        [fact.processing.name, fact.thing, fact.label, fact.holds.label, kept_words(fact.processing, rules)]
        for fact in facts.data_map()
    ]
    return Table("data-map", "Data map", MAP_COLUMNS, rows, f"{len(rows)} fields that hold personal data or may")


def record_table(
    said: Mapping[str, ProcessingWords], rules: Mapping[str, RetentionRule], contact: Contact | None
) -> Table:
    """The record of processing activities: UK GDPR, article 30(1)."""
    rows = [
        [
            one.name, one.purpose, basis_of(one, said.get(key)), one.whose, holds_words(key), one.source, one.seen_by,
            recipients_of(one, said.get(key)), kept_words(one, rules), note_of(said.get(key)),
        ]
        for key, one in facts.processings().items()
    ]  # fmt: skip
    return Table("record", "Record of processing", RECORD_COLUMNS, rows, contact_words(contact), MEASURES)


def recipients_of(processing: Processing, said: ProcessingWords | None) -> str:
    return (said.recipients if said else "") or processing.recipients


def note_of(said: ProcessingWords | None) -> str:
    return said.note if said else ""


def contact_words(contact: Contact | None) -> str:
    if contact is None:
        return "Controller and data protection officer: not named yet"
    named = [contact.controller, contact.officer, contact.address]
    return "Controller and data protection officer: " + ", ".join(one for one in named if one)


Record = tuple[Mapping[str, ProcessingWords], Mapping[str, RetentionRule], Contact | None]


def record_paper(
    said: Mapping[str, ProcessingWords], rules: Mapping[str, RetentionRule], contact: Contact | None
) -> list[Block]:
    """The record of processing, to be read: one part for each kind."""
    blocks: list[Block] = [Words(contact_words(contact))]
    for key, one in facts.processings().items():
        blocks += [Heading(one.name), facts_table(one, said.get(key), rules)]
    return [*blocks, Heading("Measures that hold for all of them"), Points(MEASURES)]


def facts_table(one: Processing, said: ProcessingWords | None, rules: Mapping[str, RetentionRule]) -> Table:
    rows = [
        ["Purpose", one.purpose], ["Lawful basis", basis_of(one, said)], ["Whose data", one.whose], ["Which data", holds_words(one.key)],
        ["From where", one.source], ["Who sees them", one.seen_by], ["Who else gets them", recipients_of(one, said)],
        ["Kept", kept_words(one, rules)], *([["More", said.note]] if said and said.note else []),
    ]  # fmt: skip
    return Table(one.key, "", (Column("What", width=18), Column("Answer", width=70)), rows)


def dpia_paper(
    said: Mapping[str, ProcessingWords], rules: Mapping[str, RetentionRule], contact: Contact | None
) -> list[Block]:
    """A data protection impact assessment to go on with: what Desaga knows is filled in, what only the institution knows is asked."""
    told = facts.processings()
    people = [told[key] for key in ("workforce", "extracts", "equality") if key in told]
    return [
        Words(contact_words(contact)),
        Words(
            "A template. What Desaga knows is filled in from its data map; sentences that begin with “To be written” are for you. An assessment is needed where processing is likely to be a high "
            f"risk, and is good practice in any case; guidance: {ICO_DPIA}",
            is_quiet=True,
        ),
        Heading("1. Why an assessment"),
        Points(
            (
                "Special category data (ethnicity, disability) are used for equality monitoring.",
                "The people are staff: between employer and employee there is an imbalance, so agreeing is no basis.",
                "Data of one HR system are matched over years.",
            )
        ),
        Words("To be written: who asked for it, and what the institution wants to achieve."),
        Heading("2. What is done with which data"),
        *(block for one in people for block in (Heading(one.name, 3), facts_table(one, said.get(one.key), rules))),
        Words("To be written: which HR system the extract comes from, which columns, how often, and by whom."),
        Heading("3. Who was asked"),
        Words("To be written: staff or their representatives, trade unions, the data protection officer, information security. What they said, and what followed."),
        Heading("4. Is it necessary, and no more than that"),
        Points(
            (
                "No salary, address, nationality, religion or orientation is read, whatever the file holds.",
                "Columns of equality data are read only where the equality data steward loads them.",
                "Everybody but the steward sees figures alone, each under a disclosure policy; released figures stand apart from the rows.",
                "People are told: the privacy notice, the page “Your data” with all that is held about them, and who looked.",
                "A person may object; their data are left out from that moment, and deleted when it is accepted.",
            )
        ),
        Words("To be written: why the same aim cannot be reached with less, and how people are told outside Desaga."),
        Heading("5. Risks, and what is done about them"),
        risks_table(),
        Heading("6. Measures that are in place"),
        Points(MEASURES),
        Heading("7. Outcome"),
        Words("To be written: risks that stay, who accepts them, the officer’s advice, the day on which this is looked at again."),
        Table("outcome", "", (Column("What", width=30), Column("Name and date", width=50)), [
            ["Measures agreed by", ""], ["Risks that stay accepted by", ""], ["Advice of the data protection officer", ""], ["To be looked at again on", ""],
        ]),
    ]  # fmt: skip


RISKS: Sequence[tuple[str, str, str]] = (
    ("A person is recognised in a small figure", "Embarrassment or disadvantage at work", "Disclosure control with an audit of what could be worked out, also over time and between tables"),
    ("Rows are seen by whoever should not", "Loss of trust; unfair decisions", "Steward’s role alone, every look written down with its reason and shown to the person"),
    ("Equality data are used to decide about a person", "Discrimination", "A role of its own, a purpose written down each time, no page that shows them beside a name"),
    ("The database or a backup is stolen", "Names and equality data become public", "Both are encrypted with keys that are kept elsewhere"),
    ("A wrong extract is loaded", "Wrong figures, wrong conclusions", "All faults shown before anything is stored; limits that stop a bad file; a wrong snapshot is superseded, visibly"),
    ("Data are kept for too long", "More harm in every other risk", "A time for each class of data, set by the institution, deleted at night, figures kept"),
)  # fmt: skip


def risks_table() -> Table:
    columns = (
        Column("Risk", width=26),
        Column("Harm", width=22),
        Column("Measure", width=36),
        Column("Likely and severe: to be written", width=18),
    )
    return Table("risks", "", columns, [[*one, ""] for one in RISKS])


def export_paper(content: Mapping[str, Any]) -> list[Block]:
    """A person's export, to be read."""
    blocks: list[Block] = [
        Words(f"All that Desaga holds about {content['name']}, put together on {content['made_at'][:10]}.")
    ]
    for (where, what), parts in groupby(content["parts"], key=lambda one: (one["organisation"], one["what"])):
        for part in parts:
            blocks.append(Heading(f"{what}, {where}" if where else what))
            if part["why"]:
                blocks.append(Words(f"{part['why']} Kept: {part['kept']}.", is_quiet=True))
            blocks += [Points([f"{name}: {value}" for name, value in row.items()]) for row in part["rows"] if row]
    return blocks
