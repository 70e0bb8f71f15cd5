"""The settings of a service that were stored over the API: one row in its own schema, with the secrets sealed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.chassis.errors import Refused
from shared.chassis.sealing import CannotOpen, Seal, SecretKeys
from shared.chassis.tables import ChassisTables

SEALED_AS = "stored settings"


class SettingsChanged(Refused):
    """Somebody else stored settings of the service after the caller read them."""

    code = "settings_changed"
    status = 409
    title = "The settings have changed"


@dataclass(frozen=True, slots=True)
class StoredSettings:
    """The stored values by field name, and their version. `unreadable` names those that cannot be decrypted."""

    version: int = 0
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)
    unreadable: Collection[str] = ()


class SettingsStore:
    """Reads and writes the row. `keys` are None for a service that cannot store secrets."""

    def __init__(self, tables: ChassisTables, keys: SecretKeys | None) -> None:
        self._table = tables.stored_settings
        self._seal = Seal(keys, SEALED_AS) if keys is not None else None

    async def version(self, engine: AsyncEngine) -> int:
        """The version of the stored values."""
        async with engine.connect() as connection:
            return int((await connection.execute(select(self._table.c.version))).scalar_one_or_none() or 0)

    async def load(self, engine: AsyncEngine) -> StoredSettings:
        """The stored values."""
        async with engine.connect() as connection:
            row = (await connection.execute(select(self._table))).one_or_none()
        if row is None:  # after a restore of a backup that is older than the table
            return StoredSettings()
        values, unreadable = dict(row.plain), []
        for name, sealed in row.sealed.items():
            try:
                values[name] = self._opened(sealed)
            except CannotOpen:
                unreadable.append(name)
        return StoredSettings(row.version, values, unreadable)

    async def save(
        self, engine: AsyncEngine, seen_version: int, changes: Mapping[str, Any], secrets: Collection[str]
    ) -> int:
        """Store changed values, and return the new version. None deletes a value. `secrets` are sealed.

        Raises `SettingsChanged` if the stored version is not `seen_version`.
        """
        new = {name: value for name, value in changes.items() if value is not None}
        table = self._table
        async with engine.begin() as connection:
            await connection.execute(insert(table).values(only_row=True).on_conflict_do_nothing())
            row = (await connection.execute(select(table).with_for_update())).one()
            if row.version != seen_version:
                raise SettingsChanged(
                    f"version {seen_version} is not the stored one, which is {row.version}: read the settings again"
                )
            plain = {name: value for name, value in row.plain.items() if name not in changes}
            sealed = {name: value for name, value in row.sealed.items() if name not in changes}
            plain |= {name: value for name, value in new.items() if name not in secrets}
            sealed |= {name: self._sealed(str(value)) for name, value in new.items() if name in secrets}
            await connection.execute(update(table).values(version=seen_version + 1, plain=plain, sealed=sealed))
        return seen_version + 1

    def _sealed(self, value: str) -> str:
        if self._seal is None:
            raise TypeError("a service with secret settings needs SealingSettings")
        return self._seal.seal(value.encode()).decode()

    def _opened(self, sealed: str) -> str:
        if self._seal is None:
            raise CannotOpen("the service has no SECRET_KEY")
        return self._seal.open(sealed.encode()).decode()
