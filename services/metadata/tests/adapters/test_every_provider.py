"""How every provider of the table behaves, with good and with bad answers.

A new one joins by its lines in the tables of the service and of the sandbox.
"""

import re
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

import httpx
import pytest
import stamina
from metadata.adapters.postgres.tables import AnswerRow
from metadata.adapters.providers.entry_bounds import FIRST_YEAR, LAST_YEAR, MAX_DESCRIPTION, MAX_MINUTES
from metadata.adapters.providers.provider_kind import AnyProviderKind, ConfiguredProvider
from metadata.adapters.providers.registry import PROVIDERS
from metadata.domain.catalogue import Found
from metadata.domain.confidence import judge
from metadata.domain.descriptions import of_book
from metadata.domain.ports import MetadataProvider
from metadata.settings import SETTINGS
from metadata_builders import book_of
from provider_questions import (
    QUESTIONS,
    Answering,
    Around,
    Change,
    ChangingValues,
    Recording,
    a_story,
    another_story,
    questions_to,
)
from sandbox.providers.registry import PROVIDERS as STAND_INS
from sandbox.testing import a_record, a_world
from sandbox.world import OwnedBook, ProviderRecord
from shared.chassis.database import Database
from shared.chassis.errors import (
    RemoteAnsweredNonsense,
    RemoteBlockedUs,
    RemoteError,
    RemoteRefusedUs,
    RemoteThrottled,
    RemoteUnavailable,
)
from shared.contracts.metadata.providers import Ability
from shared.testing.clocks import ManualClock
from sqlalchemy import func, select

STAND_IN = {name: each.name for each in STAND_INS for name in each.served()}
"""The stand-in of each provider."""
LISTS = {name: lists for each in STAND_INS for name, lists in each.served().items()}
EVERYTHING = {
    each.address_setting: each.address_text(
        a_world(providers={name: [a_record()] for name in each.served()}), f"https://{each.name}.test"
    )
    for each in STAND_INS
} | {name: value for each in STAND_INS for name, value in each.all_abilities.items()}
"""The settings that name every provider that has a stand-in, with everything switched on."""
CONFIGURED = SETTINGS.read(
    {"DATABASE_URL": "postgresql://test", "NATS_URL": "nats://test", "SECRET_KEY": "s" * 32} | EVERYTHING
).configured()
every_provider = pytest.mark.parametrize("kind", CONFIGURED.values(), ids=lambda kind: kind.name)
Connect = Callable[..., MetadataProvider]
Kind = ConfiguredProvider


@pytest.fixture(autouse=True)
def _without_waits() -> Iterator[None]:
    """Retries do not wait."""
    with stamina.set_testing(True, attempts=2, cap=True):
        yield


@pytest.fixture
def connect(catalogues: Callable[..., Any]) -> Connect:
    """Call it with a kind of provider and a record of its stand-in for the provider, as the service connects to it."""

    def of(kind: Kind, record: ProviderRecord, around: Callable[..., Around] = Around) -> MetadataProvider:
        world = a_world(providers={kind.name: [record]})
        made = catalogues(world, around=around, providers=f"{kind.name}:1")
        (enabled,) = made.registry.enabled
        provider: MetadataProvider = enabled.provider
        return provider

    return of


async def cached(database: Database) -> int:
    async with database.engine.connect() as connection:
        return (await connection.scalar(select(func.count()).select_from(AnswerRow))) or 0


def questions_for_works(kind: Kind) -> list[Ability]:
    return [each for each in questions_to(kind) if each not in (Ability.CHAPTERS, Ability.SIMILAR_AUTHORS)]


def translatable(found: Found) -> bool:
    return bool(found.works or found.chapters or found.author)


@pytest.mark.parametrize("kind", PROVIDERS, ids=lambda kind: kind.name)
def test_it_has_a_stand_in_and_its_settings_begin_with_its_name(kind: AnyProviderKind) -> None:
    assert kind.name in STAND_IN.values()
    assert [name for name in kind.settings.model_fields if not name.startswith(kind.name)] == []


