"""Builds a world from works: library, provider records and offers are derived from them."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sandbox.consistency import checked
from sandbox.providers.registry import CATALOGUES, PROVIDERS
from sandbox.world import (
    Account,
    AudioFile,
    Edition,
    Offer,
    OwnedBook,
    ProviderRecord,
    SeriesPlace,
    Truth,
    Work,
    WorkKind,
    World,
)
from sandbox.worldmaking import facts
from sandbox.worldmaking.bibliography import Entry

BYTES_PER_MINUTE = 60 * 8000
"""64 kbit/s, usual for spoken word."""


_LIST_PRINT = {each.name for each in PROVIDERS if each.lists == "print" and not each.catalogues}


class Fit(StrEnum):
    """Whether an offer is right for its work."""

    RIGHT = "right"
    WRONG = "wrong"
    HIDDEN_FAULT = "hidden fault"


@dataclass(frozen=True, slots=True)
class WorkRecord:
    """A provider's record of a work, or of one edition of it. `wrong` are the names of the fields that are wrong."""

    record: ProviderRecord
    work: str
    edition: Edition | None
    wrong: frozenset[str] = frozenset()


@dataclass
class WorldMaker:
    """Collects the parts of a world, and the work behind each part, which the world file does not contain."""

    works: dict[str, Work] = field(default_factory=dict)
    books: list[OwnedBook] = field(default_factory=list)
    records: dict[str, list[WorkRecord]] = field(default_factory=lambda: {name: [] for name in CATALOGUES})
    """The records of works, by provider."""
    noise: dict[str, list[ProviderRecord]] = field(default_factory=lambda: {name: [] for name in CATALOGUES})
    """The records that are not about a work of this world, by provider."""
    offers: list[Offer] = field(default_factory=list)
    owned_as: dict[str, tuple[str, Edition]] = field(default_factory=dict)
    offered_as: dict[str, tuple[str, Fit]] = field(default_factory=dict)
    also_fills: dict[str, list[str]] = field(default_factory=dict)
    """Further missing works that an offer with several books fills, by the key of the offer."""
    contained: dict[str, list[str]] = field(default_factory=dict)
    """Further works in the item of an owned book, by the id of the book."""
    optional: set[str] = field(default_factory=set)
    uncorrectable: set[str] = field(default_factory=set)
    """Ids of books of which no correction is right, because the providers only have records of other editions."""
    account: Account = field(default_factory=Account)

    def work(self, entry: Entry, *, editions: int = 1, audio: bool = True, **changes: Any) -> Work:
        """Add a work with a number of English audio editions, or with only a printed one."""
        work_id = changes.pop("id", facts.slug(entry.title))
        series = [SeriesPlace(name=entry.series, sequence=entry.sequence)] if entry.series else []
        work = Work(
            id=work_id,
            title=entry.title,
            authors=[entry.author],
            kind=entry.kind,
            series=series,
            published=date(entry.year, 1 + facts.stable("month", work_id) % 12, 1),
            editions=[_audio_edition(work_id, n) for n in range(editions)] if audio else [_print_edition(work_id)],
        )
        self.works[work_id] = work.model_copy(update=changes)
        return self.works[work_id]

    def add_audible_record(self, work: Work, *, wrong: tuple[str, ...] = (), edition: int = 0, **changes: Any) -> None:
        """Add Audible's record of one audio edition. `changes` replace fields; `wrong` are those that become wrong."""
        audio = work.editions[edition]
        record = ProviderRecord(
            id=audio.asin or audio.id,
            title=work.title,
            subtitle=work.subtitle,
            authors=work.authors,
            narrators=audio.narrators,
            series=work.series,
            asin=audio.asin,
            publisher=audio.publisher,
            published=audio.published,
            language=audio.language,
            duration_minutes=audio.duration_minutes,
            abridged=audio.abridged,
            dramatized=audio.dramatized,
            popularity=_popularity(work),
        )
        self.records["audible"].append(WorkRecord(record.model_copy(update=changes), work.id, audio, frozenset(wrong)))

    def add_hardcover_record(self, work: Work, *, wrong: tuple[str, ...] = (), **changes: Any) -> None:
        """Add Hardcover's record of the work."""
        record = ProviderRecord(
            id=self._next_number("hardcover"),
            title=work.title,
            authors=work.authors,
            series=work.series,
            isbn=facts.isbn(work.id),
            publisher=facts.pick(facts.PRINT_PUBLISHERS, work.id),
            published=work.published,
            language=work.language,
            format=work.editions[0].format if work.editions else "print",
            compilation=work.kind is WorkKind.OMNIBUS,
            popularity=_popularity(work),
        )
        self.records["hardcover"].append(WorkRecord(record.model_copy(update=changes), work.id, None, frozenset(wrong)))

    def add_records(self, work: Work) -> None:
        """Add a correct record of every audio edition at Audible, and of the work at Hardcover."""
        for number, edition in enumerate(work.editions):
            if edition.format == "audio":
                self.add_audible_record(work, edition=number)
        self.add_hardcover_record(work)

    def add_noise(self, provider: str, title: str, author: str, **changes: Any) -> None:
        """Add a record that is not about a work of this world: a study guide, a box set, a book with the same title."""
        record_id = facts.asin(title, author) if provider == "audible" else self._next_number(provider)
        record = ProviderRecord(id=record_id, title=title, authors=[author], popularity=20)
        if provider == "audible":
            record = record.model_copy(update={"asin": record_id, "duration_minutes": 240})
        self.noise[provider].append(record.model_copy(update=changes))

    def own_uncorrectable(self, work: Work, **changes: Any) -> OwnedBook:
        """Add an edition to the library of which no provider has a record, so that no correction is right."""
        book = self.own(work, **changes)
        self.uncorrectable.add(book.id)
        return book

    def own_containing(self, work: Work, others: list[Work], **changes: Any) -> OwnedBook:
        """Add an item to the library that shows one work and contains others, so that no correction is right."""
        book = self.own_uncorrectable(work, **changes)
        self.contained[book.id] = [other.id for other in others]
        return book

    def own(self, work: Work, *, edition: int = 0, without: tuple[str, ...] = (), **changes: Any) -> OwnedBook:
        """Add an edition to the library, with complete metadata except the fields in `without` and `changes`."""
        owned = work.editions[edition]
        full: dict[str, Any] = {
            "id": f"li_{len(self.books) + 1:04d}",
            "title": work.title,
            "authors": work.authors,
            "narrators": owned.narrators,
            "series": work.series,
            "folder": facts.shelf(work),
            "asin": owned.asin,
            "isbn": facts.isbn(work.id),
            "publisher": owned.publisher,
            "published_year": str(owned.published.year) if owned.published else None,
            "language": "English",
            "duration_minutes": owned.duration_minutes or 600,
            "added": date(2023, 1, 1).replace(month=1 + len(self.books) % 12),
        }
        book = OwnedBook.model_validate({**{k: v for k, v in full.items() if k not in without}, **changes})
        self.books.append(book)
        self.owned_as[book.id] = (work.id, owned)
        return book

    def offer(self, work: Work, *, fit: Fit = Fit.RIGHT, edition: int = 0, **changes: Any) -> Offer:
        """Offer an edition: a good single m4b at MyAnonamouse, except for `changes`."""
        audio = work.editions[edition]
        length = changes.pop("minutes", audio.duration_minutes or 300)
        indexer = changes.get("indexer", "mam")
        filetype = changes.get("filetype", "m4b")
        full: dict[str, Any] = {
            "id": str(900_001 + len(self.offers)),
            "indexer": indexer,
            "title": work.title if indexer == "mam" else listing(work, filetype),
            "authors": work.authors,
            "narrators": audio.narrators,
            "series": work.series,
            "filetype": filetype,
            "size_bytes": length * BYTES_PER_MINUTE,
            "seeders": 6 + facts.stable("seeders", work.id, len(self.offers)) % 40,
            "category": 41,
            "abridged": audio.abridged,
            **audio_files(work.title, filetype, length),
        }
        offer = Offer(**{**full, **changes})
        self.offers.append(offer)
        self.offered_as[offer.key] = (work.id, fit)
        return offer

    def all_records(self) -> list[WorkRecord]:
        """The records of works at all providers."""
        return [record for records in self.records.values() for record in records]

    def _catalogue(self, name: str, *, in_print: bool) -> list[ProviderRecord]:
        """The records of a provider."""
        printed = self._in_print() if in_print and name in _LIST_PRINT else []
        return [each.record for each in self.records[name]] + printed + self.noise[name]

    def _in_print(self) -> list[ProviderRecord]:
        """The printed edition of each work that Hardcover lists rightly. What is wrong there is left out."""
        found: list[ProviderRecord] = []
        for each in self.records["hardcover"]:
            if not each.wrong & {"title", "authors", "isbn", "language"}:
                series = [] if each.wrong else each.record.series
                changes = {"format": "print", "asin": None, "narrators": [], "duration_minutes": None, "series": series}
                found.append(each.record.model_copy(update=changes))
        return found

    def _next_number(self, provider: str) -> str:
        """The id of the next record at a provider that numbers its records."""
        return str(100_000 + len(self.records[provider]) + len(self.noise[provider]))

    def world(
        self, name: str, description: str, settings: dict[str, str], truth: Truth, *, in_print: bool = True
    ) -> World:
        """The world. With `in_print`, the providers that list printed books have the works of Hardcover.

        Raises `ValueError`, with one line for each inconsistency, if its parts do not fit together."""
        parts = {
            "name": name,
            "description": description,
            "settings": settings,
            "works": list(self.works.values()),
            "library": self.books,
            "providers": {name: found for name in self.records if (found := self._catalogue(name, in_print=in_print))},
            "offers": self.offers,
            "account": self.account,
            "truth": truth,
        }
        return checked(World.model_validate(parts))


