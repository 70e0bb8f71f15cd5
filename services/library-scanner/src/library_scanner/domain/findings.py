"""What is wrong with the library as a whole, in words for a person."""


def files_are_missing(books: int, of_books: int, days: int) -> str:
    """Audiobookshelf shows books whose files it does not find."""
    return (
        f"{books} of {of_books} books have no files at present. They count as owned for {days} days: is a disk away? "
        "If they are gone for good, remove the items with issues in Audiobookshelf"
    )
