"""Prints what the doctor of the gateway finds."""

from rich.console import Console
from rich.text import Text
from shared.contracts.gateway.doctor import Diagnosis, Severity

from cli.api_client import Api, ApiProblem

STYLES = {Severity.OK: "green", Severity.WARNING: "yellow", Severity.FAULT: "bold red"}


class GatewayUnreachable(Exception):
    """The gateway does not answer or refuses the key; the message says what to check."""


def examine(api: Api, url: str) -> Diagnosis:
    """Run all checks once. Raises `GatewayUnreachable` if the gateway does not answer or refuses the key."""
    try:
        return api.diagnosis()
    except ApiProblem as problem:
        raise GatewayUnreachable(_what_to_check(problem, url)) from problem


def _what_to_check(problem: ApiProblem, url: str) -> str:
    if problem.problem.status in (401, 403):
        return f"{problem}. The gateway at {url} refuses the key: check --api-key or API_KEY; it needs the scope write"
    if problem.problem.code == "gateway_away":
        return f"{problem}. Check that the gateway runs, and its address: --url or GAPLESS_URL, which is {url}"
    return f"{problem}. Check that {url} is the address of Gapless"


def show(console: Console, diagnosis: Diagnosis) -> None:
    """Print one line per finding, then the totals."""
    for each in diagnosis.findings:
        line = Text.assemble((f"{each.severity:<8}", STYLES[each.severity]), f"{each.area:<14}{each.subject}: ")
        line.append(each.words)
        if each.to_do:
            line.append(f". To do: {each.to_do}")
        console.print(line, soft_wrap=True)
    counts = {severity: sum(1 for f in diagnosis.findings if f.severity is severity) for severity in Severity}
    totals = f"{counts[Severity.OK]} ok, {counts[Severity.WARNING]} warnings, {counts[Severity.FAULT]} faults"
    console.print(totals, soft_wrap=True)
