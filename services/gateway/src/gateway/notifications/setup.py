"""Notifications and the watch over services, put together from the settings."""

from dataclasses import dataclass
from datetime import timedelta

from shared.chassis.database import Transaction
from shared.chassis.service import Service

from gateway.health_monitor.account import AccountMonitor, AccountRules
from gateway.health_monitor.monitor import HealthMonitor
from gateway.health_monitor.probes import Probes
from gateway.notifications.event_handlers import NotificationHandlers
from gateway.notifications.ledger import Ledger
from gateway.notifications.notifier import Notifier
from gateway.notifications.quiet_hours import quiet_hours
from gateway.notifications.targets import Target, kinds_in, targets
from gateway.notifications.templates import Templates
from gateway.settings import GatewaySettings


@dataclass(frozen=True)
class Notifications:
    """What hears events, and what the routes show."""

    hearing: NotificationHandlers
    account: AccountMonitor
    targets: list[Target]


def build_notifications(settings: GatewaySettings, service: Service) -> Notifications:
    """Everything that runs beside the REST API for notifications; without an address only the watch does."""
    transaction, clock = service.database.transactions(Transaction), service.clock
    urls = settings.notify_urls.get_secret_value() if settings.notify_urls else ""
    found = targets(urls, settings.secret_key.get_secret_value())
    templates = Templates(settings.notify_templates, settings.tz)
    ledger = Ledger(transaction, found, templates, timedelta(minutes=settings.notify_group_minutes))
    notifier = Notifier(
        ledger,
        found,
        clock,
        quiet=quiet_hours(settings.notify_quiet_hours, settings.tz),
        urgent=kinds_in(settings.notify_urgent),
    )
    watch = HealthMonitor(transaction, ledger, clock)
    down_after = timedelta(seconds=settings.service_down_seconds)
    looking = Probes(service.bus, watch, service.check, down_after=down_after)
    service.starting.append(notifier.begin)
    service.background += [notifier.run, looking.run]
    service.closing.append(notifier.finish)
    rules = AccountRules(settings.mam_min_ratio, settings.mam_unsatisfied_reserve)
    return Notifications(
        NotificationHandlers(transaction, ledger, clock), AccountMonitor(transaction, ledger, clock, rules), found
    )
