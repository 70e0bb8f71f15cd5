"""`gapless bench`: predictions for one of the measured tasks."""

from pathlib import Path
from typing import Annotated

import typer

from bench.tasks.predictions import predict


def bench(task: Annotated[str, typer.Argument(help="T1 to T5")], cases: Path) -> None:
    """Print one prediction per line for the cases of a task. Only the input fields of the cases are read."""
    with cases.open(encoding="utf-8") as lines:
        for prediction in predict(task, lines):
            typer.echo(prediction)
