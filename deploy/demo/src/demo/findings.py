"""Prints what is wrong in the library, and which changes are proposed."""

import time
from collections import defaultdict
from collections.abc import Iterable

from cli.task_runs import run_to_end
from cli.value_text import value_text
from gapless_client import ApiProblem, Gapless, every
from gapless_client.models import FindingCounts, Proposal
from rich.console import Console
from rich.markup import escape
from rich.table import Table

LONGEST_EXAMPLE = 100
PROPOSALS_STORED_SECONDS = 1.0


def show_findings(console: Console, api: Gapless) -> None:
    """Check the library, and print its open findings and the open proposals by kind."""
    try:
        run_to_end(api, "library_check")
        counts, proposals = api.findings.count(), _open_proposals(api)
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


def _open_proposals(api: Gapless) -> list[Proposal]:
    """The open proposals, when their number does not grow any more: they are stored after the check has ended."""
    found = list(every(api.metadata.list_proposals, sort="made_at"))
    while True:
        time.sleep(PROPOSALS_STORED_SECONDS)
        again = list(every(api.metadata.list_proposals, sort="made_at"))
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
        old, new = value_text(best.old), value_text(best.new)
        example = f"{best.book_title}: {best.field} from {old} to {new}"
        table.add_row(_in_words(kind), str(len(some)), escape(example[:LONGEST_EXAMPLE]), f"{best.score:.2f}")
    return table


def _in_words(kind: str) -> str:
    return kind.replace("_", " ")
