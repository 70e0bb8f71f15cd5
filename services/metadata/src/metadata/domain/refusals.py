"""What the metadata service refuses."""

from shared.chassis.errors import NotFound, Refused


class UnknownCorrection(NotFound):
    """No correction has this id."""

    code = "unknown_correction"
    title = "No such correction"


class NotUndoable(Refused):
    """A correction that does not stand in the library cannot be taken back."""

    code = "correction_not_undoable"
    status = 409
    title = "Correction cannot be undone"


class UnknownSort(Refused):
    """A list cannot be sorted by this field."""

    code = "unknown_sort"
    status = 422
    title = "Unknown sort"
