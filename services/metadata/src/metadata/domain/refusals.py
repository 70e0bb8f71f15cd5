"""The errors that the metadata service answers with."""

from shared.chassis.errors import NotFound, Refused


class UnknownCorrection(NotFound):
    """No correction has this id."""

    code = "unknown_correction"
    title = "No such correction"


class NotUndoable(Refused):
    """Only an applied correction can be undone."""

    code = "correction_not_undoable"
    status = 409
    title = "Correction cannot be undone"


class UnknownSort(Refused):
    """A list cannot be sorted by this field."""

    code = "unknown_sort"
    status = 422
    title = "Unknown sort"


class UnknownBook(NotFound):
    """The library has no book with this id."""

    code = "unknown_book"
    title = "No such book"


class InvalidMetadata(Refused):
    """A value is invalid for its field."""

    code = "invalid_metadata"
    status = 422
    title = "Invalid metadata"


class NothingToChange(Refused):
    """The book already has these values."""

    code = "nothing_to_change"
    status = 409
    title = "Nothing to change"


class ChangeInProgress(Refused):
    """A change of the field is being written."""

    code = "change_under_way"
    status = 409
    title = "A change is in progress"


class UnknownEntry(NotFound):
    """The entry is not among the candidates of the book."""

    code = "unknown_entry"
    title = "No such candidate"


class UnknownEdition(NotFound):
    """No provider knows an edition with this identifier."""

    code = "unknown_edition"
    title = "No such edition"


class UndecidedMatch(NotFound):
    """No person decided about the match of this book."""

    code = "undecided_match"
    title = "Nothing was decided"


class UnknownImportList(NotFound):
    """No import list has this id."""

    code = "unknown_import_list"
    title = "No such import list"


class UnknownListEntry(NotFound):
    """No entry of an import list has this id."""

    code = "unknown_list_entry"
    title = "No such entry"


class InvalidImportList(Refused):
    """The kind, the address or the file of an import list is invalid."""

    code = "invalid_import_list"
    status = 422
    title = "Invalid import list"


class ImportListConflict(Refused):
    """The name is taken, or there are too many lists."""

    code = "import_list_conflict"
    status = 409
    title = "Import list conflict"


class InvalidDecision(Refused):
    """The decision does not fit the entry."""

    code = "invalid_decision"
    status = 422
    title = "Invalid decision"
