"""The table of the benchmark shows each figure with its goal."""

from io import StringIO

from bench.figures import Figure, Report, show
from bench.goals import GOALS
from rich.console import Console

MEMORY = ("resident memory", "all six, idle")
TITLES = ("book knowledge, books", "titles read")


def table(*figures: Figure) -> str:
    written = StringIO()
    show(Console(file=written, width=200), Report({}, {}, list(figures)), {})
    return written.getvalue()


def test_a_figure_with_a_goal_shows_its_limit_and_direction() -> None:
    shown = table(Figure(*MEMORY, 500.0, "MiB"), Figure(*TITLES, 40_000.0, "/s"))
    assert "≤ 600" in shown
    assert "≥ 30,000" in shown


def test_a_figure_without_a_goal_shows_none() -> None:
    shown = table(Figure("library scan", "first", 300.0, "items/s"))
    assert "≤" not in shown
    assert "≥" not in shown


def test_a_goal_is_met_at_its_limit_and_not_beyond_it() -> None:
    assert GOALS[MEMORY].met_by(600.0)
    assert not GOALS[MEMORY].met_by(600.1)
    assert GOALS[TITLES].met_by(30_000.0)
    assert not GOALS[TITLES].met_by(29_999.0)


def test_a_goal_without_a_figure_is_named_below_the_table() -> None:
    shown = table(Figure(*MEMORY, 500.0, "MiB"))
    assert f"goal without a figure: {': '.join(TITLES)}" in shown
    assert f"goal without a figure: {': '.join(MEMORY)}" not in shown
