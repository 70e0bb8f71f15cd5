"""Prowlarr, and the indexers behind it."""

from shared.chassis.http import Remote
from shared.translatable import translatable

from downloader.adapters.indexers.indexer_kind import ConnectedIndexer, IndexerDependencies, IndexerKind
from downloader.adapters.indexers.prowlarr.client import SYSTEM, TIMEOUT_SECONDS, Prowlarr
from downloader.adapters.indexers.prowlarr.settings import ProwlarrSettings


def connect(settings: ProwlarrSettings, dependencies: IndexerDependencies) -> ConnectedIndexer | None:
    """The client, or None if PROWLARR_URL is not set."""
    if not settings.prowlarr_url:
        return None
    remote = Remote(
        SYSTEM,
        settings.prowlarr_url,
        headers={"X-Api-Key": settings.prowlarr_api_key.get_secret_value()},
        timeout_seconds=TIMEOUT_SECONDS,
    )
    dependencies.closing.append(remote.aclose)
    prowlarr = Prowlarr(remote)
    return ConnectedIndexer(prowlarr, settings.prowlarr_url, prowlarr.version, prowlarr.health)


PROWLARR = IndexerKind(
    "prowlarr",
    ProwlarrSettings,
    connect,
    translatable("advice.prowlarr", "check that Prowlarr runs, then PROWLARR_URL and PROWLARR_API_KEY"),
    "PROWLARR_URL is not set: Prowlarr is not searched",
)
