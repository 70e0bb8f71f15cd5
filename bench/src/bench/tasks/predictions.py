"""Predictions for the measured tasks, from only the input fields of each case.

`gapless bench T1 CASES.jsonl` writes to standard output. `T1-library` reads the books of all cases as one library.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from shared.books.description import BookDescription, SeriesPlace
from shared.books.matching.same_work import best_match
from shared.books.series.library_reading import ItemTexts, read_library
from shared.books.series.reading import read_series
from shared.books.series.readings import SeriesReading

from bench.tasks.gaps import predict_t3, predict_t4
from bench.tasks.releases import predict_t5

Case = dict[str, Any]


def predict_t1(case_input: Case) -> Case:
    """The readings of one item, the most certain first. Reads `title`, `subtitle`, `author` and `path`."""
    readings = read_series(
        case_input.get("title"), case_input.get("subtitle"), case_input.get("author"), case_input.get("path")
    )
    return _series(readings)


def predict_t1_library(cases: Sequence[Case]) -> list[Case]:
    """The readings of every item. All are read jointly, as the books of one library."""
    texts = ("title", "subtitle", "author", "path")
    items = [ItemTexts(**{name: case["input"].get(name) for name in texts}) for case in cases]
    return [_series(readings) for readings in read_library(items)]


def _series(readings: Iterable[SeriesReading]) -> Case:
    return {"series": [{"name": one.name, "sequence": one.sequence} for one in readings]}


def item(fields: Case) -> BookDescription:
    """The fields of an owned item as a description."""
    return BookDescription(
        title=fields.get("title") or "",
        subtitle=fields.get("subtitle"),
        authors=(fields["author"],) if fields.get("author") else (),
        path=fields.get("path"),
    )


def work(fields: Case) -> BookDescription:
    """The fields of a catalogue entry as a description."""
    place = (SeriesPlace(fields["series"], fields.get("sequence")),) if fields.get("series") else ()
    return BookDescription(
        title=fields.get("title") or "",
        authors=(fields["author"],) if fields.get("author") else (),
        series=place,
        published_year=fields.get("year"),
    )


def predict_t2(case: Case) -> Case:
    """The id of the candidate that is the work of the item, or None. Reads `input` and `candidates` of the case."""
    match = best_match(item(case["input"]), [(one["id"], work(one)) for one in case["candidates"]])
    return {"match": match.work_id if match else None}


TASKS: dict[str, Callable[[Case], Case]] = {
    "T1": lambda case: predict_t1(case["input"]),
    "T2": predict_t2,
    "T3": predict_t3,
    "T4": predict_t4,
    "T5": predict_t5,
}

LIBRARY_TASKS: dict[str, Callable[[Sequence[Case]], list[Case]]] = {"T1-library": predict_t1_library}
"""Tasks whose answers depend on all cases together."""


def predict(task: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield one line of JSON for each line with a case. Raises `ValueError` if the task is unknown."""
    if task not in TASKS and task not in LIBRARY_TASKS:
        raise ValueError(f"no task {task!r}; the tasks are {', '.join([*TASKS, *LIBRARY_TASKS])}")
    if task in LIBRARY_TASKS:
        cases = [json.loads(line) for line in lines]
        answers: Iterable[tuple[Case, Case]] = zip(cases, LIBRARY_TASKS[task](cases), strict=True)
    else:
        answers = ((case, TASKS[task](case)) for case in map(json.loads, lines))
    for case, answer in answers:
        yield json.dumps({"id": case["id"], **answer}, ensure_ascii=False)


def main(task: str, cases: str) -> None:
    """Write the predictions for a file of cases to standard output."""
    with Path(cases).open(encoding="utf-8") as lines:
        for prediction in predict(task, lines):
            sys.stdout.write(prediction + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
