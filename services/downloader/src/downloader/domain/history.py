"""What is stored about the past of a download: its history, and its failures."""

from dataclasses import dataclass, field

from shared.contracts.downloads.downloads import ErrorType


@dataclass(frozen=True, slots=True)
class Attempt:
    """One failure, as the permanent table counts it. `release_id` is empty if no release was involved."""

    task: str
    error_type: ErrorType
    reason: str
    release_id: str = ""


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """One entry of a download's history. `kind` is one word."""

    kind: str
    words: str
    details: dict[str, object] = field(default_factory=dict)
