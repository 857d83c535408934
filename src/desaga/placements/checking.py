"""What the answers mean for each other and for the scheme: what cannot be funded so, and what should be thought of. Pure: no Django, no database.

`answering` says whether an answer can be understood; here stand the rules between answers. Each finding says why, and how to mend it; a *bar* keeps
the application from being sent, advice does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from .answering import ASK, counted, total
from .countries import code_of
from .defining import Definition, role_key
from .wording import day_words, money


@dataclass(frozen=True)
class Facts:
    """What is known beside the answers. `answers_by` is when the panel that would hear it answers; `awarded_in_last_round` is of the applicant."""

    today: date
    scheme_from: date
    scheme_until: date
    answers_by: date | None = None
    awarded_in_last_round: bool = False
    email: str = ""


@dataclass(frozen=True)
class Finding:
    """Something about an application, at the question where it can be mended."""

    key: str
    words: str
    mend: str
    is_bar: bool = True


Values = Mapping[str, Any]


def check(definition: Definition, values: Values, facts: Facts) -> list[Finding]:
    """What there is to say, bars first. Answers that are not there, or cannot be understood, are left alone."""
    found = [finding for rule in RULES for finding in rule(definition, values, facts)]
    asked = {question.key for question in definition.questions()} | {key for key in values if key.startswith(ASK)}
    return sorted((one for one in found if one.key in asked), key=lambda one: not one.is_bar)


def bars(definition: Definition, values: Values, facts: Facts) -> list[Finding]:
    return [one for one in check(definition, values, facts) if one.is_bar]


def is_abroad(values: Values) -> bool:
    """As the applicant says; where that is not asked, by the host's country."""
    said = values.get("abroad")
    return bool(said) if said is not None else _host_is_abroad(values)


def _country(values: Values) -> str:
    return str((values.get("host") or {}).get("country", "")).strip()


def _host_is_abroad(values: Values) -> bool:
    return bool(_country(values)) and code_of(_country(values)) != "GB"


def _the_order_of_days(definition: Definition, values: Values, facts: Facts) -> Iterator[Finding]:
    starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
    if not starts_on or not ends_on:
        return
    if ends_on < starts_on:
        yield Finding("ends_on", "The last day lies before the first.", "Change one of the two.")
        return
    days, working = (ends_on - starts_on).days + 1, values.get("working_days")
    if working is not None and working > days:
        yield Finding(
            "working_days", f"{working} working days do not fit into {days} days.", "Change the number, or the dates."
        )
    if working == 0:
        yield Finding(
            "working_days",
            f"A {definition.noun} of no working day pays nothing.",
            "Say how many working days you are away.",
        )


def _within_the_scheme(definition: Definition, values: Values, facts: Facts) -> Iterator[Finding]:
    starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
    years = f"from {day_words(facts.scheme_from)} to {day_words(facts.scheme_until)}"
    if starts_on and starts_on < facts.today:
        yield Finding("starts_on", "The first day is past.", "Choose a day to come.")
    elif starts_on and starts_on < facts.scheme_from:
        yield Finding("starts_on", f"The scheme has money {years}.", "Choose a later first day.")
    if ends_on and ends_on > facts.scheme_until:
        yield Finding("ends_on", f"The scheme has money {years}.", "Choose an earlier last day.")
    if starts_on and facts.answers_by and facts.today <= starts_on <= facts.answers_by:
        yield Finding(
            "starts_on",
            f"You hear by {day_words(facts.answers_by)}. What is spent before an award is not paid.",
            "Choose a first day after that, or go on if you can wait.",
            is_bar=False,
        )


def _the_contract(definition: Definition, values: Values, facts: Facts) -> Iterator[Finding]:
    contract, ends_on = values.get("contract_ends_on"), values.get("ends_on")
    if not contract or not ends_on:
        return
    report_by = ends_on + timedelta(days=definition.report.after_days)
    if contract < ends_on:
        yield Finding(
            "contract_ends_on",
            f"Your contract ends on {day_words(contract)}, before the last day of the {definition.noun}, {day_words(ends_on)}.",
            "Choose earlier days, or change the day if your contract goes on.",
        )
    elif contract < report_by:
        yield Finding(
            "contract_ends_on",
            f"Your contract ends on {day_words(contract)}, before your report is due on {day_words(report_by)}.",
            "Choose earlier days, or change the day if your contract goes on.",
        )


def _the_grant(definition: Definition, values: Values, facts: Facts) -> Iterator[Finding]:
    if values.get("on_grant") and values.get("grant_consent") is False:
        yield Finding(
            "grant_consent",
            "Your salary is paid from a grant, and whoever holds it has not agreed that you go.",
            "Ask them first; then change your answer.",
        )


ABROAD = {
    "risk_assessed": ("There is no risk assessment yet.", "Have one made with your safety office before you go."),
    "visa_checked": ("You do not know yet whether you need a visa.", "Find out soon: some take three months."),
    "insured": (
        "Your employer’s insurance does not cover it yet.",
        "Ask your insurance office before anything is booked.",
    ),
}


def _going_abroad(definition: Definition, values: Values, facts: Facts) -> Iterator[Finding]:
    if not is_abroad(values):
        return
    for key, (words, mend) in ABROAD.items():
        if values.get(key) is False:
            yield Finding(key, words, mend, is_bar=False)


