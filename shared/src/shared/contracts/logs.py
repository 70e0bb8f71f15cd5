"""The latest log records of the services."""

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field, StringConstraints

from shared.contracts.areas import SERVICES
from shared.contracts.message import EveryService
from shared.contracts.model import Model
from shared.contracts.values import Moment, Whole

MAX_RECORDS = 200
"""Records in one answer."""
MAX_LEVEL_SECONDS = 7 * 24 * 3600
ServiceName = Annotated[str, StringConstraints(max_length=40)]
Wanted = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]


class LogLevel(StrEnum):
    """How serious a record is, from the least to the most."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """The place of the level: 0 is the least serious."""
        return list(LogLevel).index(self)


class LogRecord(Model):
    """One record of a log, without secrets. Long values are cut."""

    at: Moment
    service: str
    level: LogLevel
    event: str = Field(description="what happened", examples=["release_grabbed"])
    fields: dict[str, str] = Field({}, description="the values that belong to it")


class LogQuery(Model):
    """Which records are listed."""

    service: list[ServiceName] = Field([], max_length=len(SERVICES), description="only these services; empty: all")
    level: LogLevel = Field(LogLevel.INFO, description="the least serious level")
    request_id: Wanted | None = Field(None, description="only records of this request")
    book: Wanted | None = Field(None, description="only records about a book: a part of its title, or its id")
    text: Wanted | None = Field(None, description="only records that contain this text, in upper or lower case")
    before: Moment | None = Field(None, description="only older records: `at` of the last record of a page")
    limit: int = Field(100, ge=1, le=MAX_RECORDS)


class ListLogs(EveryService[list[LogRecord]]):
    """List the latest records of one service that match, newest first.

    A service keeps a limited number of records in memory. They end with its process.
    """

    subject: ClassVar[str] = "rpc.*.list_logs"
    query: LogQuery = LogQuery()


class LogLevelState(Model):
    """The least serious level that a service logs."""

    service: str
    level: LogLevel = Field(description="what it logs now")
    configured: LogLevel = Field(description="what it logs after a restart: LOG_LEVEL")
    chosen: bool = Field(description="`level` was set over the API")
    until: Moment | None = Field(None, description="when `configured` holds again; null: at the next restart")


class GetLogLevel(EveryService[LogLevelState]):
    """Get the level of one service."""

    subject: ClassVar[str] = "rpc.*.get_log_level"


class SetLogLevel(EveryService[LogLevelState]):
    """Set the level of one service, in all its replicas, until they restart or for some seconds."""

    subject: ClassVar[str] = "rpc.*.set_log_level"
    every_replica: ClassVar[bool] = True
    level: LogLevel | None = Field(description="null: the level of the settings")
    seconds: int | None = Field(None, ge=1, le=MAX_LEVEL_SECONDS)


class ChangeLogLevels(Model):
    """The level to set for one service or for all."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"service": "downloader", "level": "debug", "minutes": 30}]}
    )

    service: ServiceName | None = Field(None, description="null: all services")
    level: LogLevel | None = Field(description="the least serious level that is logged; null: LOG_LEVEL again")
    minutes: Whole | None = Field(
        None, ge=1, le=MAX_LEVEL_SECONDS // 60, description="for how long; null: until the service restarts"
    )


class LogLevels(Model):
    """The levels of the services."""

    items: list[LogLevelState]
    unavailable: list[str] = Field([], description="services that do not answer, whose level is unknown")


class LogPage(Model):
    """The latest records of the services together, newest first."""

    items: list[LogRecord]
    unavailable: list[str] = Field([], description="services that do not answer, whose records are missing")
