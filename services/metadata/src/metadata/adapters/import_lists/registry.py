"""The table of the known kinds of import lists.

A kind is one folder next to this file, which exports a `FileKind` or a `SiteKind`, and one line in this table.
"""

from metadata.adapters.import_lists.goodreads_export import GOODREADS_EXPORT
from metadata.adapters.import_lists.goodreads_shelf import GOODREADS_SHELF
from metadata.adapters.import_lists.hardcover_list import HARDCOVER_LIST
from metadata.adapters.import_lists.kind import FileKind, SiteKind
from metadata.adapters.import_lists.plain_list import PLAIN_LIST
from metadata.adapters.import_lists.storygraph_export import STORYGRAPH_EXPORT

KINDS: tuple[FileKind | SiteKind, ...] = (
    GOODREADS_SHELF,
    HARDCOVER_LIST,
    GOODREADS_EXPORT,
    STORYGRAPH_EXPORT,
    PLAIN_LIST,
)
"""Every known kind, in the order in which users see them."""

USED_PROVIDERS = frozenset(each.provider for each in KINDS if isinstance(each, SiteKind))
"""The providers whose clients read lists, also if they are not used for metadata."""
