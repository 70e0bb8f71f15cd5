"""Writes `docs/settings.md` from the settings classes of all services."""

from collections.abc import Iterator

from provisioning.services import PARTS, Part
from shared.chassis.setting_descriptions import describe_settings, groups_of
from shared.chassis.settings import ServiceSettings
from shared.contracts.settings import Setting, SettingType

HEAD = """# Settings

For an administrator who looks up a setting: what it means, its default, and where it can be changed.

`make messages` generates this page from the settings classes. Do not edit it.

A setting comes from the environment or `.env`, from the file that `NAME_FILE` names, or from the dashboard and
`PUT /api/settings/SERVICE`, in this order. "Environment" in the last column means that only the environment can set it.
A secret is never shown again.
"""


def settings_text() -> str:
    """The content of `docs/settings.md`."""
    return "\n".join([HEAD, *_every_service(), *(line for part in PARTS for line in _service(part))])


def _every_service() -> Iterator[str]:
    yield "## Every service\n"
    yield from _table(describe_settings(ServiceSettings, environment={}, stored={}))


def _service(part: Part) -> Iterator[str]:
    shared = {name.upper() for name in ServiceSettings.model_fields}
    described = [
        each for each in describe_settings(part.settings, environment={}, stored={}) if each.name not in shared
    ]
    yield f"## {part.name}\n"
    for group in groups_of(part.settings, ()):
        if listed := [each for each in described if each.group == group.name]:
            yield f"### {group.title}\n"
            yield from _table(listed)


def _table(settings: list[Setting]) -> Iterator[str]:
    rows = "".join(f"| {' | '.join(_cells(each))} |\n" for each in settings)
    yield f"| setting | meaning | default | changed in |\n| --- | --- | --- | --- |\n{rows}"


def _cells(setting: Setting) -> list[str]:
    meaning = setting.description
    if any(each not in meaning for each in setting.choices):
        meaning += f" ({', '.join(f'`{each}`' for each in setting.choices if each)})"
    if limits := list(_limits(setting)):
        meaning += f" ({', '.join(limits)})"
    if setting.example and setting.type is not SettingType.SECRET:
        meaning += f", such as `{setting.example}`"
    where = "dashboard, API, environment" if setting.changeable else "environment"
    return [f"`{setting.name}`", meaning.replace("|", "\\|").replace("<", "&lt;"), _default(setting), where]


def _default(setting: Setting) -> str:
    if setting.required:
        return "required"
    if setting.default in (None, ""):
        return "none"
    shown = str(setting.default).lower() if isinstance(setting.default, bool) else str(setting.default)
    return f"`{shown}`".replace("|", "\\|")


def _limits(setting: Setting) -> Iterator[str]:
    if setting.minimum is not None:
        yield f"{'more than' if setting.exclusive_minimum else 'at least'} {setting.minimum:.6g}"
    if setting.maximum is not None:
        yield f"at most {setting.maximum:.9g}"
