"""The figures of a benchmark, their file, and the table that shows them."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.goals import GOALS, Goal


@dataclass(frozen=True)
class Figure:
    """One measured value, and the value of `reference` in the same run and unit, if there is one to compare with."""

    section: str
    name: str
    value: float
    unit: str
    reference_value: float | None = None
    reference: str = ""

    @property
    def ratio(self) -> float | None:
        """The value divided by that of the reference. For a rate, below 1 is slower."""
        return self.value / self.reference_value if self.reference_value else None

    @property
    def goal(self) -> Goal | None:
        """The goal of this figure, if it has one."""
        return GOALS.get((self.section, self.name))


@dataclass
class Report:
    """All figures of one run, with the facts that they depend on and what could not be measured."""

    machine: dict[str, Any]
    versions: dict[str, str]
    figures: list[Figure] = field(default_factory=list)
    not_measured: list[str] = field(default_factory=list)
    partial: bool = False
    """Whether only a part of everything was to be measured."""

    def goals_not_measured(self) -> list[str]:
        """The section and name of each goal that no figure has. In a partial report that is no fault."""
        if self.partial:
            return []
        measured = {(each.section, each.name) for each in self.figures}
        return [f"{section}: {name}" for section, name in GOALS if (section, name) not in measured]

    def write(self, path: Path) -> None:
        """Write the report as JSON, to compare it with another run."""
        report = {
            "machine": self.machine,
            "versions": self.versions,
            "figures": [_as_json(each) for each in self.figures],
            "not_measured": self.not_measured,
        }
        path.write_text(json.dumps(report, indent=1) + "\n", "utf-8")


def _as_json(figure: Figure) -> dict[str, Any]:
    goal = {"goal": figure.goal.limit, "goal_met": figure.goal.met_by(figure.value)} if figure.goal else {}
    return asdict(figure) | {"ratio": figure.ratio} | goal


def values_of(path: Path) -> dict[str, float]:
    """The values of a stored report, by section and name. Raises `OSError`, or `ValueError` if it is not a report."""
    try:
        report = json.loads(path.read_text("utf-8"))
        return {f"{each['section']}: {each['name']}": float(each["value"]) for each in report["figures"]}
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path} is not a report of a benchmark") from error


def show(console: Console, report: Report, before: dict[str, float]) -> None:
    """Print the table. With the values of an earlier run, also print the ratio to them."""
    table = Table()
    table.add_column("")
    for name in ("measured", "goal", "reference", "÷ reference", *(("before", "÷ before") if before else ())):
        table.add_column(name, justify="right", no_wrap=True)
    section = ""
    order = list(dict.fromkeys(each.section for each in report.figures))
    for each in sorted(report.figures, key=lambda figure: order.index(figure.section)):
        if each.section != section:
            section = each.section
            table.add_section()
            table.add_row(f"[bold]{section}")
        reference = _number(each.reference_value) if each.reference_value else ""
        ratio = f"{each.ratio:.2f}" if each.ratio else ""
        measured = f"{_number(each.value)} {each.unit}"
        table.add_row(f" {each.name}", measured, _goal(each), reference, ratio, *_change(each, before))
    console.print(table)
    references = dict.fromkeys((each.section, each.reference) for each in report.figures if each.reference)
    for name, reference in references:
        console.print(f"reference of {name}: {reference}", highlight=False, markup=False)
    for line in report.not_measured:
        console.print(f"not measured: {line}", markup=False)
    for goal in report.goals_not_measured():
        console.print(f"goal without a figure: {goal}", markup=False)


def _goal(figure: Figure) -> str:
    """The goal with its direction, and whether the figure meets it."""
    if figure.goal is None:
        return ""
    sign, colour = "≥" if figure.goal.at_least else "≤", "green" if figure.goal.met_by(figure.value) else "red"
    return f"[{colour}]{sign} {_number(figure.goal.limit)}"


def _change(figure: Figure, before: dict[str, float]) -> list[str]:
    if not before:
        return []
    old = before.get(f"{figure.section}: {figure.name}")
    return ["", ""] if old is None else [_number(old), f"{figure.value / old:.2f}" if old else ""]


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
