"""The whole reading: first what the document says about itself (glossary, phases, frameworks), then its actions."""

from __future__ import annotations

import re

from desaga.documents.model import Document, Text

from .alignments import Principles, shipped_as
from .checks import check_plan
from .contexts import contexts_of
from .coverage import keep_every_word
from .document import Ledger
from .headings import says_plan
from .hints import hints_now
from .identity import set_ids
from .interpret import Interpreter
from .keys import read_keys
from .lines import Ways, tables_of_lines
from .model import Notice, Plan, Unplaced
from .owners import Parties
from .plantables import drop_earlier, read_headless, read_tables
from .prose import is_titled, read_prose
from .rows import Walk, walk_table
from .settling import understand_columns
from .tables import split_into_tables
from .titles import title_and_period
from .words import key, plain
from .years import impossible_days, years_told


def assemble(document: Document) -> Plan:
    """Understand a read document as a plan in the interchange format."""
    plan = Plan()
    ledger = Ledger(document)
    _, contexts = contexts_of(document)
    contexts = read_keys(document, plan, contexts, ledger)
    parties = Parties(plan.glossary)
    principles = Principles(plan.frameworks)
    plan.title, plan.period = title_and_period(document, plan, ledger)
    plan.phases = plan.phases or hints_now().phases_within(plan.period)
    flowing = document.format in {"txt", "pdf"}
    walk = Walk(parties, principles, plan.phases, ledger, flowing)
    read_tables(contexts, walk, plan)
    drop_earlier(walk, plan)
    if not walk.actions and is_titled([document.title or "", plan.title]) or says_plan(plan.title) and not walk.actions:
        read_headless(contexts, walk, plan)
    if not walk.actions:
        _read_lines(document, walk, plan)
    if not walk.actions:
        _read_lists(document, walk, plan)
    phases = plan.phases or years_told(block.text for block in document.blocks if isinstance(block, Text))
    interpreter = Interpreter(parties, phases, principles, plan.period, wrapped=document.format == "pdf")
    for raw in walk.actions:
        action, leftover = interpreter.action(raw)
        plan.actions.append(action)
        plan.unplaced += [Unplaced(raw.source, text) for text in leftover]
    plan.themes = walk.themes
    _mend_themes(plan, principles)
    _finish(document, plan, ledger)
    return plan


def _read_lines(document: Document, walk: Walk, plan: Plan) -> None:
    """Where the table has come apart into lines."""
    texts = [block for block in document.blocks if isinstance(block, Text) and not walk.ledger.is_used(block)]
    for grid, used in tables_of_lines(texts, Ways(walk.parties, walk.principles)):
        for table in split_into_tables(grid)[1]:
            if understand_columns(table, walk.principles):
                walk_table(table, walk)
        if walk.actions:
            walk.ledger.use(*used)
            message = "The table had come apart into lines; its cells were placed by what they say."
            plan.notices.append(Notice("actions", "columns_guessed", message))


def _read_lists(document: Document, walk: Walk, plan: Plan) -> None:
    """Where no table holds actions: headings, lists and paragraphs; the title may itself announce a list."""
    texts = [
        block
        for block in document.blocks
        if isinstance(block, Text) and (not walk.ledger.is_used(block) or plain(block.text) == plan.title)
    ]
    early = [
        document.title or "",
        plan.title,
        *(t.text for t in texts[:60] if t.kind == "heading" or len(t.text.split()) <= 12),
    ]
    read_prose(texts, walk, titled=is_titled(early))
    if walk.actions:
        message = "The plan is no table: its actions were told from headings and lists."
        plan.notices.append(Notice("actions", "prose", message))
        plan.notices += impossible_days(text.text for text in texts)


def _mend_themes(plan: Plan, principles: Principles) -> None:
    """A heading torn across its row gets the wording that the document itself gives elsewhere."""
    wording = {
        (shipped.name if (shipped := shipped_as(s.name)) else s.name, p.code): p.text
        for s in plan.frameworks
        for p in s.principles
    }
    for theme in plan.themes:
        for known in principles.prefix_codes(theme.code or ""):
            text = wording.get((known.framework, known.code), "")
            pieces = [piece for piece in re.findall(r"\w+ \w+ \w+", key(theme.title)) if piece in key(text)]
            if text and pieces and key(theme.title) != key(text):
                theme.title = text.split("\n", 1)[0]
                message = f"The heading {theme.code} was torn; its wording was taken from the document's own list."
                plan.notices.append(Notice("themes", "theme_torn", message))


def _finish(document: Document, plan: Plan, ledger: Ledger) -> None:
    set_ids(plan.actions)
    check_plan(plan)
    used = {action.theme for action in plan.actions}
    plan.themes = [t for t in plan.themes if (t.code or t.title) in used]
    plan.notices += [Notice("document", "reading", notice.message) for notice in document.notices]
    first_of_each: dict[str, Unplaced] = {}
    for rest in ledger.unplaced():  # heads repeated on every page are kept once
        first_of_each.setdefault(rest.text, rest)
    plan.unplaced += first_of_each.values()
    keep_every_word(document, plan)
    if not plan.actions:
        plan.notices.insert(0, Notice("document", "no_plan", "No action plan was found in this document."))
