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


class UnknownBook(NotFound):
    """The library holds no book of this id."""

    code = "unknown_book"
    title = "No such book"


class InvalidMetadata(Refused):
    """A value that a field cannot have."""

    code = "invalid_metadata"
    status = 422
    title = "Invalid metadata"


class NothingToChange(Refused):
    """The book has these values already."""

    code = "nothing_to_change"
    status = 409
    title = "Nothing would change"


class ChangeUnderWay(Refused):
    """A field is being changed just now."""

    code = "change_under_way"
    status = 409
    title = "A change is under way"
