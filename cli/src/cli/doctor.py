"""`gapless doctor`: prints what the doctor of the gateway finds."""

import typer
from gapless_client import ApiProblem, Gapless, Unreachable
from gapless_client.models import Diagnosis, Severity
from rich.console import Console
from rich.text import Text

from cli.connection import Key, Url, gapless_at
from cli.output import AsJson, console

STYLES = {Severity.OK: "green", Severity.WARNING: "yellow", Severity.FAULT: "bold red"}


class GatewayUnreachable(Exception):
    """The gateway does not answer or refuses the key; the message says what to check."""


def doctor(url: Url = "", api_key: Key = "", as_json: AsJson = False) -> None:
    """Check settings, services, schemas, backlogs, clocks, folders and outside systems, and say what to do.

    Exit status: 0 without faults, 1 with a fault, 2 if the gateway cannot be reached.
    """
    with gapless_at(url, api_key) as gapless:
        try:
            diagnosis = examine(gapless)
        except GatewayUnreachable as error:
            typer.echo(f"doctor: {error}", err=True)
            raise typer.Exit(2) from error
    if as_json:
        typer.echo(diagnosis.model_dump_json(indent=1))
    else:
        show(console(), diagnosis)
    raise typer.Exit(0 if diagnosis.healthy else 1)


def examine(gapless: Gapless) -> Diagnosis:
    """Run all checks once. Raises `GatewayUnreachable` if the gateway does not answer or refuses the key."""
    try:
        return gapless.system.examine_now()
    except ApiProblem as problem:
        raise GatewayUnreachable(_what_to_check(problem, gapless.url)) from problem


def _what_to_check(problem: ApiProblem, url: str) -> str:
    if problem.status in (401, 403):
        return f"{problem}. The gateway at {url} refuses the key: check --api-key or API_KEY; it needs the scope write"
    if isinstance(problem, Unreachable):
        return f"{problem}. Check that the gateway runs, and its address: --url or GAPLESS_URL, which is {url}"
    return f"{problem}. Check that {url} is the address of Gapless"


def show(screen: Console, diagnosis: Diagnosis) -> None:
    """Print one line per finding, then the totals."""
    for each in diagnosis.findings:
        line = Text.assemble((f"{each.severity:<8}", STYLES.get(each.severity, "")), f"{each.area:<14}{each.subject}: ")
        line.append(each.words)
        if each.to_do:
            line.append(f". To do: {each.to_do}")
        screen.print(line, soft_wrap=True)
    counts = {severity: sum(1 for f in diagnosis.findings if f.severity is severity) for severity in Severity}
    totals = f"{counts[Severity.OK]} ok, {counts[Severity.WARNING]} warnings, {counts[Severity.FAULT]} faults"
    screen.print(totals, soft_wrap=True)
