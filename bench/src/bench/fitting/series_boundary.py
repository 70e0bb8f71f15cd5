"""Fits the weights that find where a title ends and the series name begins if nothing separates them.

    python -m bench.fitting.series_boundary CATALOGUE.jsonl… > weights.txt

Each line of the input is a case with entries under `candidates` or `catalogue`, each with `title`, `series` and
`author`. The title and the series name are joined, and the weights of a softmax over the cuts are fitted by gradient
ascent. The accuracy, cross-validated by author in five folds, is printed to standard error, and the table of weights to
standard output.
"""

import json
import math
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from shared.books.series.boundary import cut_signs

Pair = tuple[str, str, str]
_PLAIN = re.compile(r"[^\d:(\[/#]+")


def pairs(paths: list[str]) -> list[Pair]:
    found: set[Pair] = set()
    for path in paths:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            found.update(_entries(json.loads(line)))
    return sorted(found)


def _entries(case: dict[str, object]) -> Iterator[Pair]:
    for entry in [*case.get("candidates", []), *case.get("catalogue", [])]:  # type: ignore[misc]
        title, series = entry.get("title"), entry.get("series")
        plain = title and series and _PLAIN.fullmatch(title) and _PLAIN.fullmatch(series)
        if plain and series.lower() not in title.lower():
            yield title, series, entry.get("author") or ""


def samples(data: list[Pair]) -> list[tuple[list[list[str]], int, float]]:
    names = Counter(series for _, series, _ in data)
    out = []
    for title, series, _ in data:
        words = f"{title} {series}".split()
        cuts = [cut_signs(words, cut) for cut in range(1, len(words))]
        out.append((cuts, len(title.split()) - 1, 1.0 / names[series]))
    return out


def fit(train: list[tuple[list[list[str]], int, float]], rounds: int = 60, rate: float = 0.3) -> dict[str, float]:
    weights: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(lambda: 1e-6)
    order = list(train)
    for _ in range(rounds):
        random.Random(7).shuffle(order)
        for start in range(0, len(order), 64):
            gradient: dict[str, float] = defaultdict(float)
            for cuts, right, weight in order[start : start + 64]:
                shares = softmax([sum(weights[sign] for sign in signs) for signs in cuts])
                for place, signs in enumerate(cuts):
                    pull = weight * ((place == right) - shares[place])
                    for sign in signs:
                        gradient[sign] += pull
            for sign, slope in gradient.items():
                step = slope - 0.02 * weights[sign]
                squares[sign] += step * step
                weights[sign] += rate * step / math.sqrt(squares[sign])
    return dict(weights)


def softmax(scores: list[float]) -> list[float]:
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    return [power / sum(powers) for power in powers]


def accuracy(weights: dict[str, float], test: list[tuple[list[list[str]], int, float]]) -> tuple[float, float]:
    right = total = 0.0
    for cuts, want, weight in test:
        scores = [sum(weights.get(sign, 0.0) for sign in signs) for signs in cuts]
        right += weight * (scores.index(max(scores)) == want)
        total += weight
    return right, total


def main(paths: list[str]) -> None:
    data = pairs(paths)
    folds = [right_of(data, fold) for fold in range(5)]
    right, total = sum(one for one, _ in folds), sum(one for _, one in folds)
    sys.stderr.write(f"{len(data)} pairs, cross-validated by author: {right / total:.3f}\n")
    for sign, weight in sorted(fit(samples(data)).items()):
        sys.stdout.write(f'    "{sign}": {weight:.2f},\n')


def right_of(data: list[Pair], fold: int) -> tuple[float, float]:
    def in_fold(author: str) -> bool:
        return sum(map(ord, author)) % 5 == fold

    train = samples([pair for pair in data if not in_fold(pair[2])])
    return accuracy(fit(train), samples([pair for pair in data if in_fold(pair[2])]))


if __name__ == "__main__":
    main(sys.argv[1:])
