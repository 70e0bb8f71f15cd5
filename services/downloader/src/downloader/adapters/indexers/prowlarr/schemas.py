"""The answers of Prowlarr's API, version 1, as far as they are used."""

from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter
from shared.contracts.values import Moment


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore")


class Category(_Part):
    """A Newznab category, or one of the indexer's own, which have numbers from 100000 on."""

    id: int
    name: str | None = None
    subCategories: list["Category"] | None = None


class Row(_Part):
    """A release in the result of a search."""

    guid: str
    indexerId: int
    indexer: str = ""
    title: str
    size: int = 0
    files: int | None = None
    grabs: int | None = None
    seeders: int | None = None
    leechers: int | None = None
    publishDate: Moment | None = None
    downloadUrl: str | None = None
    magnetUrl: str | None = None
    infoUrl: str | None = None
    indexerFlags: list[str] = []
    categories: list[Category] = []
    protocol: str = "torrent"


class Setting(_Part):
    """A setting of an indexer. Other settings than its address may be secrets."""

    name: str = ""
    value: Any = None


class Capabilities(_Part):
    """What an indexer can search."""

    categories: list[Category] | None = None


class IndexerRow(_Part):
    """An indexer that is set up in Prowlarr."""

    id: int
    name: str = ""
    enable: bool = True
    protocol: str = "torrent"
    supportsSearch: bool = True
    implementation: str = ""
    indexerUrls: list[str] | None = None
    fields: list[Setting] = []
    capabilities: Capabilities | None = None


class DisabledIndexer(_Part):
    """An indexer that Prowlarr has disabled for a time because of failures."""

    indexerId: int
    disabledTill: Moment | None = None


class _Status(_Part):
    version: str


ROWS = TypeAdapter(list[Row])
INDEXERS = TypeAdapter(list[IndexerRow])
DISABLED_INDEXERS = TypeAdapter(list[DisabledIndexer])
STATUS = TypeAdapter(_Status)
