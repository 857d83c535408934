"""What the pages of schemes and applications say in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..agreeing import PARTIES
from ..approving import lower_first
from ..defining import Approver, ConflictKind, CostKind, Criterion, Definition, Duty, Question, QuestionKind, Reason
from ..wording import money as in_pounds

register = template.Library()

ASKED = {"approval": "Approves it", "letter": "Writes a letter of support", "place": "Confirms the place, as host"}
KINDS = {
    QuestionKind.LINE: "One line",
    QuestionKind.TEXT: "A text",
    QuestionKind.YES_NO: "Yes or no",
    QuestionKind.DATE: "A date",
    QuestionKind.NUMBER: "A whole number",
    QuestionKind.MONEY: "Pounds",
    QuestionKind.COSTS: "Lines of costs",
    QuestionKind.ORGANISATION: "An organisation",
    QuestionKind.HOST: "A host",
    QuestionKind.PERSON: "A person",
    QuestionKind.FILE: "A file",
    QuestionKind.DECLARATION: "A box to tick",
}


@register.simple_tag
def row(term: str, value: Any) -> SafeString:
    """One line of a summary list; several things are joined."""
    words = value if isinstance(value, str | int) else ", ".join(str(getattr(one, "label", one)) for one in value)
    return format_html(
        '<div class="dsg-facts__row"><dt>{}</dt><dd>{}</dd></div>',
        term,
        words,
    )


@register.simple_tag
def placed(name: str, key: str) -> str:
    """The place of the questions of one part: see `editing.py`."""
    return f"{name}.{key}"


@register.filter
def pounds(amount: Decimal | None) -> str:
    """£1,020 or £1,020.50."""
    return "" if amount is None else in_pounds(amount)


@register.filter
def item(told: Mapping[str, Any], key: str) -> Any:
    """What stands under a key that is known only when the page is made."""
    return told[key]


@register.filter
def limits(definition: Definition) -> str:
    """From how much to how much is awarded."""
    least, most = definition.least, definition.most
    if least is not None and most is not None:
        return f"{pounds(least)} to {pounds(most)}"
    if most is not None:
        return f"Up to {pounds(most)}"
    return f"From {pounds(least)}" if least is not None else "No limit is set"


@register.filter
def places(definition: Definition) -> str:
    if definition.home and definition.abroad:
        return "In the United Kingdom and abroad"
    return "Abroad only" if definition.abroad else "In the United Kingdom"


@register.filter
def employers_told(definition: Definition) -> str:
    """Whose people may apply, and what is done about others."""
    rule = definition.employers
    if rule is None:
        return "Those of any employer"
    others = "nobody else can send one" if rule.bars else "others are looked at"
    return f"{rule.are}: {'; '.join(rule.first_names())} ({others})"


@register.filter
def in_sentence(title: str) -> str:
    """A title within a sentence: “line manager”, but “Technician Commitment lead”."""
    return lower_first(title)


@register.filter
def readers(definition: Definition) -> str:
    number = definition.reviewers_each
    return "everyone on the panel" if number is None else f"{number} of the panel"


@register.filter
def months(definition: Definition) -> str:
    years, left = divmod(definition.keep_months, 12)
    return f"{years} years" if not left else f"{definition.keep_months} months"


@register.filter
def answered(question: Question) -> str:
    """How a question is answered, in a few words."""
    words = KINDS.get(question.kind) or _labels(question.choices)
    if question.words:
        words += f" of at most {question.words} words"
    more = [] if question.required else ["need not be answered"]
    if question.for_host:
        more.append("read by the host too")
    if question.only_if:
        more.append("asked only under a condition")
    return ", ".join([words, *more])


def _labels(choices: Iterable[Any]) -> str:
    return " · ".join(one.label for one in choices)


@register.filter
def called(thing: Any) -> str:
    if isinstance(thing, Duty):
        return PARTIES[thing.party]
    return str(getattr(thing, "label", "") or thing.title)


@register.filter
def told(thing: CostKind | Approver | Criterion | Reason | Duty | ConflictKind) -> str:
    """What else there is to say of one thing of a definition."""
    if isinstance(thing, ConflictKind):
        return thing.declared
    if isinstance(thing, CostKind):
        apart = "Beside the award, unseen by approvers and panel." if thing.apart else ""
        cap = f"At most {pounds(thing.cap)}." if thing.cap is not None else ""
        return " ".join(filter(None, [cap, apart, thing.hint]))
    if isinstance(thing, Approver):
        return f"{ASKED[thing.asks]}. Reminded after {thing.chase_days} days; the link is open for {thing.open_days}."
    if isinstance(thing, Criterion):
        scores = ", ".join(f"{one.value} {one.label}" for one in thing.scores)
        return f"Weight {thing.weight.normalize():f}. {scores}."
    return thing.words
