"""What is asked and answered: texts of actions, principles of a framework, labelled examples, suggestions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from desaga.frameworks.shipped import Framework, shipped_frameworks

from .vocabularies import vocabulary_of, wordings_of


@dataclass(frozen=True, slots=True)
class ActionText:
    """What an action says. `heading` is what stands over it, and is given only where that is no statement of a framework."""

    title: str = ""
    how: str = ""
    success: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A principle: its code, its short title, and its wording where that may be used: an organisation's own, else the words of it alone."""

    code: str
    title: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class FrameworkAsked:
    """A framework whose principles are proposed. `vocabulary` names the hand-made one, empty where there is none.

    `threshold`: below this score a principle is not proposed; 0 leaves every one that anything speaks for.
    """

    name: str
    principles: tuple[Asked, ...]
    vocabulary: str = ""
    threshold: float = 0.0


@dataclass(frozen=True, slots=True)
class Example:
    """What somebody said: this text answers the principle (accepted), or does not (refused). `of` is the action of which it was said."""

    text: str | ActionText
    code: str
    accepted: bool = True
    of: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A principle proposed for an action: a score from 0 to 1, and the words of the action that made it so, the weightiest first.

    `like` are the actions whose accepted examples spoke for it too, the nearest first.
    """

    code: str
    score: float
    because: tuple[str, ...]
    like: tuple[str, ...] = ()


#: From which score a pillar is proposed: an action may answer several, and not the rest.
PILLARS_FROM = 0.55


def asked_of(framework: Framework) -> FrameworkAsked:
    """A shipped framework as it is proposed: by our short titles, and the words of its published text where we have them."""
    wordings = wordings_of(framework.family)
    return FrameworkAsked(
        name=framework.name,
        principles=tuple(
            Asked(principle.code, principle.title, wordings.get(principle.code, ""))
            for principle in framework.principles
        ),
        vocabulary=framework.family,
        threshold=PILLARS_FROM if framework.kind == "pillars" else 0.0,
    )


@lru_cache(maxsize=16)
def shipped(key: str) -> FrameworkAsked:
    """The shipped framework of this key ("talent", "n8", "themes", "technician-commitment-2017"). Raises KeyError."""
    return asked_of({framework.key: framework for framework in shipped_frameworks()}[key])


def worded(framework: FrameworkAsked, wordings: Mapping[str, str]) -> FrameworkAsked:
    """The framework with the wording of its principles beside their titles, where somebody has it: by code."""
    principles = tuple(replace(one, text=wordings.get(one.code, one.text)) for one in framework.principles)
    return replace(framework, principles=principles)


def has_vocabulary(framework: FrameworkAsked) -> bool:
    """Whether words were gathered for it by hand; else only its wording and what was answered before speak."""
    return bool(framework.vocabulary) and bool(vocabulary_of(framework.vocabulary))


def text_of(said: str | ActionText) -> ActionText:
    return said if isinstance(said, ActionText) else ActionText(said)


def parts_of(said: ActionText) -> Sequence[tuple[str, float]]:
    """The parts of an action's text, and how much each tells: what will be done tells most."""
    return ((said.title, 1.0), (said.how, 0.8), (said.success, 0.6), (said.heading, 0.5))
