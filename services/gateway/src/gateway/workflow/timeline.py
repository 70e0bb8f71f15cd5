"""One story out of what every service knows: each is asked with the ids known so far, and leads to further ids."""

import asyncio
from dataclasses import dataclass, field
from uuid import UUID

from pydantic import BaseModel, Field
from shared.chassis.bus import Bus
from shared.chassis.errors import NotFound, Refused, RemoteError, ServiceUnavailable
from shared.contracts.areas import SERVICES, Area
from shared.contracts.system import TellTimeline, Timeline, TimelineEntry

ASKED: tuple[Area, ...] = ("library", "mam", "downloads", "metadata", "scheduler")
ROUNDS = 3
"""The first with the id given, two more with the ids that it led to."""
IDS_AT_MOST = 50
"""As many of a kind as one request may name."""


class UnavailableService(BaseModel):
    """A service that did not tell its part, and why."""

    service: str = Field(examples=["downloader"])
    why: str


class TimelineReport(BaseModel):
    """What happened, oldest first, then what is still to come; `silent` names the services whose part is missing."""

    entries: list[TimelineEntry]
    silent: list[UnavailableService] = Field(
        description="services that did not answer: their part of the story is missing"
    )


@dataclass(frozen=True)
class Subjects:
    """What the story is about, so far."""

    missing_books: frozenset[UUID] = field(default_factory=frozenset)
    downloads: frozenset[UUID] = field(default_factory=frozenset)
    books: frozenset[UUID] = field(default_factory=frozenset)

    def and_those_of(self, told: list[Timeline]) -> "Subjects":
        """With the ids that these lead to, `IDS_AT_MOST` of a kind; those known before stay."""
        return Subjects(
            _with(self.missing_books, [id for each in told for id in each.missing_book_ids]),
            _with(self.downloads, [id for each in told for id in each.download_ids]),
            _with(self.books, [id for each in told for id in each.book_ids]),
        )

    def request(self) -> TellTimeline:
        return TellTimeline(
            missing_book_ids=sorted(self.missing_books),
            download_ids=sorted(self.downloads),
            book_ids=sorted(self.books),
        )


async def tell(bus: Bus, given: Subjects) -> TimelineReport:
    """The whole timeline, from all services.

    Raises `NotFound` when every service answers and none knows the subject, and `ServiceUnavailable` when none knows it
    and some did not answer: it may still exist.
    """
    answers: dict[str, Timeline | UnavailableService] = {}
    subjects = given
    for _ in range(ROUNDS):
        talking = [area for area in ASKED if not isinstance(answers.get(area), UnavailableService)]
        request = subjects.request()
        told = await asyncio.gather(*(_ask(bus, area, request) for area in talking))
        answers |= dict(zip(talking, told, strict=True))
        known = subjects.and_those_of([each for each in told if isinstance(each, Timeline)])
        if known == subjects:
            break
        subjects = known
    silent = [each for each in answers.values() if isinstance(each, UnavailableService)]
    parts = [each for each in answers.values() if isinstance(each, Timeline)]
    if subjects == given and not any(part.entries for part in parts):  # an id that is said back tells nothing
        _unknown(silent)
    return TimelineReport(entries=_in_order([entry for part in parts for entry in part.entries]), silent=silent)


def _unknown(silent: list[UnavailableService]) -> None:
    if silent:
        names = ", ".join(each.service for each in silent)
        raise ServiceUnavailable(silent[0].service, f"nobody who answers knows it, but these are silent: {names}")
    raise NotFound("no service knows this id")


def _in_order(entries: list[TimelineEntry]) -> list[TimelineEntry]:
    return sorted(entries, key=lambda entry: (entry.to_come, entry.at))


def _with(known: frozenset[UUID], found: list[UUID]) -> frozenset[UUID]:
    fresh = [each for each in dict.fromkeys(found) if each not in known]
    return known | frozenset(fresh[: max(0, IDS_AT_MOST - len(known))])


async def _ask(bus: Bus, area: Area, request: TellTimeline) -> Timeline | UnavailableService:
    try:
        return await bus.ask(request, of=area)
    except NotFound:
        return Timeline()
    except (Refused, RemoteError) as error:
        return UnavailableService(service=SERVICES[area], why=str(error))
