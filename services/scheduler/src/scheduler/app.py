"""The one place where the scheduler is put together."""

from pathlib import Path

from shared.chassis.service import Nameplate, Service
from shared.chassis.subscriptions import Subscriptions

from scheduler.cleanup import Cleaning
from scheduler.find_gaps_again import FindGapsAgain
from scheduler.maintenance import Accounting
from scheduler.postgres.tables import CHASSIS
from scheduler.postgres.transaction import SchedulerTransaction
from scheduler.runs import Runs
from scheduler.settings import SchedulerSettings
from scheduler.status import Standing
from scheduler.subscriptions import subscriptions
from scheduler.tasks import Tasks
from scheduler.ticking import Ticking

NAMEPLATE = Nameplate("scheduler", "scheduler", CHASSIS, Path(__file__).parent / "migrations")


def build(settings: SchedulerSettings, service: Service) -> Subscriptions:
    transaction = service.database.transactions(SchedulerTransaction)
    service.background.append(Ticking(transaction, service.clock, settings.crons(), zone=settings.time_zone).run)
    clock = service.clock
    return subscriptions(
        Tasks(transaction, clock),
        Runs(transaction, clock),
        Standing(transaction, clock),
        Cleaning(transaction, clock, service.bus, runs_keep_days=settings.runs_keep_days),
        Accounting(transaction, clock),
        FindGapsAgain(transaction, clock),
    )
