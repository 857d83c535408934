"""What is suggested of a plan as its pages show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desaga.frameworks.queries import FrameworkKnown

from .models import Action, Followed
from .queries.followed import Pending
from .states import Verdict

Known = Mapping[str, FrameworkKnown]
Address = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Wording:
    """A principle by its code and, where it says more, its title."""

    code: str
    title: str = ""


@dataclass
class Suggested:
    """One suggestion on the page; `goes_on` is where one goes after answering it."""

    pk: int
    action: Action
    url: str
    reason: str
    goes_on: int


@dataclass
class Group:
    """The suggestions of one principle, its wording, and the wording of those that it came from."""

    now: Wording
    was: list[Wording]
    old_name: str
    rows: list[Suggested] = field(default_factory=list)


def groups_of(rows: Sequence[Followed], known: Known, address: Address) -> list[Group]:
    """Suggestions by principle, in the order in which they stand."""
    groups: dict[str, Group] = {}
    titles: dict[str, dict[str, str]] = {}
    for at, row in enumerate(rows):
        old_name = row.following.old_name
        for name in (old_name, row.framework):
            titles.setdefault(name, _titles(known, name))
        group = groups.setdefault(row.code, Group(_wording(titles[row.framework], row.code), [], old_name))
        for code in row.was:
            if code not in [one.code for one in group.was]:
                group.was.append(_wording(titles[old_name], code))
        after = rows[at + 1] if at + 1 < len(rows) else rows[at - 1]
        group.rows.append(Suggested(row.pk, row.action, address(row.action_id), row.reason, after.pk))
    return list(groups.values())


def _titles(known: Known, name: str) -> dict[str, str]:
    framework = known.get(name)
    return {code: title for code, title, _ in framework.principles} if framework else {}


def _wording(titles: Mapping[str, str], code: str) -> Wording:
    title = titles.get(code, "")
    return Wording(code, "" if title == code else title)


def answers_shown(rows: Iterable[Followed], known: Known, address: Address) -> list[dict[str, Any]]:
    """Answered suggestions as their page lists them."""
    titles = {name: {code: title for code, title, _ in one.principles} for name, one in known.items()}
    return [
        {
            "row": row,
            "wording": _wording(titles.get(row.framework, {}), row.code),
            "url": address(row.action_id),
            "said": f"Answers {row.chosen} instead" if row.verdict == Verdict.ELSEWHERE else row.get_verdict_display(),
        }
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Offer:
    """What following would do to a plan, as a page says it before it is done."""

    plan: Any
    old_name: str
    new_name: str
    carried: int
    suggested: int
    dropped: Sequence[tuple[Wording, int]]
    new: Sequence[Wording]

    @property
    def token(self) -> str:
        return f"{self.plan.pk}:{self.new_name}"


def offers_shown(found: Iterable[Pending], known: Known) -> list[Offer]:
    """What plans can follow: with the principles that are no longer asked, and those that are new."""
    return [_offer(one, known) for one in found]


def _offer(one: Pending, known: Known) -> Offer:
    old, new = one.succession.old_name, one.succession.new_name
    was, now = _titles(known, old), _titles(known, new)
    return Offer(
        plan=one.plan,
        old_name=old,
        new_name=new,
        carried=one.carried,
        suggested=one.suggested,
        dropped=[(_wording(was, code), len(actions)) for code, actions in one.dropped.items()],
        new=[_wording(now, code) for code in one.succession.additions(now)],
    )
