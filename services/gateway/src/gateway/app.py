"""Composes the gateway from its parts."""

import sys
from pathlib import Path

from shared.chassis.database import Transaction
from shared.chassis.service import Service, ServiceSpec
from shared.chassis.subscriptions import Subscriptions
from shared.contracts.downloads.transfers import ListTransfers

from gateway.api import create_api
from gateway.api_keys.keys import Keys
from gateway.backups.folder import BackupFolder
from gateway.backups.job import BackupJob
from gateway.backups.make_backup import MakeBackupHandler
from gateway.calendars.keys import CalendarKeys
from gateway.diagnostics.integrations import IntegrationChecks
from gateway.diagnostics.report import DiagnosticsReporter
from gateway.diagnostics.streams import Streams
from gateway.diagnostics.waiting_services import WaitingServices
from gateway.doctor.examination import Doctor
from gateway.doctor.finding_ages import FindingAges
from gateway.events.feed import EventFeed
from gateway.events.stream import EventStream
from gateway.events.transfers import TransferFeed
from gateway.middleware.api_log import ApiLog
from gateway.middleware.stack import add_middleware_stack
from gateway.notifications.history import History
from gateway.notifications.setup import build_notifications
from gateway.postgres.metrics import GAUGES, newest_backup
from gateway.postgres.retention import Retention
from gateway.postgres.tables import CHASSIS
from gateway.setting_tests import SETTING_TESTS
from gateway.settings import GatewaySettings
from gateway.sign_in.callers import Callers
from gateway.sign_in.openid.sign_in import openid_sign_in
from gateway.sign_in.password import PasswordStore
from gateway.sign_in.sessions import BrowserSessions
from gateway.sign_in.sign_in import SignInParts
from gateway.subscriptions import subscriptions
from gateway.support_bundle.masking import secrets_of
from gateway.workflow.scan_debouncer import ScanDebouncer

SPEC = ServiceSpec(
    "gateway",
    "gateway",
    CHASSIS,
    Path(__file__).parent / "migrations",
    SETTING_TESTS,
    starts_without_wrong_ones=True,
    gauges=GAUGES,
)


def build(settings: GatewaySettings, service: Service) -> Subscriptions:
    """Compose the gateway: add its app and background tasks to the service and return what it subscribes to."""
    transaction = service.database.transactions(Transaction)
    keys = Keys(transaction, settings.secret_keys())
    log = ApiLog(transaction, service.registry)

    async def first_key() -> None:
        made = await keys.first(settings.api_key.get_secret_value() if settings.api_key else None)
        if made:
            sys.stdout.write(f"API key, shown only now: {made}\n")
            sys.stdout.flush()

    service.starting.append(first_key)
    service.background += [keys.write_uses, log.write]
    service.closing += [keys.write_uses_now, log.write_now]
    service.asgi = create_api(service.bus, keys, service.check, service.metrics())
    sessions = BrowserSessions(transaction, settings.secret_keys(), service.clock, settings.openid_rule())
    service.asgi.state.sign_in = SignInParts(
        PasswordStore(transaction),
        sessions,
        keys,
        openid_sign_in(settings, settings.secret_keys(), service.clock),
        settings.base_path,
        settings.oidc_redirect_url,
    )
    service.asgi.state.callers = callers = Callers(keys, sessions)
    add_middleware_stack(service.asgi, settings, log=log, callers=callers, transaction=transaction)
    service.asgi.state.events = _feed(service)
    diagnostics = DiagnosticsReporter(service.bus, Streams(service.broker.connect), transaction)
    service.asgi.state.diagnostics = diagnostics
    service.asgi.state.waiting_services = WaitingServices(service.bus)
    service.asgi.state.scrape = service.scrapes()
    service.asgi.state.secrets = secrets_of(settings)
    service.asgi.state.backup_job = BackupJob(settings.backup_database_url)
    service.asgi.state.backup_folder = backups = BackupFolder(
        settings.backup_path, keep_count=settings.backup_keep_count, keep_days=settings.backup_keep_days
    )
    service.gauges.append(newest_backup(backups))
    make_backup = MakeBackupHandler(transaction, service.clock, backups, settings.backup_database_url)
    service.asgi.state.integrations = integrations = IntegrationChecks()
    service.asgi.state.calendar_keys = CalendarKeys(transaction, settings.secret_keys(), service.clock)
    service.asgi.state.webhook_secret = settings.abs_webhook_secret
    service.asgi.state.scan_debouncer = scan_debouncer = ScanDebouncer(service.bus, service.clock)
    service.background.append(scan_debouncer.run)
    notifications = build_notifications(settings, service)
    service.asgi.state.notification_targets = notifications.targets
    service.asgi.state.notification_history = history = History(transaction)
    ages = FindingAges(transaction, service.clock)
    service.asgi.state.doctor = Doctor(
        service.bus, diagnostics, integrations, notifications.targets, history, ages, backups
    )
    retention = Retention(transaction, settings.api_logs_keep_days, settings.notifications_keep_days)
    return subscriptions(retention, notifications, make_backup)


def _feed(service: Service) -> EventFeed:
    feed = EventFeed(EventStream(service.broker.connect))
    service.background.append(feed.run)
    service.stopping.append(feed.stop)
    service.background.append(TransferFeed(feed, lambda: service.bus.ask(ListTransfers())).run)
    return feed