def _where_it_may_be(definition: Definition, values: Values, facts: Facts) -> Iterator[Finding]:
    country, said = _country(values), values.get("abroad")
    if country and said is not None and bool(said) != _host_is_abroad(values):
        words = "outside" if said else "in"
        yield Finding(
            "abroad",
            f"You say that it is {words} the United Kingdom; the {definition.host_noun} is in {country}.",
            "Change one of the two.",
        )
    elif is_abroad(values) and not definition.abroad:
        yield Finding(
            "host",
            f"This scheme pays for {definition.noun}s in the United Kingdom only.",
            f"Choose a {definition.host_noun} there.",
        )
    elif country and not is_abroad(values) and not definition.home:
        yield Finding(
            "host",
            f"This scheme pays for {definition.noun}s outside the United Kingdom only.",
            f"Choose a {definition.host_noun} abroad.",
        )


def _somebody_elses_place(definition: Definition, values: Values, facts: Facts) -> Iterator[Finding]:
    host, employer = (values.get("host") or {}).get("organisation"), (values.get("employer") or {}).get("name")
    if host and employer and _same_name(host, employer):
        yield Finding(
            "host",
            f"The {definition.host_noun} is your own employer.",
            f"Choose a {definition.host_noun} outside your organisation.",
        )


def _same_name(one: str, other: str) -> bool:
    def plain(name: str) -> str:
        words = "".join(letter if letter.isalnum() else " " for letter in name.casefold()).split()
        return " ".join(word for word in words if word not in ("the", "of", "and"))

    return plain(one) == plain(other)


def _the_money(definition: Definition, values: Values, facts: Facts) -> Iterator[Finding]:
    costs = values.get("costs") or []
    if not costs:
        return
    for kind in definition.cost_kinds:
        sum_ = sum((one.pounds for one in costs if one.kind == kind.key), Decimal(0))
        if kind.cap is not None and sum_ > kind.cap:
            yield Finding(
                "costs",
                f"{kind.label}: {money(sum_)} is more than the {money(kind.cap)} that an award pays for it.",
                "Ask for less of it.",
            )
    asked = total(counted(costs, definition))
    if definition.most is not None and asked > definition.most:
        yield Finding(
            "costs", f"Together {money(asked)}: the most that is awarded is {money(definition.most)}.", "Ask for less."
        )
    if definition.least is not None and asked < definition.least:
        yield Finding(
            "costs",
            f"Together {money(asked)}: the least that is awarded is {money(definition.least)}.",
            "Ask for what it really costs.",
        )
    if any(one.currency != "GBP" and one.foreign is None for one in costs):
        yield Finding(
            "costs",
            "A cost is in another currency, without its amount in that currency.",
            "Add it, so that the panel can follow.",
            is_bar=False,
        )


def _the_advance(definition: Definition, values: Values, facts: Facts) -> Iterator[Finding]:
    if values.get("advance") and not definition.advance:
        yield Finding(
            "advance",
            f"This scheme pays nothing before the {definition.noun}.",
            "Answer no, or ask your employer to lay it out.",
        )


def _the_nation(definition: Definition, values: Values, facts: Facts) -> Iterator[Finding]:
    nation, known = values.get("nation"), {one.value: one.label for one in definition.nations}
    if nation and known and nation not in known:
        yield Finding(
            "nation",
            f"This scheme is for people who work in {_either(list(known.values()))}.",
            "Look for another scheme, or change your answer.",
        )


def _the_role(definition: Definition, values: Values, facts: Facts) -> Iterator[Finding]:
    """Job titles differ: whoever applies says which of the scheme's words is closest to their work."""
    said, known = values.get("role_word"), {role_key(one) for one in definition.role_words}
    if said and known and said not in known:
        yield Finding(
            "role_word",
            f"This scheme is for those who are one of these: {', '.join(definition.role_words)}.",
            "If one of these words is close to your work, choose it, whatever your job is called.",
        )


def _the_employer(definition: Definition, values: Values, facts: Facts) -> Iterator[Finding]:
    rule, name = definition.employers, (values.get("employer") or {}).get("name")
    if rule is None or not name or any(_same_name(name, one) for names in rule.names for one in names):
        return
    mend = "If it stands in the list by another name, choose it there."
    if not rule.bars:
        mend += " You can send it all the same: those who run the scheme look at it first."
    yield Finding(
        "employer", f"“{name}” is not among those whose people may apply: {rule.are}.", mend, is_bar=rule.bars
    )


def _either(words: list[str]) -> str:
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _a_rest(definition: Definition, values: Values, facts: Facts) -> Iterator[Finding]:
    if definition.rests_one_round and facts.awarded_in_last_round:
        yield Finding(
            "title",
            "You had an award of the last round. Whoever had one rests for one round.",
            "Apply for the round after this.",
        )


def _those_who_answer(definition: Definition, values: Values, facts: Facts) -> Iterator[Finding]:
    """By the letters of the addresses alone; `naming` knows what else is one mailbox."""
    asked = {key: str(one["email"]).casefold() for key, one in values.items() if key.startswith(ASK) and one}
    before: set[str] = set()
    for key, email in asked.items():
        if facts.email and email == facts.email.casefold():
            words = "This is your own address. Nobody can answer for themself."
            yield Finding(key, words, "Give the address of the other person.")
        elif email in before:
            words = "Somebody else is asked at this address. Each must be asked at an address of their own."
            yield Finding(key, words, "Give the address of the other person.")
        before.add(email)


RULES: tuple[Callable[[Definition, Values, Facts], Iterator[Finding]], ...] = (
    _a_rest,
    _the_nation,
    _the_role,
    _the_employer,
    _the_contract,
    _the_grant,
    _where_it_may_be,
    _somebody_elses_place,
    _the_order_of_days,
    _within_the_scheme,
    _going_abroad,
    _the_money,
    _the_advance,
    _those_who_answer,
)
