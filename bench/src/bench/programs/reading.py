"""Measures how well series are read from the cases of `reading_cases.py`, alone and jointly; prints JSON.

`python -m bench.programs.reading` reads each book alone, then all as one library. `--wrong` prints wrong answers too.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from shared.books.gaps.works import series_key
from shared.books.series.library_reading import ItemTexts, read_library
from shared.books.series.reading import read_series
from shared.books.series.readings import SeriesReading

from bench.programs import reading_cases

TEXTS = ("title", "subtitle", "author", "path")
LIBRARY = 50_000


def right(case: dict[str, Any], readings: Sequence[SeriesReading]) -> bool:
    """Whether the first reading is the expected series and place, or there is none and none is expected."""
    first = (series_key(readings[0].name), readings[0].sequence) if readings else None
    expected = case["expected"] and (series_key(case["expected"][0]), case["expected"][1])
    return bool(first == expected)


def figures(cases: Sequence[dict[str, Any]], answers: Sequence[Sequence[SeriesReading]]) -> dict[str, Any]:
    total, correct = Counter(case["kind"] for case in cases), Counter[str]()
    for case, readings in zip(cases, answers, strict=True):
        correct[case["kind"]] += right(case, readings)
        if not right(case, readings) and "--wrong" in sys.argv:
            sys.stdout.write(f"{case['input']} gave {[(one.name, one.sequence) for one in readings]}\n")
    kinds = {kind: f"{correct[kind]} of {total[kind]}" for kind in sorted(total)}
    return {"accuracy": round(correct.total() / total.total(), 4), "kinds": kinds}


def main() -> None:
    cases = list(reading_cases.cases())
    items = [ItemTexts(**{name: case["input"].get(name) for name in TEXTS}) for case in cases]
    alone = [read_series(item.title, item.subtitle, item.author, item.path) for item in items]
    many = [
        replace(item, author=f"{item.author or 'Ann'} {copy}")
        for copy in range(LIBRARY // len(items))
        for item in items
    ]
    started = time.process_time()
    read_library(many)
    took = time.process_time() - started
    report = {
        "cases": len(cases),
        "alone": figures(cases, alone),
        "jointly": figures(cases, read_library(items)),
        f"seconds_for_{len(many)}_books": round(took, 1),
    }
    sys.stdout.write(json.dumps(report, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
