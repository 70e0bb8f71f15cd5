"""Prints what is wrong in the library, and which changes are proposed."""

import time
from collections import defaultdict
from collections.abc import Iterable

from cli.api_client import Api, ApiProblem
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from shared.contracts.library.field_values import display_text
from shared.contracts.library.findings import FindingCounts
from shared.contracts.metadata.proposals import Proposal

LONGEST_EXAMPLE = 100
PROPOSALS_STORED_SECONDS = 1.0


def show_findings(console: Console, api: Api) -> None:
    """Check the library, and print its open findings and the open proposals by kind."""
    try:
        api.follow(api.run_task("library_check"), lambda _run: None)
        counts, proposals = api.finding_counts(), _open_proposals(api)
    except ApiProblem as problem:
        console.print(f"The library could not be checked: {problem}", highlight=False, markup=False)
        return
    found = _table_of_findings(counts)
    console.print(found if found.row_count else "Nothing is wrong in the library.")
    if not proposals:
        console.print("No change is proposed.")
        return
    console.print(_table_of_proposals(proposals))
    where = "GET /api/metadata/proposals, then POST to …/accept or …/decline"
    console.print(f"Changes that wait for your decision: {len(proposals)}. {where}", highlight=False, markup=False)


def _open_proposals(api: Api) -> list[Proposal]:
    """The open proposals, when their number does not grow any more: they are stored after the check has ended."""
    found = list(api.open_proposals())
    while True:
        time.sleep(PROPOSALS_STORED_SECONDS)
        again = list(api.open_proposals())
        if len(again) == len(found):
            return again
        found = again


def _table_of_findings(counts: FindingCounts) -> Table:
    table = Table("finding", "open", title="What is wrong in the library")
    for each in sorted(counts.kinds, key=lambda kind: (-kind.open, kind.kind)):
        if each.open:
            table.add_row(_in_words(each.kind), str(each.open))
    return table


def _table_of_proposals(proposals: Iterable[Proposal]) -> Table:
    """The number of proposals of each kind, and the surest of them as an example."""
    by_kind: dict[str, list[Proposal]] = defaultdict(list)
    for each in proposals:
        by_kind[each.kind].append(each)
    table = Table("proposal", "open", "example", "score", title="What would be changed")
    for kind, some in sorted(by_kind.items(), key=lambda one: (-len(one[1]), one[0])):
        best = max(some, key=lambda one: one.score)
        old, new = display_text(best.old), display_text(best.new)
        example = f"{best.book_title}: {best.field} from {old} to {new}"
        table.add_row(_in_words(kind), str(len(some)), escape(example[:LONGEST_EXAMPLE]), f"{best.score:.2f}")
    return table


def _in_words(kind: str) -> str:
    return kind.replace("_", " ")
