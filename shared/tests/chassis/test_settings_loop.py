"""A service with settings that are changed over the API: it waits for them, tests, stores and applies them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from typing import Any, ClassVar

import pytest
from embedded.nats_server import NatsServer
from faststream.nats import NatsBroker
from nats.js import JetStreamContext
from pydantic import BaseModel, Field, SecretStr
from shared.chassis import live_settings
from shared.chassis.bus import Bus
from shared.chassis.database import Database
from shared.chassis.errors import OtherRefusal, RemoteUnavailable, ServiceUnavailable
from shared.chassis.live_settings import LiveSettings
from shared.chassis.sealing import SealingSettings
from shared.chassis.service import Service
from shared.chassis.setting_groups import Group
from shared.chassis.settings_loop import serve
from shared.chassis.subscriptions import Subscriptions
from shared.contracts.settings import (
    CheckSettings,
    FactState,
    GetSettings,
    PutSettings,
    SettingFact,
    SettingsDescription,
    SettingSource,
    SettingsState,
    SettingsToTest,
    SettingsUpdate,
)
from shared.contracts.system import DescribeService
from shared.testing.tiny import TINY, CountBooks, Tiny
from shared.testing.waiting import until
from sqlalchemy import text

KEY = "the-key-of-the-shelf"
COMPLETE: dict[str, Any] = {"SHELF_URL": "http://shelf", "SHELF_KEY": KEY}
AREA = "library"


class ShelfConnection(BaseModel):
    group: ClassVar = Group("shelf", "Shelf")

    shelf_url: str = Field(pattern="^https?://", description="address of the shelf", examples=["http://shelf:80"])
    shelf_key: SecretStr = Field(min_length=8, description="key of the shelf", examples=["a-long-random-text"])


class ShelfSettings(SealingSettings, ShelfConnection):
    group: ClassVar = Group("books", "Books")

    shelf_count: int = Field(3, ge=1, le=50, description="how many shelves")
    shelf_name: str = Field("Oz", description="name of the shelf; it must not be 'broken'")


def build(settings: ShelfSettings, service: Service) -> Subscriptions:
    """Answers with the number of shelves. It cannot be built with one name."""
    if settings.shelf_name == "broken":
        raise RuntimeError(f"the shelf of {settings.shelf_key.get_secret_value()} is broken")

    async def count(_request: CountBooks) -> int:
        return settings.shelf_count

    RUNNING.append(service)
    return Tiny(count=count).build(settings, service)


async def reach(settings: ShelfSettings, _service: Service) -> list[SettingFact]:
    """The test of the group `shelf`."""
    if "away" in settings.shelf_url:
        raise RemoteUnavailable("shelf", f"GET {settings.shelf_url}?key={settings.shelf_key.get_secret_value()}")
    key = settings.shelf_key.get_secret_value()
    state = FactState.PASSED if key == KEY else FactState.FAILED
    return [SettingFact(code="credentials", name="key accepted", state=state, words=f"the shelf got {key}")]


RUNNING: list[Service] = []
"""Every service that was built; the last one runs."""
SPEC = replace(TINY, setting_tests={"shelf": reach})
Start = Callable[..., AbstractAsyncContextManager[None]]


@pytest.fixture(autouse=True)
def _replicas_follow_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_settings, "CHECK_VERSION_SECONDS", 0.1)


@pytest.fixture
async def bus(nats_server: NatsServer) -> AsyncIterator[Bus]:
    async with NatsBroker(nats_server.url(), logger=None) as broker:
        yield Bus(broker)


@pytest.fixture
def start(database_url: str, nats_server: NatsServer, jetstream: JetStreamContext) -> Start:
    """Runs one replica of the service, with these values in its environment."""

    @asynccontextmanager
    async def runs(**environment: str) -> AsyncIterator[None]:
        needed = {"DATABASE_URL": database_url, "NATS_URL": nats_server.url(), "HEALTH_PORT": "0"}
        live = LiveSettings(ShelfSettings, SPEC.tables, {**needed, "SECRET_KEY": "s" * 32, **environment})
        stop, started = asyncio.Event(), asyncio.Event()
        task = asyncio.create_task(serve(live, SPEC, build, stop=stop, started=started))
        try:
            await asyncio.wait({task, waiting := asyncio.create_task(started.wait())}, return_when="FIRST_COMPLETED")
            waiting.cancel()
            yield
        finally:
            stop.set()
            await task

    return runs


async def settings_now(bus: Bus) -> SettingsDescription:
    """The settings, as soon as the service answers and has applied what is stored."""
    found: list[SettingsDescription] = []

    async def applied() -> bool:
        try:
            found[:] = [await bus.ask(GetSettings(), of=AREA)]
        except ServiceUnavailable:
            return False
        return found[0].applied_version == found[0].version

    await until(applied)
    return found[0]


async def put(bus: Bus, version: int = 0, **values: Any) -> SettingsDescription:
    await bus.ask(PutSettings(update=SettingsUpdate(version=version, values=values)), of=AREA)
    return await settings_now(bus)


async def refusal(bus: Bus, version: int = 0, **values: Any) -> tuple[str, list[str]]:
    """The code with which values are refused, and the settings that are wrong."""
    with pytest.raises(OtherRefusal) as refused:
        await bus.ask(PutSettings(update=SettingsUpdate(version=version, values=values)), of=AREA)
    problem = refused.value.problem()
    return problem.code, [fault.setting for fault in problem.faults or []]


async def test_a_service_waits_for_its_required_settings_and_starts_when_they_come(start: Start, bus: Bus) -> None:
    async with start():
        waiting = await settings_now(bus)
        assert (waiting.state, waiting.missing) == (SettingsState.NEEDS_SETTINGS, ["SHELF_URL", "SHELF_KEY"])
        report = await bus.ask(DescribeService(), of=AREA)
        assert report.settings_words == "needs settings: SHELF_URL, SHELF_KEY"
        failure = await bus.startup_failure(TINY.name)
        assert failure is not None
        assert failure.lines == [report.settings_words]
        with pytest.raises(ServiceUnavailable, match="needs settings: SHELF_URL, SHELF_KEY"):
            await bus.ask(CountBooks(shelf="Oz"))
        assert (await put(bus, SHELF_URL="http://shelf")).missing == ["SHELF_KEY"]
        assert (await put(bus, 1, SHELF_KEY=KEY)).state is SettingsState.RUNNING
        assert await bus.ask(CountBooks(shelf="Oz")) == 3

        async def cleared() -> bool:
            return await bus.startup_failure(TINY.name) is None

        await until(cleared)  # published last, when the service answers already


async def test_wrong_values_are_named_and_nothing_is_stored(start: Start, bus: Bus) -> None:
    async with start(**COMPLETE):
        wrong: dict[str, Any] = {
            "SHELF_COUNT": 0,
            "SHELF_NAME": "Ev",
            "SHELVES": 1,
            "LOG_LEVEL": "DEBUG",
            "SHELF_URL": "http://other",
        }
        assert await refusal(bus, 0, **wrong) == ("wrong_settings", ["SHELVES", "LOG_LEVEL", "SHELF_URL"])
        assert await refusal(bus, SHELF_NAME="E\0v") == ("wrong_settings", ["SHELF_NAME"])
        assert await refusal(bus, SHELF_COUNT=0, SHELF_NAME="Ev") == ("wrong_settings", ["SHELF_COUNT"])
        assert (await settings_now(bus)).version == 0


async def test_a_value_of_the_environment_takes_precedence_over_a_stored_one(start: Start, bus: Bus) -> None:
    async with start(**COMPLETE):
        await put(bus, SHELF_COUNT=7)
    async with start(**COMPLETE, SHELF_COUNT="9"):
        described = {each.name: each for each in (await settings_now(bus)).settings}
        count = described["SHELF_COUNT"]
        assert (count.value, count.source, count.stored, count.changeable) == (
            9,
            SettingSource.ENVIRONMENT,
            True,
            False,
        )
        assert "set by the environment" in count.locked_because
        assert await bus.ask(CountBooks(shelf="Oz")) == 9


async def test_null_returns_to_the_default_and_an_old_version_is_refused(start: Start, bus: Bus) -> None:
    async with start(**COMPLETE):
        await put(bus, SHELF_COUNT="7")
        assert await bus.ask(CountBooks(shelf="Oz")) == 7
        assert await refusal(bus, SHELF_COUNT=8) == ("settings_changed", [])
        assert (await put(bus, 1, SHELF_COUNT=None)).version == 2
        assert await bus.ask(CountBooks(shelf="Oz")) == 3
        assert (await put(bus, 2, SHELF_COUNT="")).version == 2, "what is the stored value already is not stored again"


async def test_secrets_are_stored_encrypted_and_never_shown(start: Start, bus: Bus, database: Database) -> None:
    async with start():
        described = await put(bus, **COMPLETE)
        key = next(each for each in described.settings if each.name == "SHELF_KEY")
        assert (key.is_set, key.value, key.source) == (True, None, SettingSource.STORED)
        assert KEY not in described.model_dump_json()
        async with database.engine.connect() as connection:
            row = (await connection.execute(text("select plain, sealed from library.stored_settings"))).one()
        assert row.plain == {"shelf_url": "http://shelf"}
        assert list(row.sealed) == ["shelf_key"]
        assert KEY not in str(row)


async def test_a_secret_sealed_with_another_secret_key_is_asked_for_again(start: Start, bus: Bus) -> None:
    async with start():
        await put(bus, **COMPLETE)
    async with start(SECRET_KEY="another" * 5):
        described = await settings_now(bus)
        assert described.state is SettingsState.WRONG_SETTINGS
        assert [(each.setting, "SECRET_KEY" in each.words) for each in described.faults] == [("SHELF_KEY", True)]
        assert (await put(bus, 1, SHELF_KEY=KEY)).state is SettingsState.RUNNING


async def test_settings_with_which_a_service_cannot_be_built_can_be_changed_again(start: Start, bus: Bus) -> None:
    async with start(**COMPLETE):
        broken = await put(bus, SHELF_NAME="broken")
        assert broken.state is SettingsState.WRONG_SETTINGS
        assert broken.faults[0].words.endswith("RuntimeError: the shelf of *** is broken")
        with pytest.raises(ServiceUnavailable, match="is broken"):
            await bus.ask(CountBooks(shelf="Oz"))
        assert (await put(bus, 1, SHELF_NAME=None)).state is SettingsState.RUNNING
        assert await bus.ask(CountBooks(shelf="Oz")) == 3


async def test_every_replica_applies_what_one_of_them_stored(start: Start, bus: Bus) -> None:
    async with start(**COMPLETE), start(**COMPLETE):
        await put(bus, SHELF_COUNT=7)

        async def each_answers_with_the_new_value() -> bool:
            try:
                answers = {await bus.ask(CountBooks(shelf="Oz")) for _ in range(20)}
            except ServiceUnavailable:
                return False
            return answers == {7}

        await until(each_answers_with_the_new_value)


async def test_a_service_whose_connection_was_closed_for_good_starts_again(start: Start, bus: Bus) -> None:
    async with start(**COMPLETE):
        before = RUNNING[-1]
        await (await before.broker.connect()).close()
        await until(lambda: RUNNING[-1] is not before)

        async def answers() -> bool:
            try:
                return await bus.ask(CountBooks(shelf="Oz")) == 3
            except ServiceUnavailable:
                return False

        await until(answers)


async def test_unsaved_values_are_tested_with_the_stored_secret_and_nothing_is_stored(start: Start, bus: Bus) -> None:
    async with start(SHELF_KEY=KEY):
        given = SettingsToTest(group="shelf", values={"SHELF_URL": "http://shelf"})
        tested = await bus.ask(CheckSettings(test=given), of=AREA)
        assert (tested.passed, tested.facts[0].words) == (True, "the shelf got ***")
        assert (await settings_now(bus)).missing == ["SHELF_URL"]

        away = SettingsToTest(group="shelf", values={"SHELF_URL": "http://away"})
        (fact,) = (await bus.ask(CheckSettings(test=away), of=AREA)).facts
        assert (fact.state, fact.words) == (FactState.FAILED, "shelf: GET http://away?key=***")

        (fact,) = (await bus.ask(CheckSettings(test=SettingsToTest(group="shelf")), of=AREA)).facts
        assert (fact.code, fact.words) == ("valid:SHELF_URL", "missing")

        with pytest.raises(OtherRefusal, match="has no test of 'books'"):
            await bus.ask(CheckSettings(test=SettingsToTest(group="books")), of=AREA)
