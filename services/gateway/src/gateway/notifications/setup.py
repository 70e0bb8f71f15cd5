"""Composes the notifications and the health monitor from the settings."""

from dataclasses import dataclass
from datetime import timedelta

from shared.chassis.database import Transaction
from shared.chassis.service import Service

from gateway.health_monitor.account import AccountMonitor
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
    """The handlers of events, and the targets that the routes show."""

    handlers: NotificationHandlers
    account: AccountMonitor
    targets: list[Target]


def build_notifications(settings: GatewaySettings, service: Service) -> Notifications:
    """Add the notifier and the health probes to the service. Without a target, only the probes do anything."""
    transaction, clock = service.database.transactions(Transaction), service.clock
    urls = settings.notify_urls.get_secret_value() if settings.notify_urls else ""
    found = targets(urls, settings.secret_keys())
    templates = Templates(settings.notify_templates, settings.tz)
    ledger = Ledger(transaction, found, templates, timedelta(minutes=settings.notify_group_minutes))
    notifier = Notifier(
        ledger,
        found,
        clock,
        quiet=quiet_hours(settings.notify_quiet_hours, settings.tz),
        urgent=kinds_in(settings.notify_urgent),
    )
    monitor = HealthMonitor(transaction, ledger, clock)
    down_after = timedelta(seconds=settings.service_down_seconds)
    probes = Probes(service.bus, monitor, service.check, down_after=down_after)
    service.starting.append(notifier.begin)
    service.background += [notifier.run, probes.run]
    service.closing.append(notifier.finish)
    return Notifications(
        NotificationHandlers(transaction, ledger, clock), AccountMonitor(transaction, ledger, clock), found
    )
