"""Where somebody is shown on the strength of a consent, and who takes that down when it ends. Slices above say so in `AppConfig.ready`; consents know none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One place: what it is ("Story", "Poster"), its title and address, since when; `may_be_taken_down` is False for what was sent or printed."""

    kind: str
    title: str
    address: str = ""
    since: datetime | None = None
    may_be_taken_down: bool = True


Because = Literal["withdrawn", "expired"]
#: Asked within the organisation; answers the uses that rest on the consent today.
Source = Callable[[Any], Iterable[Use]]
#: Called within the transaction that ends the consent: takes down at once what can be.
OnEnd = Callable[[Any, Because], None]
#: Called within the transaction in which a new consent comes in the place of another: (former, new).
OnReplace = Callable[[Any, Any], None]

_sources: list[Source] = []
_on_end: list[OnEnd] = []
_on_replace: list[OnReplace] = []


def register(source: Source) -> None:
    """Ask this function too where a consent is used. Repeats harmlessly."""
    if source not in _sources:
        _sources.append(source)


def listen(*, on_end: OnEnd | None = None, on_replace: OnReplace | None = None) -> None:
    """Call these when a consent ends, or another comes in its place. Repeats harmlessly."""
    if on_end and on_end not in _on_end:
        _on_end.append(on_end)
    if on_replace and on_replace not in _on_replace:
        _on_replace.append(on_replace)


def uses_of(consent: Any) -> list[Use]:
    """Everything that rests on a consent, what can be taken down first."""
    found = [use for source in _sources for use in source(consent)]
    return sorted(found, key=lambda use: (not use.may_be_taken_down, use.kind, use.title))


def tell_end(consent: Any, because: Because) -> None:
    for listener in _on_end:
        listener(consent, because)


def tell_replaced(former: Any, new: Any) -> None:
    for listener in _on_replace:
        listener(former, new)
