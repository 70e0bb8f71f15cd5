"""Fits the weight of each difference between two descriptions, and shows precision and coverage by threshold.

    python -m bench.fitting.same_work CASES.jsonl

Every case gives one question: which candidate is the work of the item, if any. A second question omits the right
candidate, so that none is right. One weight at a time is changed as long as that raises the score (right answers minus
twice the wrong ones). The figures are cross-validated by author in five folds.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shared.books.matching.distance import Penalty
from shared.books.matching.folded import folded
from shared.books.matching.same_work import distance_between
from shared.books.matching.same_work_weights import SAME_UP_TO, WEIGHTS

from bench.tasks.predictions import item, work

STEPS = (0.6, 0.8, 1.25, 1.6)
WRONG_COSTS = 2.0


@dataclass(frozen=True)
class Question:
    """The penalties of an item for each candidate, and the right id."""

    author: str
    answer: str | None
    candidates: tuple[tuple[str, tuple[Penalty, ...]], ...]


def questions(path: str) -> list[Question]:
    found = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        mine = folded(item(case["input"]))
        compared = tuple(
            (one["id"], tuple(distance_between(mine, folded(work(one))).penalties)) for one in case["candidates"]
        )
        found.append(Question(case["author"] or "", case["expected"], compared))
        if case["expected"]:
            title = next(one["title"].lower() for one in case["candidates"] if one["id"] == case["expected"])
            others = {one["id"] for one in case["candidates"] if title not in one["title"].lower()}
            found.append(Question(case["author"] or "", None, tuple(one for one in compared if one[0] in others)))
    return found


def total(penalties: tuple[Penalty, ...], weights: Mapping[str, float]) -> float:
    most = sum(weights[one.name] for one in penalties)
    return sum(weights[one.name] * one.amount for one in penalties) / most if most else 1.0


def answers(cases: list[Question], weights: Mapping[str, float], limit: float) -> tuple[int, int, int]:
    """The number of right answers, of wrong works, and of all works in answers."""
    right = wrong = answered = 0
    for one in cases:
        best, found = min(((total(parts, weights), work_id) for work_id, parts in one.candidates), default=(1.0, None))
        answer = found if best <= limit else None
        right += answer == one.answer
        answered += answer is not None
        wrong += answer is not None and answer != one.answer
    return right, wrong, answered


def fit(cases: list[Question]) -> tuple[dict[str, float], float]:
    weights, limit = dict(WEIGHTS), SAME_UP_TO
    best = worth(cases, weights, limit)
    for _ in range(2):
        for name in WEIGHTS:
            for step in STEPS:
                tried = {**weights, name: round(weights[name] * step, 3)}
                if worth(cases, tried, limit) > best + 0.5:
                    weights, best = tried, worth(cases, tried, limit)
        for tried_limit in (0.18, 0.2, 0.22, 0.24, 0.26, 0.28, 0.3):
            if worth(cases, weights, tried_limit) > best + 0.5:
                limit, best = tried_limit, worth(cases, weights, tried_limit)
    return weights, limit


def worth(cases: list[Question], weights: Mapping[str, float], limit: float) -> float:
    right, wrong, _ = answers(cases, weights, limit)
    return right - WRONG_COSTS * wrong


def main(path: str) -> None:
    cases = questions(path)
    validated = [0, 0, 0]
    for fold in range(5):
        test = [one for one in cases if sum(map(ord, one.author)) % 5 == fold]
        weights, limit = fit([one for one in cases if sum(map(ord, one.author)) % 5 != fold])
        validated = [so_far + more for so_far, more in zip(validated, answers(test, weights, limit), strict=True)]
    weights, limit = fit(cases)
    sys.stdout.write(f"now {answers(cases, WEIGHTS, SAME_UP_TO)}, fitted {answers(cases, weights, limit)}, ")
    sys.stdout.write(f"cross-validated by author {tuple(validated)} of {len(cases)}\n{weights}\nup to {limit}\n")
    for up_to in (0.05, 0.1, 0.15, 0.2, 0.225, 0.25, 0.275, 0.3, 0.35, 0.4):
        right, wrong, answered = answers(cases, WEIGHTS, up_to)
        sys.stdout.write(
            f"{up_to:5} answered {answered} wrong {wrong} precision {1 - wrong / max(1, answered):.4f} right {right}\n"
        )


if __name__ == "__main__":
    main(sys.argv[1])
