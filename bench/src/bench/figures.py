"""The figures of a benchmark, their file, and the table that shows them."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Figure:
    """One measured value; `best` is what the part named in `beside` did in the same run, in the same unit."""

    section: str
    name: str
    value: float
    unit: str
    best: float | None = None
    beside: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the best it is; for a rate, below 1 is slower."""
        return self.value / self.best if self.best else None


@dataclass
class Report:
    """All figures of one run, with the facts they depend on and what could not be measured."""

    machine: dict[str, Any]
    versions: dict[str, str]
    figures: list[Figure] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def write(self, path: Path) -> None:
        """Write the report as JSON, to compare it with another run."""
        figures = [asdict(each) | {"ratio": each.ratio} for each in self.figures]
        told = {
            "machine": self.machine,
            "versions": self.versions,
            "figures": figures,
            "left_out": self.left_out,
        }
        path.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


def values_of(path: Path) -> dict[str, float]:
    """The values of a stored report, by section and name. Raises `OSError`, or `ValueError` if it is not a report."""
    try:
        told = json.loads(path.read_text("utf-8"))
        return {f"{each['section']}: {each['name']}": float(each["value"]) for each in told["figures"]}
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path} is not a report of a benchmark") from error


def show(console: Console, report: Report, before: dict[str, float]) -> None:
    """Print the table. With the values of an earlier run, also print the ratio to them."""
    table = Table()
    table.add_column("")
    for name in ("measured", "best", "÷ best", *(("before", "÷ before") if before else ())):
        table.add_column(name, justify="right", no_wrap=True)
    section = ""
    order = list(dict.fromkeys(each.section for each in report.figures))
    for each in sorted(report.figures, key=lambda figure: order.index(figure.section)):
        if each.section != section:
            section = each.section
            table.add_section()
            table.add_row(f"[bold]{section}")
        best = _number(each.best) if each.best else ""
        ratio = f"{each.ratio:.2f}" if each.ratio else ""
        told = f"{_number(each.value)} {each.unit}"
        table.add_row(f" {each.name}", told, best, ratio, *_change(each, before))
    console.print(table)
    for name, beside in dict.fromkeys((each.section, each.beside) for each in report.figures if each.beside):
        console.print(f"best of {name}: {beside}", highlight=False, markup=False)
    for line in report.left_out:
        console.print(f"left out: {line}", markup=False)


def _change(figure: Figure, before: dict[str, float]) -> list[str]:
    if not before:
        return []
    old = before.get(f"{figure.section}: {figure.name}")
    return ["", ""] if old is None else [_number(old), f"{figure.value / old:.2f}" if old else ""]


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
