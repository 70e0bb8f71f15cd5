"""MyAnonamouse, through the service that has its session and checks it."""

from downloader.adapters.indexers.indexer_kind import ConnectedIndexer, IndexerKind, NoSettings

MAM_SEARCH = IndexerKind("myanonamouse", NoSettings, lambda _, dependencies: ConnectedIndexer(dependencies.mam))
