"""The settings of a running service: they are described, tested and stored over the API, and applied without a restart.

`serve` in `settings_loop.py` starts the service again whenever `changed` is set.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.chassis.errors import Refused
from shared.chassis.logging import logger
from shared.chassis.sealing import SealingSettings
from shared.chassis.setting_descriptions import (
    LOCKED_BY_ENVIRONMENT,
    describe_settings,
    groups_of,
    secret_fields,
)
from shared.chassis.setting_groups import group_of
from shared.chassis.settings import ServiceSettings, SettingsProblem, lines_of
from shared.chassis.settings_store import SettingsStore, StoredSettings
from shared.chassis.tables import ChassisTables
from shared.contracts.problem import Problem, SettingFault
from shared.contracts.settings import SettingsDescription, SettingsState, SettingsUpdate
from shared.translatable import translatable

if TYPE_CHECKING:
    from shared.chassis.service import ServiceSpec

SettingsT = TypeVar("SettingsT", bound=ServiceSettings)

CHECK_VERSION_SECONDS = 10.0
"""How often a service looks for values that another replica has stored."""
UNREADABLE = translatable("setting.other_key", "the stored value was encrypted with another SECRET_KEY")
ENTER_AGAIN = translatable(
    "setting.enter_again", "Enter it again, or set SECRET_KEY_PREVIOUS to the former SECRET_KEY."
)
_UNKNOWN = translatable("setting.unknown", "the service has no setting of this name")
_ZERO_BYTE = translatable("setting.zero_byte", "it contains a zero byte, which Postgres cannot store")


class DoesNotStart(Exception):
    """The service could not be built with its settings. The message is the reason."""


class WrongSettings(Refused):
    """Values that cannot be stored. Each fault names its setting."""

    code = "wrong_settings"
    status = 422
    title = "Wrong settings"

    def __init__(self, faults: list[SettingFault]) -> None:
        super().__init__(lines_of(faults))
        self._faults = faults

    def problem(self, service: str | None = None) -> Problem:
        """The answer, with each fault by its setting."""
        return super().problem(service).model_copy(update={"faults": self._faults})


@dataclass(frozen=True, slots=True)
class Reading(Generic[SettingsT]):
    """What was read: the settings, or None if the service cannot run with them, and why."""

    version: int
    settings: SettingsT | None = field(repr=False)
    faults: list[SettingFault] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def state(self) -> SettingsState:
        """The state of a service that has read this."""
        if not self.faults:
            return SettingsState.RUNNING
        only_missing = all(each.setting in self.missing for each in self.faults)
        return SettingsState.NEEDS_SETTINGS if only_missing else SettingsState.WRONG_SETTINGS

    @property
    def words(self) -> str:
        """The state in words; empty while the service runs as it should."""
        if self.state is SettingsState.NEEDS_SETTINGS:
            words = f"needs settings: {', '.join(self.missing)}"
            return translatable("setting.needed", words, settings=self.missing)
        return lines_of(self.faults)


class LiveSettings(Generic[SettingsT]):
    """The settings of one service in this process. Values of the environment take precedence over stored ones."""

    def __init__(
        self,
        kind: type[SettingsT],
        tables: ChassisTables,
        overrides: Mapping[str, str] | None = None,
        *,
        starts_without_wrong_ones: bool = False,
    ) -> None:
        """`overrides` takes precedence over the environment. `starts_without_wrong_ones`: see `ServiceSpec`.

        Raises `SettingsProblem` if a setting that only the environment can set is missing or malformed.
        """
        self.kind = kind
        self.environment_only: SettingsT = kind.read_environment_only(overrides)
        self.environment = kind.in_environment(overrides)
        keys = self.environment_only.secret_keys() if isinstance(self.environment_only, SealingSettings) else None
        self.store = SettingsStore(tables, keys)
        self.changed = asyncio.Event()
        """Set when the stored values are not those that are applied."""
        self.applied: Reading[SettingsT] = Reading(0, None)
        """What the running service was started with."""
        self._starts_without_wrong_ones = starts_without_wrong_ones

    async def read(self, engine: AsyncEngine) -> Reading[SettingsT]:
        """Read the stored values and check them together with those of the environment."""
        self.changed.clear()
        stored = await self.store.load(engine)
        reading = self._checked(stored)
        if reading.faults and self._starts_without_wrong_ones:
            return self._without_wrong_ones(stored, reading)
        return reading

    async def watch(self, engine: AsyncEngine) -> None:
        """Set `changed` when another replica has stored values. Runs until cancelled."""
        while True:
            await asyncio.sleep(CHECK_VERSION_SECONDS)
            with suppress(SQLAlchemyError, OSError):  # Postgres is unavailable: look again later
                if await self.store.version(engine) != self.applied.version:
                    self.changed.set()

    async def describe(self, engine: AsyncEngine, spec: "ServiceSpec") -> SettingsDescription:
        """The settings with their present values."""
        stored = await self.store.load(engine)
        return SettingsDescription(
            service=spec.name,
            version=stored.version,
            applied_version=self.applied.version,
            state=self.applied.state,
            missing=self.applied.missing,
            faults=self.applied.faults,
            groups=groups_of(self.kind, list(spec.setting_tests)),
            settings=describe_settings(self.kind, environment=self.environment, stored=stored.values),
        )

    async def update(self, engine: AsyncEngine, update: SettingsUpdate) -> None:
        """Check new values together with the present ones, store them, and set `changed`.

        Nothing happens if they are the stored ones. Raises `WrongSettings` with every fault, and `SettingsChanged`.
        """
        stored = await self.store.load(engine)
        changes = self.accepted(update.values)
        values = {name: value for name, value in {**stored.values, **changes}.items() if value is not None}
        faults = [each for each in self.faults_of(values) if each.setting.lower() not in self.environment]
        faults += [_unreadable(name) for name in stored.unreadable if name not in changes]
        if faults:
            raise WrongSettings(faults)
        same = values == dict(stored.values) and not stored.unreadable
        if same and update.version == stored.version:
            return
        version = await self.store.save(engine, update.version, changes, secret_fields(self.kind))
        logger().info("settings_stored", names=sorted(name.upper() for name in changes), version=version)
        self.changed.set()

    def accepted(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Given values by field name; None: no value. Raises `WrongSettings` for names that cannot be changed."""
        changes, faults = {}, []
        for upper, value in given.items():
            name = upper.lower()
            if name not in self.kind.model_fields or upper != upper.upper():
                faults.append(SettingFault.of(upper, _UNKNOWN))
            elif locked := group_of(self.kind, name).locked:
                faults.append(SettingFault.of(upper, locked))
            elif name in self.environment:
                faults.append(SettingFault.of(upper, LOCKED_BY_ENVIRONMENT))
            elif "\0" in str(value):
                faults.append(SettingFault.of(upper, _ZERO_BYTE))
            stripped = value.strip() if isinstance(value, str) else value
            changes[name] = None if stripped == "" else stripped
        if faults:
            raise WrongSettings(faults)
        return changes

    def faults_of(self, values: Mapping[str, Any]) -> list[SettingFault]:
        """What is wrong with these values and those of the environment. A value that is missing is no fault."""
        try:
            self.checked(values)
        except SettingsProblem as problem:
            # Fill what is missing, because rules about several settings are checked only if all have a value.
            example = self.kind.example()
            filled = {name.lower(): getattr(example, name.lower()) for name in problem.missing}
            try:
                self.checked({**filled, **values})
            except SettingsProblem as left:
                return left.faults
        return []

    def checked(self, values: Mapping[str, Any]) -> SettingsT:
        """The settings with these values and those of the environment. Raises `SettingsProblem`."""
        return self.kind.checked({**values, **self.environment})

    def could_not_build(self, reason: str) -> None:
        """Record that the service cannot be built with the applied settings, which are then none.

        The service that starts without wrong ones gets the settings without any stored value. Raises `DoesNotStart` if
        it could not be built with those either.
        """
        words = f"the service does not start with these settings: {reason}"
        fault = SettingFault.of("", translatable("setting.no_start", words, why=reason))
        settings = None
        if self._starts_without_wrong_ones:
            settings = self.checked({})
            if settings == self.applied.settings:
                raise DoesNotStart(reason)
        self.applied = Reading(self.applied.version, settings, [fault])

    def _checked(self, stored: StoredSettings) -> Reading[SettingsT]:
        unreadable = [_unreadable(name) for name in stored.unreadable if name not in self.environment]
        try:
            settings = self.checked(stored.values)
        except SettingsProblem as problem:
            known = {each.setting for each in unreadable}
            faults = [*unreadable, *(each for each in problem.faults if each.setting not in known)]
            return Reading(stored.version, None, faults, [name for name in problem.missing if name not in known])
        return Reading(stored.version, None if unreadable else settings, unreadable)

    def _without_wrong_ones(self, stored: StoredSettings, wrong: Reading[SettingsT]) -> Reading[SettingsT]:
        """The settings without the stored values that are wrong; without any, if it is unclear which are.

        Raises `SettingsProblem` if values of the environment are wrong.
        """
        named = {each.setting.lower() for each in wrong.faults}
        right = {name: value for name, value in stored.values.items() if name not in named}
        try:
            settings = self.checked(right)
        except SettingsProblem:
            settings = self.checked({})
        return Reading(stored.version, settings, wrong.faults)


def _unreadable(name: str) -> SettingFault:
    return SettingFault.of(name.upper(), UNREADABLE, ENTER_AGAIN)
