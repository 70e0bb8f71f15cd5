"""The six services, each with its settings class and its build function."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import downloader.app
import downloader.settings
import gateway.app
import gateway.settings
import library_scanner.app
import library_scanner.settings
import mam_search.app
import mam_search.settings
import metadata.app
import metadata.settings
import scheduler.app
import scheduler.settings
from shared.chassis.permissions import SETUP, Permissions, permissions
from shared.chassis.service import Service, ServiceSpec
from shared.chassis.settings import ServiceSettings
from shared.chassis.subscriptions import Subscriptions


@dataclass(frozen=True)
class Part:
    """One service: its spec, its settings class and the function that builds it."""

    spec: ServiceSpec
    settings: type[ServiceSettings]
    build: Callable[[Any, Service], Subscriptions]

    @property
    def name(self) -> str:
        """The name of the service, which is also its NATS user."""
        return self.spec.name

    @property
    def role(self) -> str:
        """Its role in Postgres, which has the name of its package."""
        return self.name.replace("-", "_")

    def table(self) -> Subscriptions:
        """The messages that it sends and handles, found without running it."""
        settings = self.settings.example()
        return self.build(settings, Service.of(self.spec, settings))


PARTS = (
    Part(library_scanner.app.SPEC, library_scanner.settings.LibraryScannerSettings, library_scanner.app.build),
    Part(mam_search.app.SPEC, mam_search.settings.MamSearchSettings, mam_search.app.build),
    Part(downloader.app.SPEC, downloader.settings.SETTINGS, downloader.app.build),
    Part(metadata.app.SPEC, metadata.settings.SETTINGS, metadata.app.build),
    Part(scheduler.app.SPEC, scheduler.settings.SETTINGS, scheduler.app.build),
    Part(gateway.app.SPEC, gateway.settings.GatewaySettings, gateway.app.build),
)


def permissions_by_user() -> dict[str, Permissions]:
    """The permissions of each NATS user: one for each service, and `setup`, which creates the streams."""
    return {"setup": SETUP, **{part.name: permissions(part.table()) for part in PARTS}}
