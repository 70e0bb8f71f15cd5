"""Settings of the downloader."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, Field, field_validator, model_validator
from shared.chassis.sealing import SealingSettings
from shared.chassis.setting_groups import Group, Listed, OneOf
from shared.contracts.values import MissingReason
from shared.translatable import translatable

from downloader.adapters.clients.client_kind import ClientKind
from downloader.adapters.clients.registry import CLIENTS
from downloader.adapters.indexers.indexer_kind import IndexerKind
from downloader.adapters.indexers.registry import INDEXERS
from downloader.domain import path_template, sidecars
from downloader.domain.limits import GIB, Limits
from downloader.domain.path_mapping import PathMapping, parse_mappings
from downloader.domain.seeding_end import AfterSeeding, SeedingEnd
from downloader.domain.watched_folders import Watch


class FolderSettings(BaseModel):
    """The folders of the downloads and of the library."""

    group: ClassVar = Group("folders", "Folders")

    download_path: Path = Field(description="folder in which our torrents are saved", examples=["/data/downloads"])
    path_mappings: Annotated[str, Listed(";")] = Field(
        "",
        description="other folders to which torrents may be moved, as the download client and as Gapless see them:"
        " its path=our path, separated by semicolons; the longest matching path applies",
        examples=["/mnt/seeds=/data/seeds;/mnt/seeds/old=/archive"],
    )
    library_path: Path = Field(
        description="folder of the Audiobookshelf library, preferably on the file system of DOWNLOAD_PATH",
        examples=["/data/audiobooks"],
    )
    import_folders: Annotated[str, Listed(",")] = Field(
        "",
        description="folders from which a person may import files, separated by commas; empty: no imports by hand",
        examples=["/data/incoming"],
    )
    replaced_path: Path | None = Field(
        None,
        description="folder outside of LIBRARY_PATH, on its file system, to which replaced books are moved; empty: no"
        " book is replaced, whatever the quality profiles say",
        examples=["/data/replaced"],
    )

    @property
    def import_paths(self) -> tuple[Path, ...]:
        """The folders in `import_folders`."""
        return tuple(Path(part.strip()) for part in self.import_folders.split(",") if part.strip())

    def mapped_paths(self) -> tuple[PathMapping, ...]:
        """The other folders of the download client that we see."""
        return parse_mappings(self.path_mappings, "PATH_MAPPINGS")

    @field_validator("path_mappings")
    @classmethod
    def _check_mappings(cls, value: str) -> str:
        parse_mappings(value, "PATH_MAPPINGS")
        return value

    @field_validator("import_folders")
    @classmethod
    def _check_absolute(cls, value: str) -> str:
        relative = [part.strip() for part in value.split(",") if part.strip() and not part.strip().startswith("/")]
        if relative:
            words, part = f"{relative[0]!r} is not an absolute path", relative[0]
            raise ValueError(translatable("setting.not_absolute", words, part=part))
        return value


class ImportSettings(BaseModel):
    """How finished downloads and given files are imported."""

    group: ClassVar = Group("imports", "Imports")

    import_watch: Watch = Field(
        Watch.OFF,
        description="what happens with new books in IMPORT_FOLDERS: off, ask (they are proposed in the list of waiting"
        " imports) or import (they are imported if exactly one missing book fits for sure, and proposed otherwise)",
    )
    import_watch_minutes: float = Field(
        15.0,
        ge=1,
        le=10_000,
        description="minutes without a change after which a new book in IMPORT_FOLDERS is complete",
    )
    import_sidecars: Annotated[str, Listed(",")] = Field(
        "",
        description="files that are placed beside an imported book: metadata.json, metadata.opf, cover; empty: none",
        examples=["metadata.json, metadata.opf, cover"],
    )
    import_merge: bool = Field(
        False, description="merge the files of an imported book into one m4b with chapters: true or false"
    )
    import_tags: bool = Field(
        False,
        description="write title, authors, narrators, series, year, ASIN and cover into copies of the imported files,"
        " which need space of their own: true or false; merged books are always tagged",
    )
    path_template: str = Field(
        path_template.DEFAULT,
        description="folder of an imported book in the library; text in <> is left out if a field in it has no value",
        examples=["{Author}/<{Series}/><{Sequence:00} - >{Title}< ({Year})>< {{{Narrator}}}>"],
    )
    verify_decode: Literal["sampled", "full"] = Field(
        "sampled", description="how much of the finished audio is decoded: sampled (start, end and quarters) or full"
    )
    verify_duration_percent: float = Field(
        5.0,
        gt=0,
        le=100,
        description="how much the playing time of finished audio may differ from a known edition, in percent",
    )

    @property
    def sidecars(self) -> tuple[str, ...]:
        """The names in `import_sidecars`."""
        return tuple(dict.fromkeys(part.strip() for part in self.import_sidecars.split(",") if part.strip()))

    @field_validator("import_sidecars")
    @classmethod
    def _check_sidecars(cls, value: str) -> str:
        unknown = [part.strip() for part in value.split(",") if part.strip() and part.strip() not in sidecars.NAMES]
        if unknown:
            known = sorted(sidecars.NAMES)
            words = f"{unknown[0]!r} is unknown; known: {', '.join(known)}"
            raise ValueError(translatable("setting.unknown_part", words, part=unknown[0], known=known))
        return value

    @field_validator("path_template")
    @classmethod
    def _check_template(cls, value: str) -> str:
        path_template.PathTemplate(value)
        return value


class GrabSettings(BaseModel):
    """What is grabbed automatically, and which releases are good enough."""

    group: ClassVar = Group("grabs", "Automatic downloads")

    series_auto_download: bool = Field(False, description="grab gaps of series without approval: true or false")
    author_auto_download: bool = Field(False, description="grab gaps of authors without approval: true or false")
    top10_auto_download: bool = Field(False, description="grab books of top lists without approval: true or false")
    top10_min_seeders: int = Field(50, ge=0, description="minimum number of seeders for a book of a top list")
    min_bitrate_kbps: float = Field(
        16.0, ge=0, description="minimum bitrate of a release (size per playing time), kbit/s"
    )
    max_bitrate_kbps: float = Field(
        512.0, gt=0, description="maximum bitrate of a release (size per playing time), kbit/s"
    )
    min_free_disk_gib: float = Field(5.0, ge=0, description="GiB that a download must leave free at DOWNLOAD_PATH")
    pack_min_books: int = Field(
        2, ge=0, description="wanted books that a release with several books must contain to be grabbed; 0: never"
    )
    pack_min_wanted_share: float = Field(
        0.5, ge=0, le=1, description="share of the bytes of such a release that must belong to wanted books, 0 to 1"
    )
    download_stalled_hours: float = Field(
        24.0,
        gt=0,
        description="hours without progress or seeds after which a download fails; may be a fraction",
    )

    def limits(self) -> Limits:
        """The limits for the rules."""
        automatic = {
            MissingReason.SERIES_GAP: self.series_auto_download,
            MissingReason.AUTHOR_GAP: self.author_auto_download,
            MissingReason.TOP10: self.top10_auto_download,
            MissingReason.LIST: True,  # each import list says for itself whether its books are downloaded
        }
        return Limits(
            min_bitrate_kbps=self.min_bitrate_kbps,
            max_bitrate_kbps=self.max_bitrate_kbps,
            min_free_disk_bytes=int(self.min_free_disk_gib * GIB),
            top10_min_seeders=self.top10_min_seeders,
            pack_min_books=self.pack_min_books,
            pack_min_wanted_share=self.pack_min_wanted_share,
            auto_download=frozenset(reason for reason, on in automatic.items() if on),
        )


class SeedingSettings(BaseModel):
    """What happens with torrents that have seeded long enough."""

    group: ClassVar = Group("seeding", "Seeding")

    seeding_then: AfterSeeding = Field(
        AfterSeeding.KEEP,
        description="what happens with the torrent of an imported book that has seeded long enough: keep, remove (with"
        " its files in DOWNLOAD_PATH) or category (move it to SEEDING_THEN_CATEGORY)",
    )
    seeding_then_category: str = Field(
        "", max_length=100, description="the category for torrents that have seeded long enough"
    )
    seeding_then_days: float = Field(
        30.0,
        ge=3,
        description="days that a torrent seeds before SEEDING_THEN; the tracker requires 3",
    )
    seeding_then_ratio: float = Field(
        0.0, ge=0, description="ratio that a torrent must also have reached before SEEDING_THEN"
    )

    def seeding_end(self) -> SeedingEnd:
        """The rule for torrents whose seeding duty is met."""
        return SeedingEnd(
            self.seeding_then,
            category=self.seeding_then_category,
            after=timedelta(days=self.seeding_then_days),
            ratio=self.seeding_then_ratio,
        )

    @model_validator(mode="after")
    def _require_the_category(self) -> Self:
        if self.seeding_then is AfterSeeding.CATEGORY and not self.seeding_then_category.strip():
            words = "SEEDING_THEN is category: set SEEDING_THEN_CATEGORY to the name of the category"
            raise ValueError(translatable("setting.no_category", words))
        return self


class DownloaderSettings(SealingSettings, SeedingSettings, GrabSettings, ImportSettings, FolderSettings):
    """The folders, and what is grabbed automatically. `SETTINGS` also has the settings of each client and indexer."""

    group: ClassVar = Group("downloads", "Downloads")
    clients: ClassVar[Sequence[ClientKind[Any]]] = ()
    indexers: ClassVar[Sequence[IndexerKind[Any]]] = ()
    """The known download clients and indexers."""

    download_client: str = ""
    download_retention_days: int = Field(90, ge=1, description="days to keep imported and cancelled downloads")

    @classmethod
    def not_needed(cls, values: Mapping[str, Any]) -> set[str]:
        """The required settings of the clients that are not chosen."""
        chosen = values.get("download_client") or cls.clients[0].name
        return {name for each in cls.clients if each.name != chosen for name in each.required_settings()}

    @classmethod
    def in_use(cls, group: str) -> dict[str, Any]:
        """The settings of a client are used if it is the chosen one."""
        names = [each.name for each in cls.clients if each.settings.group.name == group]
        return {"download_client": names[0]} if names else {}

    @model_validator(mode="before")
    @classmethod
    def _require_only_the_chosen_client(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Fill the required settings of the other clients with their examples, which are not used."""
        return {name: (cls.model_fields[name].examples or [""])[0] for name in cls.not_needed(values)} | values

    @field_validator("download_client")
    @classmethod
    def _check_client(cls, value: str) -> str:
        if value not in {each.name for each in cls.clients}:
            words, known = f"the download client {value!r} is unknown", [each.name for each in cls.clients]
            raise ValueError(translatable("setting.unknown_part", words, part=value, known=known))
        return value

    def client_kind(self) -> ClientKind[Any]:
        """The chosen download client."""
        return next(each for each in self.clients if each.name == self.download_client)

    @classmethod
    def with_adapters(cls, clients: Sequence[ClientKind[Any]], indexers: Sequence[IndexerKind[Any]]) -> type[Self]:
        """These settings with those of each download client and indexer, which are then the known ones."""
        known = ", ".join(each.name for each in clients)
        download_client = Field(
            clients[0].name, description=f"the download client; known: {known}", examples=[clients[0].name]
        )
        parts = [*(each.settings for each in clients), *(each.settings for each in indexers)]
        names = OneOf(tuple(each.name for each in clients))
        combined = cls.with_parts(parts, download_client=(Annotated[str, names], download_client))
        combined.clients, combined.indexers = tuple(clients), tuple(indexers)
        return combined


SETTINGS = DownloaderSettings.with_adapters(CLIENTS, INDEXERS)
"""The settings of the service."""