@every_provider
async def test_it_tells_the_story_of_its_stand_in_for_each_of_its_abilities(connect: Connect, kind: Kind) -> None:
    story = a_story(LISTS[kind.name])
    provider = connect(kind, story)
    for ability in questions_for_works(kind):
        found = await QUESTIONS[ability](provider, story)
        assert story.title in [each.title for each in found.works], ability
        work = next(each for each in found.works if each.title == story.title)
        assert (work.provider, work.authors) == (kind.name.upper(), story.authors)
        assert work.id.startswith(f"{work.provider}:")
        assert work.is_audio in ((True, None) if LISTS[kind.name] == "audio" else (False,))
    if Ability.CHAPTERS in questions_to(kind):
        chapters = (await provider.chapters(story.asin or "")).chapters
        assert sum(each.length_ms for each in chapters) == (story.duration_minutes or 0) * 60_000
    if Ability.SIMILAR_AUTHORS in questions_to(kind):
        author = (await provider.similar_authors(story.authors[0])).author
        assert author is not None
        assert author.name == story.authors[0]


@every_provider
async def test_what_it_does_not_know_is_none_and_cached(connect: Connect, kind: Kind, database: Database) -> None:
    provider = connect(kind, another_story(LISTS[kind.name]))
    for count, ability in enumerate(questions_to(kind), 1):
        assert not translatable(await QUESTIONS[ability](provider, a_story(LISTS[kind.name]))), ability
        assert await cached(database) == count


@every_provider
async def test_the_same_question_is_sent_once(catalogues: Callable[..., Any], kind: Kind) -> None:
    story = a_story(LISTS[kind.name])
    made = catalogues(a_world(providers={kind.name: [story]}), providers=f"{kind.name}:1")
    for _ in range(2):
        for ability in questions_to(kind):
            await QUESTIONS[ability](made.registry.enabled[0].provider, story)
        sent = len(made.stand_ins[STAND_IN[kind.name]].outcomes.requests)
        made.stand_ins[STAND_IN[kind.name]].outcomes.requests.clear()
    assert sent == 0


PAGE = "<!doctype html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>"
CHALLENGE = "<!DOCTYPE html><html><head><script>window.gokuProps = {};</script></head><body></body></html>"
HTML = {"content-type": "text/html"}


def _raise(error: httpx.TransportError) -> httpx.Response:
    raise error


FAILURES: dict[type[RemoteError], dict[str, Callable[[], httpx.Response]]] = {
    RemoteUnavailable: {
        "503": lambda: httpx.Response(503, text="Service Unavailable"),
        "500": lambda: httpx.Response(500, text="Internal Server Error"),
        "too slow": lambda: _raise(httpx.ReadTimeout("")),
        "cut off": lambda: _raise(httpx.RemoteProtocolError("peer closed connection")),
        "not gzip": lambda: httpx.Response(200, headers={"content-encoding": "gzip"}, stream=_Bytes(b"{}")),
    },
    RemoteThrottled: {
        "429 with Retry-After": lambda: httpx.Response(429, headers={"retry-after": "30"}, text="Too many requests"),
        "429 without Retry-After": lambda: httpx.Response(429),
        "503 with Retry-After": lambda: httpx.Response(503, headers={"retry-after": "30"}),
    },
    RemoteRefusedUs: {
        "401": lambda: httpx.Response(401, json={}),
        "403": lambda: httpx.Response(403, text="Forbidden"),
    },
    RemoteBlockedUs: {
        "empty 202": lambda: httpx.Response(202),
        "sign-in": lambda: httpx.Response(302, headers={"location": "https://site.test/user/sign_in?from=%2F"}),
        "challenge": lambda: httpx.Response(403, headers={"x-amzn-waf-action": "challenge"}),
        "challenge of a proxy": lambda: httpx.Response(503, headers={"cf-mitigated": "challenge", "retry-after": "9"}),
        "page with a challenge": lambda: httpx.Response(200, headers=HTML, text=CHALLENGE),
    },
    RemoteAnsweredNonsense: {
        "HTML": lambda: httpx.Response(200, headers=HTML, text=PAGE),
        "HTML 404": lambda: httpx.Response(404, headers=HTML, text=PAGE),
        "redirect": lambda: httpx.Response(302, headers={"location": "https://site.test/authors/list"}),
        "empty 200": lambda: httpx.Response(200),
        "empty 204": lambda: httpx.Response(204),
        "null": lambda: httpx.Response(200, json=None, content=b"null"),
        "list": lambda: httpx.Response(200, json=[]),
        "text": lambda: httpx.Response(200, json="the catalogue is being moved"),
        "half a document": lambda: httpx.Response(200, content=b'{"kind": "x", "docs": [{"title": "The Marv'),
        "not JSON": lambda: httpx.Response(200, content=b"\x00\xff\xfe{"),
        "nested": lambda: httpx.Response(200, content=b"[" * 100_000),
        "too large": lambda: httpx.Response(200, content=b" " * (17 * 2**20)),
    },
}
"""What may come instead of an answer, by the error that it is."""


