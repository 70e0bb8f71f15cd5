"""Composes the scheduler from its parts."""

from pathlib import Path

from shared.chassis.service import Service, ServiceSpec
from shared.chassis.subscriptions import Subscriptions

from scheduler.handlers.clean_up import CleanUpHandlers
from scheduler.handlers.metadata_written import MetadataWrittenHandler
from scheduler.handlers.runs import RunHandlers
from scheduler.handlers.status import StatusHandlers
from scheduler.handlers.tasks import TaskHandlers
from scheduler.handlers.tell_statistics import TellStatisticsHandler
from scheduler.handlers.tell_timeline import TellTimelineHandler
from scheduler.postgres.metrics import GAUGES
from scheduler.postgres.tables import CHASSIS
from scheduler.postgres.transaction import SchedulerTransaction
from scheduler.settings import SchedulerSettings
from scheduler.subscriptions import Handlers, subscriptions
from scheduler.ticker import Ticker

SPEC = ServiceSpec("scheduler", "scheduler", CHASSIS, Path(__file__).parent / "migrations", gauges=GAUGES)


def build(settings: SchedulerSettings, service: Service) -> Subscriptions:
    """Compose the scheduler: add its background tasks to the service and return what it subscribes to."""
    transaction = service.database.transactions(SchedulerTransaction)
    service.background.append(Ticker(transaction, service.clock, settings.crons(), zone=settings.time_zone).run)
    clock = service.clock
    handlers = Handlers(
        tasks=TaskHandlers(transaction, clock),
        runs=RunHandlers(transaction, clock),
        status=StatusHandlers(transaction, clock),
        clean_up=CleanUpHandlers(transaction, clock, service.bus, runs_keep_days=settings.runs_keep_days),
        tell_statistics=TellStatisticsHandler(transaction, clock),
        tell_timeline=TellTimelineHandler(transaction),
        metadata_written=MetadataWrittenHandler(transaction, clock),
    )
    return subscriptions(handlers)
