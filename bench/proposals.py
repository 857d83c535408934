"""How well principles are proposed for the seed plan's own actions, beside random order, TF-IDF and BM25 over the frameworks' own titles.

Run with `.venv/bin/python bench/proposals.py`; it needs the real documents (`DESAGA_SEEDS`). For TALENT: recall at 3 and MRR (one over the
rank of the first right one); for the pillars, of which an action answers several, micro-F1. *Leave one out*: when an action is
proposed for, the labels of all others are the examples. Intervals are bootstrapped over actions, seeded.

What some 27 labelled actions of one institution can show: whether words help at all, and by much. What they cannot: differences under 0.1, how it fares
elsewhere, and what the vocabulary owes to people who had read this plan; only the part learnt from examples is truly left out.
Ends with status 1 where we are worse than the best of the others.
"""

from __future__ import annotations

import json
import math
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from desaga.plans.proposing import Example, principles_of, propose
from desaga.plans.proposing.proposing import several
from desaga.plans.proposing.words import stems_of
from desaga.plans.reading import read_plan

ROOT = Path(__file__).resolve().parents[1]
SEEDS = Path(os.environ.get("DESAGA_SEEDS") or ROOT.parent / "shared" / "seeds")
TRUTH = ROOT / "src" / "desaga" / "plans" / "tests" / "truth" / "leeds.json"
SEED, DRAWS = 20261128, 2000
MANY = 500
Action = tuple[dict[str, str], set[str]]
Ranker = Callable[[int, Sequence[Action]], list[str]]


def labelled(framework: str) -> list[Action]:
    """The actions that state principles of a framework: their texts, and the codes."""
    read = {action["code"]: action for action in read_plan(SEEDS / "leeds-action-plan-2024-2027.txt")["actions"]}
    rows = []
    for told in json.loads(TRUTH.read_text(encoding="utf-8"))["actions"]:
        codes = {one["code"] for one in told["alignments"] if one.get("framework") == framework}
        if codes and told["code"] in read:
            action = read[told["code"]]
            rows.append(({part: action[part] for part in ("title", "how", "success")}, codes))
    return rows


def whole(texts: dict[str, str]) -> str:
    return " ".join(texts.values())


def examples_without(at: int, rows: Sequence[Action]) -> list[Example]:
    return [Example(whole(texts), code) for n, (texts, codes) in enumerate(rows) if n != at for code in sorted(codes)]


def ours(framework: str, *, learning: bool = True) -> Ranker:
    def rank(at: int, rows: Sequence[Action]) -> list[str]:
        examples = examples_without(at, rows) if learning else []
        return [one.code for one in propose(rows[at][0], framework, examples)]

    return rank


def by_titles(framework: str, *, bm25: bool) -> Ranker:
    """TF-IDF cosine or BM25 (k1 1.5, b 0.75) of the action's words against each principle's title."""
    documents = {one.code: Counter(stems_of(f"{one.code} {one.title}")) for one in principles_of(framework)}
    having = Counter(word for document in documents.values() for word in document)
    mean = sum(document.total() for document in documents.values()) / len(documents)

    def weight(word: str) -> float:
        number = having[word]
        return (
            math.log(1 + (len(documents) - number + 0.5) / (number + 0.5))
            if bm25
            else math.log((1 + len(documents)) / (1 + number)) + 1
        )

    def score(words: Counter[str], document: Counter[str]) -> float:
        shared = words.keys() & document.keys()
        if bm25:
            length = 0.25 + 0.75 * document.total() / mean
            return sum(weight(word) * document[word] * 2.5 / (document[word] + 1.5 * length) for word in shared)
        norm = math.sqrt(sum((number * weight(word)) ** 2 for word, number in document.items()))
        return sum(words[word] * document[word] * weight(word) ** 2 for word in shared) / norm

    def rank(at: int, rows: Sequence[Action]) -> list[str]:
        words = Counter(stems_of(whole(rows[at][0])))
        scores = {code: score(words, document) for code, document in documents.items()}
        return [code for code in sorted(documents, key=lambda code: -scores[code]) if scores[code] > 0]

    return rank


def at_random(framework: str) -> Ranker:
    chance = random.Random(SEED)
    codes = [one.code for one in principles_of(framework)]
    return lambda at, rows: chance.sample(codes, len(codes))


