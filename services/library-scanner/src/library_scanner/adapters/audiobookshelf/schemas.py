"""The responses of Audiobookshelf 2.36. Only the fields that are read are declared."""

from pydantic import BaseModel, ConfigDict, TypeAdapter


class _Shape(BaseModel):
    model_config = ConfigDict(extra="ignore")


class LibraryShape(_Shape):
    id: str
    name: str
    mediaType: str | None = None


class LibrariesShape(_Shape):
    libraries: list[LibraryShape]


class MinifiedMediaShape(_Shape):
    numAudioFiles: int | None = None


class MinifiedShape(_Shape):
    """A row of a list."""

    id: str
    updatedAt: int
    relPath: str
    isMissing: bool = False
    media: MinifiedMediaShape = MinifiedMediaShape()


class PageShape(_Shape):
    """A page of a list. `total` may be missing while Audiobookshelf scans, so it is not read."""

    results: list[MinifiedShape]


class NamedShape(_Shape):
    name: str


class PlaceShape(_Shape):
    name: str
    sequence: str | float | None = None


class MetadataShape(_Shape):
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
    relPath: str | None = None
    size: int | None = None
    ext: str | None = None


class TagsShape(_Shape):
    tagAlbum: str | None = None


class AudioFileShape(_Shape):
    duration: float | None = None
    metadata: FileMetadataShape = FileMetadataShape()
    metaTags: TagsShape | None = None
    exclude: bool = False


class MediaShape(_Shape):
    """Only an expanded item has `duration` and `size`; otherwise they are summed over the files."""

    metadata: MetadataShape
    tags: list[str] = []
    duration: float | None = None
    size: int | None = None
    audioFiles: list[AudioFileShape] = []


class ItemShape(_Shape):
    id: str
    libraryId: str
    relPath: str
    addedAt: int
    updatedAt: int
    isMissing: bool = False
    media: MediaShape


class BatchShape(_Shape):
    libraryItems: list[ItemShape]


class PatchedShape(_Shape):
    """`updated` is true, or absent when nothing changed."""

    libraryItem: ItemShape


class PermissionsShape(_Shape):
    update: bool = False


class UserShape(_Shape):
    username: str
    type: str = "user"
    permissions: PermissionsShape = PermissionsShape()


class ServerShape(_Shape):
    version: str | None = None


class AuthorizedShape(_Shape):
    user: UserShape
    serverSettings: ServerShape = ServerShape()


LIBRARIES = TypeAdapter(LibrariesShape)
PAGE = TypeAdapter(PageShape)
ITEM = TypeAdapter(ItemShape)
BATCH = TypeAdapter(BatchShape)
PATCHED = TypeAdapter(PatchedShape)
AUTHORIZED = TypeAdapter(AuthorizedShape)
