"""Draws precision against coverage of series reading and same-work matching for several thresholds.

    python -m bench.fitting.precision_coverage T1_CASES.jsonl T2_CASES.jsonl OUT.svg

Coverage is the share of the cases with a right answer that get any answer. Precision is the share of the answers that
are right. The figures are printed to standard output.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz
from shared.books.matching.folded import folded
from shared.books.matching.same_work import distance_between
from shared.books.series.reading import read_series
from shared.books.series.sequence import normalise
from shared.books.text.titles import fold, without_article

from bench.tasks.predictions import item, work

Case = dict[str, Any]
Answer = tuple[float, bool]
"""The confidence in an answer, and whether it is right."""
_TAIL = re.compile(r"( (series|saga|trilogy|chronicles?|cycle|novels?|books?|quartet|mysteries|mystery|universe))+$")
WIDTH, HEIGHT, EDGE = 640, 400, 50
LOWEST_PRECISION = 0.85


def series_answers(cases: Iterable[Case]) -> tuple[list[Answer], int]:
    answers, wanted = [], 0
    for case in cases:
        texts = case["input"]
        expected = case["expected"]["series"]
        wanted += bool(expected)
        for one in read_series(texts["title"], texts["subtitle"], texts["author"], texts["path"])[:1]:
            right = any(_same_series(one.name, want) and _same_place(one.sequence, want) for want in expected)
            answers.append((one.confidence, right))
    return answers, wanted


def work_answers(cases: Iterable[Case]) -> tuple[list[Answer], int]:
    answers, wanted = [], 0
    for case in cases:
        mine = folded(item(case["input"]))
        wanted += case["expected"] is not None
        total, found = min((distance_between(mine, folded(work(one))).total, one["id"]) for one in case["candidates"])
        answers.append((1.0 - total, found == case["expected"]))
    return answers, wanted


def curve(answers: list[Answer], wanted: int, thresholds: Iterable[float]) -> list[tuple[float, float, float]]:
    """Threshold, coverage and precision for each threshold."""
    points = []
    for threshold in thresholds:
        correct = [right for confidence, right in answers if confidence >= threshold]
        if correct:
            points.append((threshold, sum(correct) / wanted, sum(correct) / len(correct)))
    return points


def _same_series(name: str, want: Case) -> bool:
    mine = _bare(name)
    return any(mine == _bare(alias) or fuzz.ratio(mine, _bare(alias)) >= 90 for alias in want["aliases"])


def _same_place(sequence: str | None, want: Case) -> bool:
    return normalise(sequence) == normalise(want["sequence"])


def _bare(name: str) -> str:
    return _TAIL.sub("", without_article(fold(name)))


def drawing(curves: dict[str, list[tuple[float, float, float]]]) -> str:
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif">']
    parts.append('<rect width="100%" height="100%" fill="white"/>')
    for tick in range(4):
        precision = LOWEST_PRECISION + tick * 0.05
        line = (
            f'<line x1="{EDGE}" x2="{WIDTH - EDGE}" y1="{_y(precision):.0f}" y2="{_y(precision):.0f}" stroke="#ddd"/>'
        )
        parts += [line, f'<text x="8" y="{_y(precision) + 4:.0f}" font-size="12">{precision:.2f}</text>']
    for tick in range(6):
        share = tick / 5
        parts.append(f'<text x="{_x(share) - 8:.0f}" y="{HEIGHT - 28}" font-size="12">{share:.1f}</text>')
    parts.append(f'<text x="{WIDTH // 2 - 30}" y="{HEIGHT - 8}" font-size="13">coverage</text>')
    parts.append('<text x="8" y="30" font-size="13">precision</text>')
    for (name, points), colour in zip(curves.items(), ("#1f5fa8", "#b3401a"), strict=True):
        path = " ".join(f"{_x(coverage):.1f},{_y(precision):.1f}" for _, coverage, precision in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for threshold, coverage, precision in points:
            title = f"<title>{name}, threshold {threshold:.2f}</title>"
            parts.append(
                f'<circle cx="{_x(coverage):.1f}" cy="{_y(precision):.1f}" r="3" fill="{colour}">{title}</circle>'
            )
        place = 60 + 18 * (colour == "#b3401a")
        parts.append(f'<text x="{EDGE + 20}" y="{HEIGHT - EDGE - place}" font-size="13" fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _x(share: float) -> float:
    return EDGE + share * (WIDTH - 2 * EDGE)


def _y(precision: float) -> float:
    return HEIGHT - EDGE - (precision - LOWEST_PRECISION) / (1 - LOWEST_PRECISION) * (HEIGHT - 2 * EDGE)


def main(series_cases: str, work_cases: str, out: str) -> None:
    tasks: dict[str, tuple[str, Callable[[Iterable[Case]], tuple[list[Answer], int]], list[float]]] = {
        "series reading": (series_cases, series_answers, [0.5, 0.56, 0.61, 0.7, 0.82, 0.87, 0.89, 0.92, 0.94, 0.96]),
        "same work": (work_cases, work_answers, [0.6, 0.65, 0.7, 0.75, 0.775, 0.8, 0.85, 0.9, 0.95]),
    }
    curves = {}
    for name, (path, answers_to, thresholds) in tasks.items():
        cases = (json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines())
        curves[name] = curve(*answers_to(cases), thresholds)
        for threshold, coverage, precision in curves[name]:
            sys.stdout.write(f"{name}: from {threshold:.3f} coverage {coverage:.4f} precision {precision:.4f}\n")
    Path(out).write_text(drawing(curves), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:4])
