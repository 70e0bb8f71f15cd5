"""The requests that every service answers: its description, failed messages, log records, levels and settings."""

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from shared.chassis.consumers import Consumers
from shared.chassis.errors import NotFound
from shared.chassis.failed_messages import FailedMessages
from shared.chassis.live_settings import LiveSettings
from shared.chassis.log_levels import LEVELS
from shared.chassis.logging import logger
from shared.chassis.postgres_usage import read_postgres_share
from shared.chassis.recent_logs import RECENT
from shared.chassis.schema import current_revision, newest_revision
from shared.chassis.setting_test import check_group
from shared.chassis.subscriptions import Subscriptions
from shared.contracts.logs import GetLogLevel, ListLogs, LogLevelState, LogRecord, SetLogLevel
from shared.contracts.settings import (
    CheckSettings,
    GetSettings,
    PutSettings,
    SettingsDescription,
    SettingsState,
    SettingsTest,
)
from shared.contracts.system import (
    DescribeService,
    FailedMessage,
    ListFailedMessages,
    ResendFailedMessage,
    ServiceReport,
)
from shared.contracts.translatable import translatables

if TYPE_CHECKING:
    from shared.chassis.service import Service


def answer_chassis_requests(
    service: "Service", table: Subscriptions, failed_messages: FailedMessages, consumers: Consumers
) -> None:
    """Add the requests that every service answers to its table."""
    _answer_description(service, table, failed_messages)
    _answer_failed_messages(service, table, failed_messages, consumers)
    _answer_logs(service, table)
    if service.live is not None:
        _answer_settings(service, table, service.live)


def _answer_description(service: "Service", table: Subscriptions, failed_messages: FailedMessages) -> None:
    outbox = service.database.tables.outbox
    newest = newest_revision(service.spec.migrations)

    async def describe(_request: DescribeService) -> ServiceReport:
        await service.subscribed.wait()  # after its report, a service answers every request
        async with service.database.engine.connect() as connection:
            waiting = (await connection.execute(select(func.count()).select_from(outbox))).scalar_one()
            revision = await connection.run_sync(current_revision, service.spec.tables.schema)
            database_now = (await connection.execute(select(func.clock_timestamp()))).scalar_one()
            share = await read_postgres_share(connection, service.spec.tables.schema)
        applied = service.live.applied if service.live else None
        return ServiceReport(
            service=service.spec.name,
            version=version("gapless-shared"),
            started_at=service.started_at,
            schema_revision=revision,
            newest_revision=newest,
            now=service.clock.now(),
            database_now=database_now,
            outbox_waiting=waiting,
            failed_messages=await failed_messages.count(),
            postgres=share,
            settings=applied.state if applied else SettingsState.RUNNING,
            settings_words=(words := service.settings_words()),
            translatable=translatables(settings_words=words),
            missing_settings=applied.missing if applied else [],
        )

    table.answer(DescribeService, describe)


def _answer_failed_messages(
    service: "Service", table: Subscriptions, failed_messages: FailedMessages, consumers: Consumers
) -> None:
    async def resend(request: ResendFailedMessage) -> FailedMessage:
        message = await failed_messages.get(request.id)
        if not consumers.has_consumer(message.consumer):
            raise NotFound(f"{message.consumer} is not a consumer of {service.spec.name} any more")
        consumers.resend(message.consumer, message.id.partition("/")[2], await failed_messages.body(request.id))
        return message

    async def list_failed(request: ListFailedMessages) -> Any:
        return await failed_messages.list(request)

    table.answer(ListFailedMessages, list_failed)
    table.answer(ResendFailedMessage, resend)


def _answer_logs(service: "Service", table: Subscriptions) -> None:
    async def list_logs(request: ListLogs) -> list[LogRecord]:
        return RECENT.list(service.spec.name, request.query)

    async def get_level(_request: GetLogLevel) -> LogLevelState:
        return LEVELS.state(service.spec.name)

    async def set_level(request: SetLogLevel) -> LogLevelState:
        LEVELS.choose(service.spec.name, request.level, request.seconds, service.clock.now())
        state = LEVELS.state(service.spec.name)
        until = state.until.isoformat() if state.until else None
        logger(service=service.spec.name).info("log_level_set", level=state.level.value, until=until)
        return state

    table.answer(ListLogs, list_logs)
    table.answer(GetLogLevel, get_level)
    table.answer(SetLogLevel, set_level)


def _answer_settings(service: "Service", table: Subscriptions, live: LiveSettings[Any]) -> None:
    engine, spec = service.database.engine, service.spec

    async def get(_request: GetSettings) -> SettingsDescription:
        await service.subscribed.wait()  # after "applied", a service answers every request
        return await live.describe(engine, spec)

    async def put(request: PutSettings) -> SettingsDescription:
        await live.update(engine, request.update)
        return await live.describe(engine, spec)

    async def check(request: CheckSettings) -> SettingsTest:
        return await check_group(live, service, request.test)

    table.answer(GetSettings, get)
    table.answer(PutSettings, put)
    table.answer(CheckSettings, check)