class _Bytes(httpx.AsyncByteStream):
    """A body that httpx has not decoded yet."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    async def __aiter__(self) -> Any:
        yield self._content


@pytest.mark.parametrize("error", FAILURES, ids=lambda error: error.code)
@every_provider
async def test_what_is_no_answer_is_an_error_and_not_cached(
    connect: Connect, kind: Kind, error: type[RemoteError], database: Database, clock: ManualClock
) -> None:
    story = a_story(LISTS[kind.name])
    connections: list[Answering] = []

    def failing(stand_in: httpx.AsyncBaseTransport) -> Around:
        connections.append(Answering(stand_in))
        return connections[-1]

    none_known: list[httpx.Response] = []
    other = connect(kind, another_story(LISTS[kind.name]), partial(Recording, none_known))
    for ability in questions_to(kind):
        await QUESTIONS[ability](other, story)
    clock.forward(days=8)
    stored = await cached(database)
    provider = connect(kind, story, failing)
    for name, answer in FAILURES[error].items():
        for ability in questions_to(kind):
            for each in connections:
                each.answer = answer
            if name == "list" and any(each.content == b"[]" for each in none_known):
                continue  # the provider's own answer if it knows nothing
            assert await _error_of(QUESTIONS[ability](provider, story)) is error, (name, ability)
            clock.forward(days=3)
    assert await cached(database) == stored
    for each in connections:
        each.answer = None
    for ability in questions_to(kind):
        assert translatable(await QUESTIONS[ability](provider, story)), ability


async def _error_of(answer: Awaitable[Found]) -> type[RemoteError] | Found:
    try:
        return await answer
    except RemoteError as error:
        return type(error)


def nothing(_key: str, _value: Any) -> None:
    return None


def other_types(_key: str, value: Any) -> Any:
    return {"of": "type"} if isinstance(value, str) else ["another"]


@pytest.mark.parametrize("change", [nothing, other_types], ids=lambda change: change.__name__)
@every_provider
async def test_a_record_without_anything_readable_is_never_cached_as_none(
    connect: Connect, kind: Kind, change: Change, database: Database, clock: ManualClock
) -> None:
    story = a_story(LISTS[kind.name])
    provider = connect(kind, story, _changing(change))
    for ability in questions_to(kind):
        answer = await _error_of(QUESTIONS[ability](provider, story))
        if isinstance(answer, Found):
            assert translatable(answer), ability
        clock.forward(minutes=20)


def _changing(change: Change) -> Callable[..., Around]:
    return type("Changing", (ChangingValues,), {"change": staticmethod(change)})


def extreme_numbers(number: Any) -> Change:
    return lambda _key, value: number if isinstance(value, int | float) and not isinstance(value, bool) else value


@pytest.mark.parametrize("number", [-1, 0, 10**15, 1e300, 10**40, 0.5])
@every_provider
async def test_a_number_that_cannot_be_right_is_left_out(connect: Connect, kind: Kind, number: Any) -> None:
    story = a_story(LISTS[kind.name])
    provider = connect(kind, story, _changing(extreme_numbers(number)))
    for ability in questions_to(kind):
        answer = await _error_of(QUESTIONS[ability](provider, story))
        for work in answer.works if isinstance(answer, Found) else []:
            assert work.duration_minutes is None or 0 < work.duration_minutes <= MAX_MINUTES
            assert work.published_year is None or FIRST_YEAR <= work.published_year <= LAST_YEAR
            assert work.popularity >= 0


DATES = [
    "1904", "1904-07", "1904-07-05", "1904-07-05T00:00:00Z", "1904-07-05T00:00:00.000+0200", "July 5, 1904",
    "Jul 1904", "5 July 1904", "05/07/1904", "c1904", "[1904?]", 1904, "soon", "", None, "0000-00-00", "0001-01-01",
    "2200-01-01", "9999-12-31", "1904-13-45", "19040705", -1, 1337040000000, 10**30, 1.5, True, "1904" * 30_000,
]  # fmt: skip


@every_provider
async def test_a_date_of_any_form_gives_its_year_or_none(connect: Connect, kind: Kind, clock: ManualClock) -> None:
    story = a_story(LISTS[kind.name])
    dates: list[Any] = []
    ability = questions_for_works(kind)[0]
    provider = connect(kind, story, _changing(lambda key, value: _with_date(dates[-1], key, value)))
    for date in DATES:
        dates.append(date)
        clock.forward(days=8)
        (work, *_) = (await QUESTIONS[ability](provider, story)).works
        assert work.published_year in (1904, None), date
        assert work.published is None or work.published.year == 1904


def _with_date(date: Any, key: str, value: Any) -> Any:
    return date if re.search("date|year", key, re.IGNORECASE) else value


HOSTILE = (
    "<p>A boy named <b>Tip</b>.</p><script>alert('stolen')</script><style>p {color: red}</style>"
    "<img src=x onerror=alert(1)><a href='javascript:alert(2)'>more</a>"
)


@every_provider
async def test_a_description_is_text_of_a_bounded_length(connect: Connect, kind: Kind, clock: ManualClock) -> None:
    for description in (HOSTILE, "word " * 20_000, "x" * 100_000, HOSTILE * 500, "<p>" * 2_000, "A\u0000B \u0007 C"):
        story = a_story(LISTS[kind.name], description=description)
        provider = connect(kind, story)
        clock.forward(days=8)
        (work, *_) = (await QUESTIONS[questions_for_works(kind)[0]](provider, story)).works
        text = work.description or ""
        assert len(text) <= MAX_DESCRIPTION + 2
        assert not re.search(r"alert|onerror|javascript|color: red|<(?:a|img|script|style)\b|[\x00-\x08]", text)


def hostile_texts(_key: str, value: Any) -> Any:
    """Long texts get longer. Short ones, such as ids and kinds, stay."""
    return f"{value} \u0000\u0007" if isinstance(value, str) and " " in value else value


@every_provider
async def test_control_characters_are_removed_from_every_text(connect: Connect, kind: Kind) -> None:
    story = a_story(LISTS[kind.name])
    provider = connect(kind, story, _changing(hostile_texts))
    for ability in questions_for_works(kind):
        (work, *_) = (await QUESTIONS[ability](provider, story)).works
        assert (work.title, work.authors) == (story.title, story.authors)
        assert not re.search("[\x00\x07]", work.model_dump_json().encode().decode("unicode_escape"))


@every_provider
async def test_the_record_of_another_book_is_neither_the_answer_nor_none(
    connect: Connect, kind: Kind, clock: ManualClock
) -> None:
    wanted, other = a_story(LISTS[kind.name]), another_story(LISTS[kind.name])
    for ability in questions_to(kind):
        answers: list[httpx.Response] = []
        await QUESTIONS[ability](connect(kind, other, partial(Recording, answers)), other)
        clock.forward(days=8)
        provider = connect(kind, wanted, partial(_Replaying, answers))
        answer = await _error_of(QUESTIONS[ability](provider, wanted))
        if isinstance(answer, Found):
            assert not any(each.same_work for each in judge(_owned(wanted), answer.works)), ability
            assert not answer.chapters
            assert ability not in (Ability.ASIN, Ability.ISBN) or answer.works, "a wrong record is not 'none'"


class _Replaying(Around):
    """Answers with recorded answers, in their order."""

    def __init__(self, answers: list[httpx.Response], stand_in: httpx.AsyncBaseTransport) -> None:
        super().__init__(stand_in)
        self._left = list(answers)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        recorded = self._left.pop(0) if len(self._left) > 1 else self._left[0]
        return httpx.Response(
            recorded.status_code, headers={"content-type": "application/json"}, content=recorded.content
        )


def _owned(record: ProviderRecord) -> Any:
    owned = OwnedBook(
        id="li_1", title=record.title, authors=record.authors, asin=record.asin, isbn=record.isbn, folder=record.title
    )
    return of_book(book_of(owned).model_copy(update={"added_at": datetime(2023, 1, 1, tzinfo=UTC)}))
