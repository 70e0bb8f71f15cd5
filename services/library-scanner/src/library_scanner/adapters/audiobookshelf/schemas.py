"""The responses of Audiobookshelf 2.36. Only the fields that are read are declared."""

from pydantic import BaseModel, ConfigDict, TypeAdapter


class _Shape(BaseModel):
    model_config = ConfigDict(extra="ignore")


class FolderShape(_Shape):
    """A folder of a library."""

    fullPath: str


class LibraryShape(_Shape):
    """A library of a list."""

    id: str
    name: str
    mediaType: str | None = None
    folders: list[FolderShape] = []


class LibrariesShape(_Shape):
    """The libraries that the API key can see."""

    libraries: list[LibraryShape]


class MinifiedMediaShape(_Shape):
    """The media of a row of a list."""

    numAudioFiles: int | None = None


class MinifiedShape(_Shape):
    """A row of a list."""

    id: str
    updatedAt: int
    relPath: str
    isMissing: bool = False
    media: MinifiedMediaShape = MinifiedMediaShape()


class ExistsShape(_Shape):
    """Whether a path exists."""

    exists: bool


class PageShape(_Shape):
    """A page of a list. `total` may be missing while Audiobookshelf scans, so it is not read."""

    results: list[MinifiedShape]


class NamedShape(_Shape):
    """An author of a book."""

    name: str


class PlaceShape(_Shape):
    """The position of a book in a series."""

    name: str
    sequence: str | float | None = None


class MetadataShape(_Shape):
    """The metadata of an item."""

    title: str | None = None
    subtitle: str | None = None
    authors: list[NamedShape] = []
    narrators: list[str] = []
    series: list[PlaceShape] = []
    genres: list[str] = []
    publishedYear: str | int | None = None
    publisher: str | None = None
    description: str | None = None
    isbn: str | None = None
    asin: str | None = None
    language: str | None = None
    abridged: bool | None = None


class FileMetadataShape(_Shape):
    """The path, size in bytes and extension of a file."""

    relPath: str | None = None
    size: int | None = None
    ext: str | None = None


class TagsShape(_Shape):
    """The audio tags of a file."""

    tagAlbum: str | None = None


class AudioFileShape(_Shape):
    """An audio file, with its duration in seconds. Excluded files are not played."""

    duration: float | None = None
    metadata: FileMetadataShape = FileMetadataShape()
    metaTags: TagsShape | None = None
    exclude: bool = False


class ChapterShape(_Shape):
    """A chapter, in seconds from the beginning."""

    title: str = ""
    start: float = 0.0
    end: float = 0.0


class MediaShape(_Shape):
    """Only an expanded item has `duration` and `size`; otherwise they are summed over the files."""

    metadata: MetadataShape
    tags: list[str] = []
    coverPath: str | None = None
    chapters: list[ChapterShape | None] = []
    duration: float | None = None
    size: int | None = None
    audioFiles: list[AudioFileShape] = []


class ItemShape(_Shape):
    """An item with its details. Times are in milliseconds since 1970."""

    id: str
    libraryId: str
    relPath: str
    addedAt: int
    updatedAt: int
    isMissing: bool = False
    media: MediaShape


class BatchShape(_Shape):
    """The details of several items. Unknown ids are left out."""

    libraryItems: list[ItemShape]


class PatchedShape(_Shape):
    """`updated` is true, or absent when nothing changed."""

    libraryItem: ItemShape


class UpdatedShape(_Shape):
    """The response to an update of several items. `updates` counts those that changed."""

    success: bool


class PermissionsShape(_Shape):
    """The permissions of a user."""

    update: bool = False


class UserShape(_Shape):
    """The user of the API key."""

    username: str
    type: str = "user"
    permissions: PermissionsShape = PermissionsShape()


class ServerShape(_Shape):
    """The settings of the server."""

    version: str | None = None


class AuthorizedShape(_Shape):
    """The response to an authorization request."""

    user: UserShape
    serverSettings: ServerShape = ServerShape()


LIBRARIES = TypeAdapter(LibrariesShape)
PAGE = TypeAdapter(PageShape)
ITEM = TypeAdapter(ItemShape)
BATCH = TypeAdapter(BatchShape)
PATCHED = TypeAdapter(PatchedShape)
UPDATED = TypeAdapter(UpdatedShape)
AUTHORIZED = TypeAdapter(AuthorizedShape)
EXISTS = TypeAdapter(ExistsShape)