def listing(work: Work, filetype: str, language: str = "ENG") -> str:
    """The title of a release at an indexer whose listings have no other fields."""
    return f"{work.title} by {', '.join(work.authors)} [{language} / {filetype.upper()}]"


def audio_files(title: str, filetype: str, minutes: int) -> dict[str, Any]:
    """The files and the folder of a release: one m4b, or an mp3 for each hour and a cover."""
    name = title.replace(":", " -").replace("?", "").replace("/", "-")
    if filetype != "mp3":
        return {"files": [AudioFile(name=f"{name}.{filetype}", duration_minutes=minutes)]}
    hours, rest = divmod(minutes, 60)
    lengths = [60] * hours + ([rest] if rest else [])
    parts = [AudioFile(name=f"{n:02d} - {name}.mp3", duration_minutes=each) for n, each in enumerate(lengths, 1)]
    return {"files": [*parts, AudioFile(name="cover.jpg")], "folder": f"{name} [MP3]"}


def _audio_edition(work_id: str, number: int) -> Edition:
    first = facts.stable("narrator", work_id)
    return Edition(
        id=f"{work_id}-audio-{number + 1}",
        narrators=[facts.NARRATORS[(first + number) % len(facts.NARRATORS)]],
        duration_minutes=facts.minutes(work_id, number),
        asin=facts.asin(work_id, number),
        publisher=facts.pick(facts.AUDIO_PUBLISHERS, work_id, number),
        published=date(2008 + facts.stable("year", work_id, number) % 15, 1 + facts.stable("m", work_id) % 12, 15),
    )


def _print_edition(work_id: str) -> Edition:
    return Edition(id=f"{work_id}-print", format="print", isbn=facts.isbn(work_id))


def _popularity(work: Work) -> int:
    return 100 + facts.stable("popularity", work.id) % 900
