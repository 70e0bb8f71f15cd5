"""What is wrong with the library as a whole, for a person to put right."""

from enum import StrEnum

from pydantic import BaseModel, Field

from shared.contracts.values import BookId


class FindingKind(StrEnum):
    FILES_MISSING = "files_missing"
    BOOKS_GONE = "books_gone"
    FOLDER_SHOWN_TWICE = "folder_shown_twice"
    SEVERAL_BOOKS_IN_ONE_ITEM = "several_books_in_one_item"


class BookFound(BaseModel):
    """A book of a finding, and what is to be done about it alone."""

    id: BookId
    path: str = Field(description="below the library folder")
    words: str


class LibraryFinding(BaseModel):
    """One thing that is wrong, however many books it concerns."""

    kind: FindingKind
    count: int = Field(description="books that it concerns")
    words: str = Field(description="what was found")
    to_do: str = Field(description="what to do about it")
    books: list[BookFound] = Field([], description="the first of them")
