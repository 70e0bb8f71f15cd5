"""Reads the books of import lists, by their kind."""

from collections.abc import Mapping, Sequence

from shared.contracts.metadata.import_lists import MOST_FILE_BYTES, ImportListKind

from metadata.adapters.import_lists.kind import FileKind, SiteKind
from metadata.adapters.providers.request import ProviderClient
from metadata.domain.import_lists import Contents, StoredList
from metadata.domain.refusals import InvalidImportList

_ENCODINGS = ("utf-8-sig", "cp1252")


class KnownSources:
    """The kinds of the registry. `clients` are the connections of the used providers, by name."""

    def __init__(self, kinds: Sequence[FileKind | SiteKind], clients: Mapping[str, ProviderClient]) -> None:
        self._kinds = {each.name: each for each in kinds}
        self._clients = clients

    def kinds(self) -> list[ImportListKind]:
        """Every known kind."""
        return [
            ImportListKind(
                name=each.name,
                title=each.title,
                description=each.description,
                reads="file" if isinstance(each, FileKind) else "address",
                example=each.example,
            )
            for each in self._kinds.values()
        ]

    def address(self, kind: str, address: str | None) -> str | None:
        """The address in its usual form, without secrets; None for a kind that reads files.

        Raises `InvalidImportList` for an unknown kind, and for an address that is missing or belongs to another site.
        """
        known = self._kind(kind)
        if isinstance(known, FileKind):
            if address is not None:
                raise InvalidImportList(f"a list of the kind {kind} has no address: upload its file")
            return None
        if address is None:
            raise InvalidImportList(f"a list of the kind {kind} needs an address, such as {known.example}")
        return known.address(address)

    def reads_files(self, kind: str) -> bool:
        """Whether the books of this kind of list come from uploaded files. Raises `InvalidImportList`."""
        return isinstance(self._kind(kind), FileKind)

    def read_file(self, kind: str, content: bytes, shelf: str) -> Contents:
        """The books of a file. Raises `InvalidImportList` if it is not a file of this kind."""
        known = self._kind(kind)
        if not isinstance(known, FileKind):
            raise InvalidImportList(f"a list of the kind {kind} is read from its address, not from a file")
        if len(content) > MOST_FILE_BYTES:
            raise InvalidImportList(f"the file is larger than {MOST_FILE_BYTES // 2**20} MiB")
        contents = known.read(_text(content), shelf)
        if not contents.books:
            on_shelf = f" on the shelf “{shelf}”" if shelf else ""
            raise InvalidImportList(f"the file names no book{on_shelf}; nothing was changed")
        return contents

    async def fetch(self, of: StoredList) -> Contents | None:
        """The books of a list at its site, or None if the site says that it did not change.

        Raises the `RemoteError` family, and `InvalidImportList` if the provider of the site is not used.
        """
        known = self._kind(of.settings.kind)
        if not isinstance(known, SiteKind) or of.settings.address is None:
            raise InvalidImportList(f"a list of the kind {of.settings.kind} is read from a file")
        client = self._clients.get(known.provider)
        if client is None:
            name = known.provider
            raise InvalidImportList(f"the provider {name} is not used: check PROVIDERS and the settings of {name}")
        return await known.fetch(client, of.settings.address, of.validators)

    def _kind(self, name: str) -> FileKind | SiteKind:
        known = self._kinds.get(name)
        if known is None:
            raise InvalidImportList(f"there is no kind {name!r}; choose one of: {', '.join(self._kinds)}")
        return known


def _text(content: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with a mark, or Windows-1252. Raises `InvalidImportList`."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = _ENCODINGS
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if "\0" in text:
            break
        return text
    raise InvalidImportList("the file is not a text in UTF-8")
