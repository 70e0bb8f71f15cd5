"""Import lists: lists of books that a person wants, kept at another site or in a file."""

from base64 import b64encode
from enum import StrEnum
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Base64Bytes, ConfigDict, Field, model_validator

from shared.contracts.message import Command, Event, Request
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.metadata.validation import EntryJudgement
from shared.contracts.model import Model
from shared.contracts.page import Limit, Offset, Page, Sort
from shared.contracts.runs import DryRun
from shared.contracts.values import BookId, Confidence, Flag, MissingBookId, Moment, Reason, RunId, Whole, Words

MOST_FILE_BYTES = 5 * 2**20
"""The largest file that is read. As base64 in a message it stays below the limit of the broker."""
_MOST_ENCODED_BYTES = -(-MOST_FILE_BYTES // 3) * 4
MOST_ENTRIES = 10_000
"""The most entries of one list."""
MOST_LISTS = 100

ImportListId = Annotated[UUID, Field(description="id of an import list")]
ListPriority = Annotated[Whole, Field(ge=0, le=100, description="of its missing books: higher is searched first")]
AutoDownload = Annotated[Flag, Field(description="download what is missing without a person's approval")]
Shelf = Annotated[
    str,
    Field(
        max_length=100,
        description="of the export of a whole library, only the books on this shelf; empty: all books",
        examples=["to-read"],
    ),
]
ListName = Annotated[Words, Field(max_length=200)]
Address = Annotated[
    Words,
    Field(
        description="where the list is, for a kind that reads an address",
        examples=["https://lists.example/@reader/lists/to-read"],
    ),
]


class RemovedEntries(StrEnum):
    """What happens to the missing book of an entry that the list no longer names."""

    KEEP = "keep"
    """It stays wanted."""
    WITHDRAW = "withdraw"
    """It is no longer wanted, if only lists wanted it and its download has not begun."""


class ImportListKind(Model):
    """A kind of import list."""

    name: str = Field(examples=["plain_list"])
    title: str = Field(examples=["Plain list"])
    description: str
    reads: Literal["address", "file"] = Field(description="where its books come from: an address, or an uploaded file")
    example: str = Field("", description="an address, or the first lines of a file")


class EntryState(StrEnum):
    """What became of an entry."""

    NEW = "new"
    """It is not matched yet: the next run continues."""
    WANTED = "wanted"
    """It is a missing book."""
    OWNED = "owned"
    DOUBTFUL = "doubtful"
    """A person decides which book it is, or whether it is owned."""
    UNMATCHED = "unmatched"
    """No provider knows such a book. It is tried again after a month."""
    LEFT_OUT = "left_out"
    """It is known, but not wanted: no audiobook, another language, a box set, not published yet and the like."""
    IGNORED = "ignored"
    """A person does not want it."""


class ImportList(Model):
    """A list of books that a person wants."""

    id: ImportListId
    name: str
    kind: str
    address: str | None = None
    shelf: str
    enabled: bool
    auto_download: bool
    priority: int
    removed_entries: RemovedEntries
    created_at: Moment
    read_at: Moment | None = Field(None, description="when it was last read completely")
    problem: str | None = Field(None, description="why it could not be read the last time")
    counts: dict[EntryState, int] = Field({}, description="its entries by state, without the removed ones")
    removed: int = Field(0, description="entries that it named before")


class NewImportList(Model):
    """A new import list."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "To read",
                    "kind": "plain_list",
                }
            ]
        }
    )

    name: ListName
    kind: Words
    address: Address | None = None
    shelf: Shelf = "to-read"
    enabled: Flag = True
    auto_download: AutoDownload = False
    priority: ListPriority = 50
    removed_entries: RemovedEntries = RemovedEntries.KEEP


class ImportListUpdate(Model):
    """Changes to an import list; fields that are left out or null do not change."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"auto_download": True, "priority": 70}]})

    name: ListName | None = None
    address: Address | None = None
    shelf: Shelf | None = None
    enabled: Flag | None = None
    auto_download: AutoDownload | None = None
    priority: ListPriority | None = None
    removed_entries: RemovedEntries | None = None


class ListImportListKinds(Request[list[ImportListKind]]):
    """List the kinds of import lists."""

    subject: ClassVar[str] = "rpc.metadata.list_import_list_kinds"


class ListImportLists(Request[list[ImportList]]):
    """List the import lists by name."""

    subject: ClassVar[str] = "rpc.metadata.list_import_lists"


class GetImportList(Request[ImportList]):
    """Get one import list."""

    subject: ClassVar[str] = "rpc.metadata.get_import_list"
    id: ImportListId


class CreateImportList(Request[ImportList]):
    """Add an import list. Refused for an unknown kind, an address of another site or a name that is taken."""

    subject: ClassVar[str] = "rpc.metadata.create_import_list"
    not_repeatable: ClassVar[bool] = True
    new: NewImportList


class UpdateImportList(Request[ImportList]):
    """Change an import list."""

    subject: ClassVar[str] = "rpc.metadata.update_import_list"
    id: ImportListId
    update: ImportListUpdate


class DeleteImportList(Request[ImportList]):
    """Delete an import list with its entries, and return it. Its missing books stay."""

    subject: ClassVar[str] = "rpc.metadata.delete_import_list"
    id: ImportListId


class FileReading(Model):
    """What was read of an uploaded file."""

    entries: int = Field(description="the books in the file, each once")
    added: int = Field(description="books that the list did not name before")
    removed: int = Field(description="books that the list named before and that the file does not name")
    unreadable: list[str] = Field([], description="the lines that could not be read, at most 50, each with the reason")


class ReadImportListFile(Request[FileReading]):
    """Replace the entries of a list with those of a file. A file that is invalid or names no book changes nothing."""

    subject: ClassVar[str] = "rpc.metadata.read_import_list_file"
    timeout_seconds: ClassVar[float] = 30.0
    id: ImportListId
    content: Base64Bytes = Field(max_length=_MOST_ENCODED_BYTES)

    @classmethod
    def of(cls, list_id: UUID, content: bytes) -> "ReadImportListFile":
        """The request for a file. Raises `ValidationError` if it is much larger than `MOST_FILE_BYTES`."""
        return cls(id=list_id, content=b64encode(content))


class ImportListEntry(Model):
    """One book of a list: as the list names it, what it was matched with, and what became of it."""

    id: UUID
    list_id: ImportListId
    title: str
    authors: list[str] = []
    isbn: str | None = None
    asin: str | None = None
    published_year: int | None = None
    state: EntryState
    words: str = Field("", description="why it has this state")
    confidence: Confidence | None = Field(None, description="how sure the match is; null: not matched")
    reasons: list[Reason] = []
    work: CataloguedWork | None = Field(None, description="the book that it was matched with")
    candidates: list[EntryJudgement] = Field([], description="the books from which a person can choose")
    book_id: BookId | None = None
    missing_book_id: MissingBookId | None = None
    decided_by: str | None = Field(None, description="the API key of the person who decided; null: nobody did")
    decided_at: Moment | None = None
    added_at: Moment
    matched_at: Moment | None = None
    removed_at: Moment | None = Field(None, description="when the list no longer named it; null: it does")


class ListImportListEntries(Request[Page[ImportListEntry]]):
    """List the entries of one import list, newest first by default."""

    subject: ClassVar[str] = "rpc.metadata.list_import_list_entries"
    list_id: ImportListId
    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "-added_at"
    state: EntryState | None = None
    removed: bool | None = Field(False, description="entries that the list no longer names; null: both")


class EntryChoice(StrEnum):
    """What a person decides about an entry."""

    CANDIDATE = "candidate"
    """It is this candidate, or the work of the entry, and it is wanted if the library does not surely own it."""
    AS_LISTED = "as_listed"
    """It is wanted as the list names it, although no provider knows it."""
    IGNORE = "ignore"
    """It is not wanted, or it is owned."""
    MATCH_AGAIN = "match_again"
    """Forget the decision and the match: the next run matches it again."""


class EntryDecision(Model):
    """A person's decision about an entry."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"choice": "candidate", "candidate": "AUDIBLE:B0XXXXXXXX"}]}
    )

    choice: EntryChoice
    candidate: Words | None = Field(None, description="the id of the candidate", examples=["AUDIBLE:B0XXXXXXXX"])

    @model_validator(mode="after")
    def _names_its_candidate(self) -> "EntryDecision":
        if (self.choice is EntryChoice.CANDIDATE) != (self.candidate is not None):
            raise ValueError("give `candidate` with the choice `candidate`, and only with it")
        return self


class DecideImportListEntry(Request[ImportListEntry]):
    """Decide about an entry. A wanted book becomes a missing book at once."""

    subject: ClassVar[str] = "rpc.metadata.decide_import_list_entry"
    timeout_seconds: ClassVar[float] = 30.0
    id: UUID
    decision: EntryDecision
    decided_by: str


class ImportLists(Command):
    """Read the import lists, match their new entries, and make missing books of what the library lacks."""

    subject: ClassVar[str] = "cmd.metadata.import_lists"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    list_ids: list[UUID] | None = Field(
        None, max_length=MOST_LISTS, description="only these lists, also disabled ones; null: every enabled list"
    )
    dry_run: DryRun = False


class ImportListNeedsPerson(Event):
    """A run found entries of a list about which a person has to decide."""

    subject: ClassVar[str] = "evt.metadata.import_list_needs_person"
    list_id: ImportListId
    list_name: str
    entries: int = Field(description="entries that became doubtful in this run")
    doubtful: int = Field(description="all doubtful entries of the list")
