"""The table of the known indexers, in the order in which they are searched.

An indexer is one folder next to this file, which exports an `IndexerKind`, and one line in this table. Its releases
carry its name of `shared.contracts.values.Indexer`.
"""

from typing import Any

from downloader.adapters.indexers.indexer_kind import IndexerKind
from downloader.adapters.indexers.mam_search import MAM_SEARCH
from downloader.adapters.indexers.prowlarr import PROWLARR

INDEXERS: tuple[IndexerKind[Any], ...] = (
    MAM_SEARCH,
    PROWLARR,
)
