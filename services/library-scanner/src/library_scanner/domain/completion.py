"""How complete a series or an author is."""

from dataclasses import dataclass

from shared.contracts.library.series import CompletionStatus


@dataclass(frozen=True, slots=True)
class Completion:
    """`total` and `percent` are None until the first comparison with a bibliography."""

    total: int | None
    percent: float | None
    status: CompletionStatus


def completion(works_owned: int, missing: int, *, checked: bool) -> Completion:
    """Return COMPLETE if nothing is missing, PARTIAL from 50 %, INCOMPLETE below, UNKNOWN before the first check."""
    if not checked or works_owned + missing == 0:
        return Completion(None, None, CompletionStatus.UNKNOWN)
    total = works_owned + missing
    percent = round(100 * works_owned / total, 1)
    if missing == 0:
        return Completion(total, percent, CompletionStatus.COMPLETE)
    status = CompletionStatus.PARTIAL if percent >= 50 else CompletionStatus.INCOMPLETE
    return Completion(total, percent, status)
