"""How well a plan was read: the reader's interchange JSON held against a truth that a person wrote.

A truth has the shape of the interchange format, with only the fields that its author judged; a field that is absent is
not scored. A text is plain (its beginning is enough), or a mapping with `hash` (sha256 of the text, white space
collapsed and end punctuation dropped, first 12 hex digits), `shingles` (the same for each three words, 8 digits) or
`first_words` with `n`. Wherever a judgement is open, `any_of` lists the readings that are right. `basis`, `role` and
`precision` may be lists of what is accepted. An action, owner or alignment marked `optional` may be read or not.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desaga.plans.tests.texts import accepts, options, resemblance, same, text_fits, words

Json = Mapping[str, Any]


@dataclass(slots=True)
class Share:
    """How many of `total` judgements came out right; what was read and should not have been counts in `total`."""

    right: int = 0
    total: int = 0

    @property
    def value(self) -> float:
        return self.right / self.total if self.total else 1.0

    def __str__(self) -> str:
        return f"{self.right}/{self.total}"


@dataclass(slots=True)
class Score:
    """The comparison of one reading with one truth; `differences` says each fault in words."""

    found: int = 0
    missed: int = 0
    invented: int = 0
    shares: dict[str, Share] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    def count(self, share: str, right: bool, difference: str) -> None:
        tally = self.shares.setdefault(share, Share())
        tally.total += 1
        tally.right += right
        if not right:
            self.differences.append(f"{share}: {difference}")

    def report(self) -> str:
        lines = [f"actions: {self.found} found, {self.missed} missed, {self.invented} invented"]
        lines += [f"{name}: {share} = {share.value:.1%}" for name, share in self.shares.items()]
        return "\n".join(lines + [f"  - {difference}" for difference in self.differences])


# --- pairing the actions -------------------------------------------------------------------------------------------


def likeness(action: Json, truth: Json) -> float:
    codes = truth.get("codes") or [truth.get("code")]
    coded = any(code and words(code) == words(action.get("code")) for code in codes)
    kind = action.get("business_as_usual", False) == truth.get("business_as_usual", False)
    said = resemblance(action.get("title"), truth.get("title"))
    elsewhere = resemblance(f"{action.get('how') or ''}", truth.get("title"))
    return 3.0 * coded + max(said, 0.7 * elsewhere) + (0.1 * kind if coded or said or elsewhere else 0)


def pair(actions: Sequence[Json], truths: Sequence[Json]) -> list[tuple[Json | None, Json | None]]:
    """Each action with its truth, the likest first; an action or a truth left over stands with None."""
    ranked = sorted(
        (
            (likeness(action, truth), -abs(i / max(1, len(actions)) - j / max(1, len(truths))), i, j)
            for i, action in enumerate(actions)
            for j, truth in enumerate(truths)
        ),
        reverse=True,
    )
    taken: dict[int, int] = {}
    for like, _, i, j in ranked:
        if like >= 0.4 and i not in taken and j not in taken.values():
            taken[i] = j
    pairs: list[tuple[Json | None, Json | None]] = [
        (action, truths[taken[i]] if i in taken else None) for i, action in enumerate(actions)
    ]
    return pairs + [(None, truth) for j, truth in enumerate(truths) if j not in taken.values()]


def label(action: Json | None, truth: Json | None) -> str:
    """How a difference names its action: the code, else the line, else the beginning of the title."""
    if truth and truth.get("code"):
        return str(truth["code"])
    if truth and truth.get("line"):
        return f"line {truth['line']}"
    said = (action or {}).get("title") or options((truth or {}).get("title"))[0] or "an action without a title"
    return f"“{' '.join(str(said).split())[:60]}”"


# --- the fields of an action ---------------------------------------------------------------------------------------


def owner_fits(owner: Json, expected: Any) -> bool:
    if isinstance(expected, str):
        named = [owner.get("code"), owner.get("text")]
        return any(same(name, expected) for name in named if name)
    if "any_of" in expected:
        return any(owner_fits(owner, option) for option in expected["any_of"])
    if "role" in expected and not accepts(expected["role"], owner.get("role")):
        return False
    if expected.get("code"):
        return same(owner.get("code"), expected["code"])
    if owner.get("code") and "code" in expected:
        return False
    return text_fits(owner.get("text"), expected["text"]) and (
        not isinstance(expected["text"], str) or same(owner.get("text"), expected["text"])
    )


def say(item: Any) -> str:
    if not isinstance(item, Mapping):
        return str(item)
    said = next((item[key] for key in ("code", "text", "label") if item.get(key)), "one")
    rest = [str(item[key]) for key in ("framework", "role", "basis", "period", "status", "rag") if item.get(key)]
    return f"{said} ({', '.join(rest)})" if rest else str(said)


def compare_items(
    score: Score, name: str, where: str, got: Sequence[Json], expected: Sequence[Any], fits: Any, spare: Any
) -> None:
    """Count each expected item found or not, and each item that nothing expected and `spare` does not excuse."""
    left = list(got)
    for wanted in expected:
        match = next((item for item in left if fits(item, wanted)), None)
        if match is not None:
            left.remove(match)
        if match is not None or not (isinstance(wanted, Mapping) and wanted.get("optional")):
            score.count(name, match is not None, f"{where}: {say(wanted)} not read")
    for item in left:
        if not spare(item):
            score.count(name, False, f"{where}: {say(item)} should not be there")


def compare_best(score: Score, name: str, where: str, got: Sequence[Json], expected: Any, fits: Any) -> None:
    """As `compare_items`, for the kindest of the alternatives that an open judgement allows."""
    trials = []
    for option in options(expected):
        free = isinstance(option, Mapping) and option.get("free_text", False)
        wanted = option["owners"] if isinstance(option, Mapping) else option
        trial = Score()
        compare_items(trial, name, where, got, wanted, fits, lambda item, free=free: free and not item.get("code"))
        trials.append(trial)
    best = max(trials, key=lambda trial: trial.shares.get(name, Share()).value)
    tally = score.shares.setdefault(name, Share())
    tally.right += best.shares.get(name, Share()).right
    tally.total += best.shares.get(name, Share()).total
    score.differences += best.differences


def framework_fits(name: str | None, key: str | None, frameworks: Sequence[Json]) -> bool:
    if key is None:
        return True
    known = next((framework for framework in frameworks if framework["key"] == key), None)
    if known is None:
        return same(name, key)
    said = f" {' '.join(words(name))} "
    return any(f" {' '.join(words(alias))} " in said for alias in known["names"])


def alignment_fits(alignment: Json, expected: Any, frameworks: Sequence[Json]) -> bool:
    if isinstance(expected, str):
        return same(alignment.get("code") or alignment.get("text"), expected)
    if "any_of" in expected:
        return any(alignment_fits(alignment, option, frameworks) for option in expected["any_of"])
    if "basis" in expected and not accepts(expected["basis"], alignment.get("basis")):
        return False
    if not framework_fits(alignment.get("framework"), expected.get("framework"), frameworks):
        return False
    known = next((one for one in frameworks if one["key"] == expected.get("framework")), {})
    codes = known.get("codes", {}).get(expected["code"], [expected["code"]])
    return any(same(alignment.get("code"), code) for code in codes)


def compare_alignments(score: Score, where: str, got: Sequence[Json], expected: Sequence[Any], truth: Json) -> None:
    frameworks = truth.get("frameworks", [])

    def fits(item: Json, wanted: Any) -> bool:
        return alignment_fits(item, wanted, frameworks)

    def repeated(item: Json) -> bool:
        return any(fits(item, wanted) for wanted in expected)

    compare_items(score, "alignments", where, got, expected, fits, repeated)


def timeframe_fits(actual: Json | None, expected: Json) -> bool:
    got = actual or {}
    for key in ("start", "end", "precision", "continuous"):
        value = None if got.get(key) == "none" else got.get(key)
        if key in expected and not accepts(expected[key], value):
            return False
    return True


def say_timeframe(timeframe: Json | None) -> str:
    got = timeframe or {}
    keys = ("start", "end", "precision", "continuous")
    return ", ".join(f"{key} {got[key]}" for key in keys if got.get(key)) or "no time"


def compare_timeframe(score: Score, where: str, got: Json | None, expected: Json) -> None:
    right = any(timeframe_fits(got, option) for option in options(expected))
    wanted = " or ".join(say_timeframe(option) for option in options(expected))
    text = (got or {}).get("text")
    score.count("timeframes", right, f"{where}: “{text}” read as {say_timeframe(got)}, not {wanted}")


def milestone_fits(milestone: Json, expected: Json) -> bool:
    dates = all(key not in expected or accepts(expected[key], milestone.get(key)) for key in ("start", "end"))
    return dates and text_fits(milestone.get("label"), expected["label"])


def theme_names(plan: Json, theme: str | None) -> list[str]:
    """What the theme of an action is called: its own words, and the title and code of the theme they point to."""
    listed = [one for one in plan.get("themes", []) if theme and theme in (one.get("title"), one.get("code"))]
    names = [theme] + [one.get(key) for one in listed for key in ("title", "code")]
    return [name for name in names if name]


def theme_fits(names: Iterable[str], expected: Json) -> bool:
    wanted = [words(name) for name in expected["names"]]
    return any(words(name)[: len(want)] == want for name in names for want in wanted)


def compare_theme(score: Score, where: str, plan: Json, action: Json, expected: Any, truth: Json) -> None:
    got = action.get("theme")
    if expected is None:
        right = not got or any(same(got, name) for name in truth.get("optional_themes", []))
    else:
        known = [t for t in truth.get("themes", []) if expected == t.get("code") or expected in t["names"]]
        right = any(theme_fits(theme_names(plan, got), theme) for theme in known or [{"names": [expected]}])
    score.count("themes", right, f"{where}: theme “{got}”, not {expected}")


def compare_action(score: Score, plan: Json, action: Json, expected: Json, truth: Json) -> None:
    """Every field of one action that the truth judges."""
    where = label(action, expected)
    if "theme" in expected:
        compare_theme(score, where, plan, action, expected["theme"], truth)
    if "owners" in expected:
        compare_best(score, "owners", where, action.get("owners", []), expected["owners"], owner_fits)
    if "alignments" in expected:
        compare_alignments(score, where, action.get("alignments", []), expected["alignments"], truth)
    if "timeframe" in expected:
        compare_timeframe(score, where, action.get("timeframe"), expected["timeframe"])
    for key, fits in (("milestones", milestone_fits), ("depends_on", lambda *_: True)):
        wanted = expected.get(key, [])
        compare_items(score, key, where, action.get(key, []), wanted, fits, lambda _, wanted=wanted: bool(wanted))
    for key in ("status", "rag"):
        if key in expected:
            right = accepts(expected[key], action.get(key))
            score.count(key, right, f"{where}: {action.get(key)}, not {expected[key]}")
    for key in ("title", "how", "success", "comments"):
        if key in expected:
            right = text_fits(action.get(key), expected[key])
            score.count("texts", right, f"{where}: {key} reads “{str(action.get(key))[:80]}”")
    if "updates" in expected:
        compare_items(
            score, "updates", where, action.get("updates", []), expected["updates"], update_fits, lambda _: False
        )
    usual = bool(action.get("business_as_usual"))
    score.count("business as usual", usual == bool(expected.get("business_as_usual")), f"{where}: {usual}")
    compare_notices(score, where, action, expected)


def update_fits(update: Json, expected: Json) -> bool:
    scalars = all(key not in expected or accepts(expected[key], update.get(key)) for key in ("status", "rag"))
    texts = all(key not in expected or text_fits(update.get(key), expected[key]) for key in ("period", "text"))
    return scalars and texts


def compare_notices(score: Score, where: str, action: Json, expected: Json) -> None:
    """A doubt that the truth expects is right where the action has a notice on that field."""
    own = {notice.get("field") for notice in action.get("notices", [])}
    for doubt in expected.get("notices", []):
        score.count("notices", doubt["field"] in own, f"{where}: no notice on {doubt['field']}: {doubt['what']}")


# --- the plan ------------------------------------------------------------------------------------------------------


def compare_themes(score: Score, plan: Json, truth: Json) -> None:
    left = [[name for name in (one.get("title"), one.get("code")) if name] for one in plan.get("themes", [])]
    for wanted in truth["themes"]:
        match = next((names for names in left if theme_fits(names, wanted)), None)
        if match is not None:
            left.remove(match)
        if match is not None or not wanted.get("optional"):
            score.count("themes", match is not None, f"{wanted['names'][0]} is not among the themes")
    for names in left:
        spare = any(same(name, kept) for name in names for kept in truth.get("optional_themes", []))
        if not spare:
            score.count("themes", False, f"{names[:1]} should not be among the themes")


def compare_glossary(score: Score, plan: Json, truth: Json) -> None:
    left = list(plan.get("glossary", []))
    for wanted in truth["glossary"]:
        row = next((one for one in left if same(one.get("code"), wanted["code"])), None)
        if row is None:
            score.count("glossary", False, f"{wanted['code']} not read")
            continue
        left.remove(row)
        keys = [key for key in ("meaning", "person", "comment") if key in wanted]
        wrong = [key for key in keys if not text_fits(row.get(key), wanted[key])]
        score.count("glossary", not wrong, f"{wanted['code']}: {', '.join(wrong)}")
    for row in left:
        if row.get("code") not in truth.get("optional_glossary", []):
            score.count("glossary", False, f"{row.get('code')} should not be there")


def compare_frameworks(score: Score, plan: Json, truth: Json) -> None:
    """The principles of the frameworks that the document itself prints: code and wording."""
    for wanted in truth["frameworks"]:
        names = [one for one in plan.get("frameworks", []) if framework_fits(one["name"], wanted["key"], [wanted])]
        read = [principle for one in names for principle in one.get("principles", [])]
        for principle in wanted["principles"]:
            match = [one for one in read if same(one.get("code"), principle["code"])]
            right = any(text_fits(one.get("text"), principle) for one in match)
            fault = "wording" if match else "not read"
            score.count("principles", right, f"{wanted['key']} {principle['code']}: {fault}")


def compare_plan(score: Score, plan: Json, truth: Json) -> None:
    """What belongs to the plan as a whole: title, period, themes, glossary, phases, frameworks, its own notices."""
    if "title" in truth:
        score.count("plan", text_fits(plan.get("title"), truth["title"]), f"title “{plan.get('title')}”")
    if "period" in truth:
        right = any(timeframe_fits(plan.get("period"), option) for option in options(truth["period"]))
        score.count("plan", right, f"period {plan.get('period')}")
    if "themes" in truth:
        compare_themes(score, plan, truth)
    if "glossary" in truth:
        compare_glossary(score, plan, truth)
    for phase in truth.get("phases", []):
        right = any(all(one.get(key) == phase[key] for key in phase) for one in plan.get("phases", []))
        score.count("phases", right, f"{phase['code']} not read")
    if "frameworks" in truth:
        compare_frameworks(score, plan, truth)
    everything = json.dumps([plan.get("notices", []), [one.get("notices") for one in plan.get("actions", [])]])
    for notice in truth.get("notices", []):
        said = notice.get("kind", "\0") in everything or any(word in everything for word in notice.get("mention", []))
        score.count("notices", said, f"no notice: {notice['what']}")


def compare(plan: Json, truth: Json) -> Score:
    """The whole score of a reading (interchange format) against a truth."""
    score = Score()
    for action, expected in pair(plan.get("actions", []), truth["actions"]):
        if action is not None and expected is not None:
            score.found += 1
            compare_action(score, plan, action, expected, truth)
        elif action is not None:
            score.invented += 1
            score.differences.append(f"actions: {label(action, None)} is invented")
        elif expected is not None and not expected.get("optional"):
            score.missed += 1
            score.differences.append(f"actions: {label(None, expected)} is missed")
    compare_plan(score, plan, truth)
    return score


def main(arguments: Sequence[str]) -> int:
    """Print the score of OUTPUT.json against TRUTH.json; 0 where nothing differs."""
    plan, truth = (json.loads(Path(argument).read_text(encoding="utf-8")) for argument in arguments)
    score = compare(plan, truth)
    sys.stdout.write(score.report() + "\n")
    return 1 if score.differences else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