def reciprocal(ranked: Sequence[str], right: set[str]) -> float:
    return next((1 / place for place, code in enumerate(ranked, 1) if code in right), 0.0)


def recall_at_3(ranked: Sequence[str], right: set[str]) -> float:
    return len(set(ranked[:3]) & right) / len(right)


def interval(
    values: Sequence[float], mean: Callable[[Sequence[int]], float] | None = None
) -> tuple[float, float, float]:
    """The mean with the middle 95 of 100 bootstrapped ones."""
    chance, places = random.Random(SEED), range(len(values))
    mean = mean or (lambda drawn: sum(values[at] for at in drawn) / len(drawn))
    drawn = sorted(mean([chance.choice(places) for _ in places]) for _ in range(DRAWS))
    return mean(list(places)), drawn[int(DRAWS * 0.025)], drawn[int(DRAWS * 0.975)]


def told(name: str, of: str, found: tuple[float, float, float]) -> float:
    print(f"proposals: {name}: {of} {found[0]:.2f} (95 %: {found[1]:.2f} to {found[2]:.2f})")
    return found[0]


def talent() -> bool:
    rows = labelled("talent")
    print(f"proposals: TALENT, {len(rows)} labelled actions of one plan, leave one out")
    rankers = {
        "random order": at_random("TALENT"),
        "TF-IDF over titles": by_titles("TALENT", bm25=False),
        "BM25 over titles": by_titles("TALENT", bm25=True),
        "ours, vocabulary alone": ours("TALENT", learning=False),
        "ours, with examples": ours("TALENT"),
    }
    mrr = {}
    for name, rank in rankers.items():
        ranked = [rank(at, rows) for at in range(len(rows))]
        told(
            name, "recall@3", interval([recall_at_3(one, right) for one, (_, right) in zip(ranked, rows, strict=True)])
        )
        mrr[name] = told(
            name, "MRR", interval([reciprocal(one, right) for one, (_, right) in zip(ranked, rows, strict=True)])
        )
    return mrr["ours, with examples"] >= max(value for name, value in mrr.items() if not name.startswith("ours"))


def micro_f1(counts: Sequence[tuple[int, int, int]]) -> Callable[[Sequence[int]], float]:
    def mean(drawn: Sequence[int]) -> float:
        right, found, wanted = (sum(counts[at][n] for at in drawn) for n in range(3))
        return 2 * right / (found + wanted) if found + wanted else 0.0

    return mean


def best_two(rank: Ranker) -> Ranker:
    return lambda at, rows: rank(at, rows)[:2]


def pillars() -> bool:
    name = "Technician Commitment"
    rows = labelled("tc")
    print(f"proposals: pillars, {len(rows)} labelled actions, leave one out; baselines give the two best")

    def chosen(at: int, rows: Sequence[Action]) -> list[str]:
        found = propose(rows[at][0], name, examples_without(at, rows))
        return several(found) if found else []

    rankers: dict[str, Ranker] = {
        "random order": best_two(at_random(name)),
        "TF-IDF over titles": best_two(by_titles(name, bm25=False)),
        "BM25 over titles": best_two(by_titles(name, bm25=True)),
        "ours, with examples": chosen,
    }
    scores = {}
    for label, rank in rankers.items():
        found = [set(rank(at, rows)) for at in range(len(rows))]
        counts = [(len(one & right), len(one), len(right)) for one, (_, right) in zip(found, rows, strict=True)]
        scores[label] = told(label, "micro-F1", interval([0.0] * len(rows), micro_f1(counts)))
    ours_too = scores.pop("ours, with examples")
    return ours_too >= max(scores.values())


def speed() -> None:
    texts = [texts for texts, _ in labelled("talent")]
    examples = examples_without(-1, labelled("talent"))
    began = time.perf_counter()
    for n in range(MANY):
        propose(texts[n % len(texts)], "TALENT", examples)
    print(
        f"proposals: {MANY} actions against TALENT with {len(examples)} examples: {time.perf_counter() - began:.1f} s"
    )


def main() -> int:
    if not SEEDS.is_dir():
        print(f"proposals: NOT MEASURED, the real documents are not at DESAGA_SEEDS ({SEEDS})")
        return 0
    good = [talent(), pillars()]
    speed()
    print("proposals: with so few actions, differences under 0.1 mean nothing; see the head of bench/proposals.py")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
