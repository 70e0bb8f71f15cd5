"""What a download waits for."""

from shared.contracts.downloads.downloads import WaitsFor

NEEDS_PERSON = frozenset({WaitsFor.APPROVAL, WaitsFor.DECISION})
"""The kinds of waiting that only a person ends."""


def kind_of_waiting(words: str) -> WaitsFor:
    """The kind of thing that a download waits for, from the text that `waits_for` stored."""
    if words.startswith("approval"):
        return WaitsFor.APPROVAL
    if words.startswith("a decision"):
        return WaitsFor.DECISION
    return WaitsFor.DISK if "free disk: " in words or "library folder: " in words else WaitsFor.ACCOUNT
