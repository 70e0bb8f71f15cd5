"""Builds one timeline from all services. Each round requests entries for the ids that the last one found."""

import asyncio
from dataclasses import dataclass, field
from uuid import UUID

from pydantic import BaseModel, Field
from shared.chassis.bus import Bus
from shared.chassis.errors import NotFound, Refused, RemoteError, ServiceUnavailable
from shared.contracts.areas import SERVICES, Area
from shared.contracts.system import TellTimeline, Timeline, TimelineEntry
from shared.translatable import translatable

AREAS: tuple[Area, ...] = ("library", "mam", "downloads", "metadata", "scheduler")
ROUNDS = 3
"""One round with the given id, and two more with the ids that it led to."""
MAX_IDS = 50
"""The number of ids of one kind that a request may contain."""


class UnavailableService(BaseModel):
    """A service that did not answer, and why."""

    service: str = Field(examples=["downloader"])
    why: str


class TimelineReport(BaseModel):
    """Past entries, the oldest first, then planned ones. `silent` names the services whose part is missing."""

    entries: list[TimelineEntry]
    silent: list[UnavailableService] = Field(
        description="services that did not answer: their part of the story is missing"
    )


@dataclass(frozen=True)
class Subjects:
    """The ids that the timeline is about."""

    missing_books: frozenset[UUID] = field(default_factory=frozenset)
    downloads: frozenset[UUID] = field(default_factory=frozenset)
    books: frozenset[UUID] = field(default_factory=frozenset)

    def extended_by(self, timelines: list[Timeline]) -> "Subjects":
        """Return these ids and those in the timelines, at most `MAX_IDS` of a kind. Known ids come first."""
        return Subjects(
            _with(self.missing_books, [id for each in timelines for id in each.missing_book_ids]),
            _with(self.downloads, [id for each in timelines for id in each.download_ids]),
            _with(self.books, [id for each in timelines for id in each.book_ids]),
        )

    def request(self) -> TellTimeline:
        """Return the request for the timeline of these ids."""
        return TellTimeline(
            missing_book_ids=sorted(self.missing_books),
            download_ids=sorted(self.downloads),
            book_ids=sorted(self.books),
        )


async def build_timeline(bus: Bus, requested: Subjects) -> TimelineReport:
    """Return the timeline. Raises `NotFound` when no service knows the id.

    Raises `ServiceUnavailable` when no service that answers knows the id and some are unavailable: it may exist.
    """
    answers: dict[str, Timeline | UnavailableService] = {}
    subjects = requested
    for _ in range(ROUNDS):
        available = [area for area in AREAS if not isinstance(answers.get(area), UnavailableService)]
        request = subjects.request()
        replies = await asyncio.gather(*(_request_timeline(bus, area, request) for area in available))
        answers |= dict(zip(available, replies, strict=True))
        known = subjects.extended_by([each for each in replies if isinstance(each, Timeline)])
        if known == subjects:
            break
        subjects = known
    silent = [each for each in answers.values() if isinstance(each, UnavailableService)]
    parts = [each for each in answers.values() if isinstance(each, Timeline)]
    # A reply that only repeats the id is no answer.
    if subjects == requested and not any(part.entries for part in parts):
        _raise_unknown(silent)
    return TimelineReport(entries=_in_order([entry for part in parts for entry in part.entries]), silent=silent)


def _raise_unknown(silent: list[UnavailableService]) -> None:
    if silent:
        names = ", ".join(each.service for each in silent)
        raise ServiceUnavailable(silent[0].service, f"no service that answers knows this id; no answer from {names}")
    raise NotFound(translatable("refused.unknown_id", "no service knows this id"))


def _in_order(entries: list[TimelineEntry]) -> list[TimelineEntry]:
    return sorted(entries, key=lambda entry: (entry.to_come, entry.at))


def _with(known: frozenset[UUID], found: list[UUID]) -> frozenset[UUID]:
    fresh = [each for each in dict.fromkeys(found) if each not in known]
    return known | frozenset(fresh[: max(0, MAX_IDS - len(known))])


async def _request_timeline(bus: Bus, area: Area, request: TellTimeline) -> Timeline | UnavailableService:
    try:
        return await bus.ask(request, of=area)
    except NotFound:
        return Timeline()
    except (Refused, RemoteError) as error:
        return UnavailableService(service=SERVICES[area], why=str(error))
