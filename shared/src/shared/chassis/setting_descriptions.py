"""Describes the settings of a service from its pydantic class: there is no second list of them."""

from collections.abc import Collection, Mapping
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import HttpUrl, SecretStr
from pydantic.fields import FieldInfo

from shared.chassis.setting_groups import Listed, OneOf, group_of, mark_of
from shared.chassis.settings import ServiceSettings
from shared.contracts.settings import Setting, SettingGroup, SettingSource, SettingType, SettingValue
from shared.translatable import translatable

LOCKED_BY_ENVIRONMENT = translatable(
    "setting.locked", "set by the environment, which takes precedence: remove it there to change it here"
)
_ADDRESS_PATTERNS = ("^https?://", "^(https?://")


def describe_settings(
    kind: type[ServiceSettings], *, environment: Mapping[str, Any], stored: Mapping[str, Any]
) -> list[Setting]:
    """The settings of a class with their present values. A secret has no value here, only whether it is set."""
    unneeded = kind.not_needed({**stored, **environment})
    return [
        _setting(kind, name, environment=environment, stored=stored, needed=name not in unneeded)
        for name in _in_order(kind)
    ]


def groups_of(kind: type[ServiceSettings], testable: Collection[str]) -> list[SettingGroup]:
    """The groups of the settings of a class, in the order of their first setting."""
    groups = dict.fromkeys(group_of(kind, name) for name in _in_order(kind))
    return [SettingGroup(name=each.name, title=each.title, testable=each.name in testable) for each in groups]


def _in_order(kind: type[ServiceSettings]) -> list[str]:
    """The names of the fields. Those that only the environment can set come last."""
    return sorted(kind.model_fields, key=lambda name: bool(group_of(kind, name).locked))


def secret_fields(kind: type[ServiceSettings]) -> set[str]:
    """The names of the fields that are secret."""
    return {name for name, field in kind.model_fields.items() if is_secret(field)}


def is_secret(field: FieldInfo) -> bool:
    """Whether a field contains a secret."""
    return SecretStr in _types(field)


def _setting(
    kind: type[ServiceSettings],
    name: str,
    *,
    environment: Mapping[str, Any],
    stored: Mapping[str, Any],
    needed: bool,
) -> Setting:
    field, group = kind.model_fields[name], group_of(kind, name)
    secret = is_secret(field)
    source = (
        SettingSource.ENVIRONMENT
        if name in environment
        else SettingSource.STORED
        if name in stored
        else SettingSource.DEFAULT
    )
    default = None if field.is_required() or secret else _shown(field.get_default(call_default_factory=True))
    present = environment.get(name, stored.get(name, default))
    locked = group.locked or (LOCKED_BY_ENVIRONMENT if name in environment else "")
    limits = _limits(field)
    separator = mark_of(field, Listed)
    return Setting(
        name=name.upper(),
        group=group.name,
        type=_type(field),
        description=field.description or "",
        example=str(field.examples[0]) if field.examples else "",
        required=field.is_required() and needed,
        default=default,
        value=None if secret else _typed(field, present),
        is_set=source is not SettingSource.DEFAULT,
        source=source,
        stored=name in stored,
        changeable=not locked,
        locked_because=locked,
        choices=_choices(field),
        minimum=limits.get("ge", limits.get("gt")),
        maximum=limits.get("le", limits.get("lt")),
        exclusive_minimum="gt" in limits,
        integer=int in _types(field),
        separator=separator.separator if separator else "",
    )


def _types(field: FieldInfo) -> set[Any]:
    """The types of a field, without None and without what `Annotated` adds."""
    union = get_origin(field.annotation) in (Union, UnionType)
    members = get_args(field.annotation) if union else (field.annotation,)
    return {get_args(each)[0] if get_origin(each) is Annotated else each for each in members} - {NoneType}


def _type(field: FieldInfo) -> SettingType:
    types = _types(field)
    found = (
        (SettingType.SECRET, is_secret(field)),
        (SettingType.CHOICE, bool(_choices(field))),
        (SettingType.BOOLEAN, bool in types),
        (SettingType.NUMBER, bool(types & {int, float})),
        (SettingType.PATH, Path in types),
        (SettingType.LIST, mark_of(field, Listed) is not None),
        (SettingType.ADDRESS, HttpUrl in types or _pattern(field).startswith(_ADDRESS_PATTERNS)),
    )
    return next((kind for kind, is_it in found if is_it), SettingType.TEXT)


def _choices(field: FieldInfo) -> list[str]:
    if mark := mark_of(field, OneOf):
        return list(mark.values)
    for each in _types(field):
        if get_origin(each) is Literal:
            return [str(value) for value in get_args(each)]
        if isinstance(each, type) and issubclass(each, Enum):
            return [str(member.value) for member in each]
    return []


def _limits(field: FieldInfo) -> dict[str, float]:
    """The limits of a number, by the names that pydantic gives them."""
    names = ("ge", "gt", "le", "lt")
    return {name: float(getattr(mark, name)) for mark in field.metadata for name in names if hasattr(mark, name)}


def _pattern(field: FieldInfo) -> str:
    return next((each for mark in field.metadata if (each := getattr(mark, "pattern", None))), "")


def _typed(field: FieldInfo, value: Any) -> SettingValue | None:
    """A value from the environment is a text. Show it as the number or the boolean that it means, if it is valid."""
    shown = _shown(value)
    if isinstance(shown, str) and (wanted := _type(field)) in (SettingType.NUMBER, SettingType.BOOLEAN):
        if wanted is SettingType.BOOLEAN:
            return shown.strip().lower() in ("true", "1", "yes", "on", "t", "y")
        try:
            return int(shown) if int in _types(field) else float(shown)
        except ValueError:
            return shown
    return shown


def _shown(value: Any) -> SettingValue | None:
    if isinstance(value, Enum):
        return str(value.value)
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return str(value)
