"""Findings: problems of the library as a whole that a person has to fix."""

from enum import StrEnum

from pydantic import BaseModel, Field

from shared.contracts.values import BookId


class FindingKind(StrEnum):
    """The kinds of problems that a scan finds."""

    FILES_MISSING = "files_missing"
    BOOKS_GONE = "books_gone"
    FOLDER_SHOWN_TWICE = "folder_shown_twice"
    SEVERAL_BOOKS_IN_ONE_ITEM = "several_books_in_one_item"


class BookFound(BaseModel):
    """A book that a finding concerns, and what to do about it."""

    id: BookId
    path: str = Field(description="relative to the library folder")
    words: str


class LibraryFinding(BaseModel):
    """One problem of the library, with the books that it concerns."""

    kind: FindingKind
    count: int = Field(description="number of books that it concerns")
    words: str = Field(description="what was found")
    to_do: str = Field(description="what to do about it")
    books: list[BookFound] = Field([], description="the first of these books")
