"""Prints what is wrong in the library, and how many changes are proposed."""

from cli.api_client import Api, ApiProblem
from rich.console import Console
from rich.table import Table


def show_findings(console: Console, api: Api) -> None:
    """Check the library, and print its open findings by kind and the number of open proposals."""
    try:
        api.follow(api.run_task("library_check"), lambda _run: None)
        counts = api.finding_counts()
        proposals = api.count_open_proposals()
    except ApiProblem as problem:
        console.print(f"The library could not be checked: {problem}", highlight=False, markup=False)
        return
    table = Table("finding", "open", title="What is wrong in the library")
    for each in counts.kinds:
        if each.open:
            table.add_row(each.kind.replace("_", " "), str(each.open))
    if table.row_count:
        console.print(table)
    console.print(f"{proposals} changes are proposed and wait for your decision.", highlight=False, markup=False)
