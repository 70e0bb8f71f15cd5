"""The settings of a service: how it describes, tests and stores them."""

from enum import StrEnum
from typing import Annotated, ClassVar, Self

from pydantic import Field, StringConstraints

from shared.contracts.message import EveryService
from shared.contracts.model import Model
from shared.contracts.problem import Problem, SettingFault
from shared.contracts.translatable import Translatables, translatables
from shared.contracts.values import Flag, Number, Whole

MAX_VALUE_CHARACTERS = 10_000
SettingName = Annotated[str, StringConstraints(min_length=1, max_length=100)]
LARGEST = 1_000_000_000
SettingValue = (
    Flag
    | Annotated[Whole, Field(ge=-LARGEST, le=LARGEST)]
    | Annotated[Number, Field(ge=-LARGEST, le=LARGEST)]
    | Annotated[str, StringConstraints(max_length=MAX_VALUE_CHARACTERS)]
)
"""A value as a person gives it."""
GivenSettings = Annotated[dict[SettingName, SettingValue | None], Field(max_length=300)]
"""Values by the names of their settings. null or an empty text: no value, so that the default applies."""


class SettingType(StrEnum):
    """How a setting is edited."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    PATH = "path"
    LIST = "list"
    ADDRESS = "address"
    SECRET = "secret"  # noqa: S105 - a type, not a secret


class SettingSource(StrEnum):
    """Where the present value of a setting comes from."""

    ENVIRONMENT = "environment"
    STORED = "stored"
    DEFAULT = "default"


class SettingsState(StrEnum):
    """Whether a service runs with its settings.

    NEEDS_SETTINGS: required ones have no value, and it waits for them. WRONG_SETTINGS: it cannot run with the present
    ones; the gateway then runs without those that are wrong.
    """

    RUNNING = "running"
    NEEDS_SETTINGS = "needs_settings"
    WRONG_SETTINGS = "wrong_settings"


class Setting(Model):
    """One setting of a service, with its present value."""

    name: str = Field(description="its name as an environment variable", examples=["ABS_URL"])
    group: str = Field(examples=["audiobookshelf"])
    type: SettingType
    description: str
    example: str = ""
    required: bool = Field(description="the service cannot run without a value of it")
    default: SettingValue | None = Field(None, description="null: none")
    value: SettingValue | None = Field(None, description="the present value; null: none, or a secret")
    is_set: bool = Field(description="it has a value other than the default; the value itself is null for a secret")
    source: SettingSource
    stored: bool = Field(description="a value is stored; a value from the environment takes precedence over it")
    changeable: bool = Field(description="false: only the environment can change it, `locked_because` says why")
    locked_because: str = ""
    choices: list[str] = Field([], description="the allowed values of a choice")
    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: bool = Field(False, description="true: a number must be greater than the minimum")
    integer: bool = Field(False, description="true: a number without a fraction")
    separator: str = Field("", description="what separates the parts of a list", examples=[","])


class SettingGroup(Model):
    """Settings that belong together, such as those of one outside system."""

    name: str = Field(examples=["audiobookshelf"])
    title: str = Field(examples=["Audiobookshelf"])
    testable: bool = Field(description="its values can be tested before they are stored")


class SettingsDescription(Model):
    """The settings of one service, and whether it runs with them."""

    service: str = Field(examples=["library-scanner"])
    version: int = Field(description="version of the stored values; 0: none was ever stored")
    applied_version: int = Field(description="the version with which the service runs; smaller: it is being applied")
    state: SettingsState
    missing: list[str] = Field([], description="required settings without a value")
    faults: list[SettingFault] = Field([], description="why the service does not run with the present values")
    groups: list[SettingGroup] = Field(description="in the order in which they are shown")
    settings: list[Setting] = Field(description="in the order in which they are shown")


class SettingsOfService(Model):
    """The settings of one service, or the reason why it did not answer."""

    service: str
    settings: SettingsDescription | None = None
    problem: Problem | None = None


class GetSettings(EveryService[SettingsDescription]):
    """Get the settings of a service. The values of secrets are never part of the answer."""

    subject: ClassVar[str] = "rpc.*.get_settings"
    timeout_seconds: ClassVar[float] = 20.0
    """The first use of stored secrets loads the library that decrypts them, which is slow on a busy machine."""


class SettingsUpdate(Model):
    """New values of some settings. The others keep theirs."""

    version: Whole = Field(
        ge=0, le=LARGEST, description="the version that the caller has seen; refused if it is not the stored one"
    )
    values: GivenSettings


class PutSettings(EveryService[SettingsDescription]):
    """Store new values, and apply them. Nothing is stored if one of them is wrong."""

    subject: ClassVar[str] = "rpc.*.put_settings"
    timeout_seconds: ClassVar[float] = 30.0
    not_repeatable: ClassVar[bool] = True
    update: SettingsUpdate


class FactState(StrEnum):
    """The result of one test."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_TESTED = "not_tested"


class SettingFact(Model):
    """What one test of settings found."""

    code: str = Field(description="what was tested, for programs", examples=["reachable"])
    name: str = Field(description="what was tested, in words", examples=["address reachable"])
    state: FactState
    words: str = Field("", description="what was found, such as the exact error")
    to_do: str = Field("", description="what to do about it; empty if nothing")
    translatable: Translatables = {}

    @classmethod
    def of(cls, code: str, name: str, state: FactState, words: str = "", to_do: str = "") -> Self:
        """The fact, with the codes and figures of its sentences."""
        parts = translatables(words=words, to_do=to_do)
        return cls(code=code, name=name, state=state, words=words, to_do=to_do, translatable=parts)


class SettingsTest(Model):
    """What the test of a group found. `passed`: something was tested, and nothing failed."""

    group: str
    passed: bool
    facts: list[SettingFact]


class SettingsToTest(Model):
    """Values of one group that are not stored. Settings without a value here have their present one."""

    group: SettingName = Field(examples=["audiobookshelf"])
    values: GivenSettings = {}


class CheckSettings(EveryService[SettingsTest]):
    """Test the values of one group. Nothing is stored."""

    subject: ClassVar[str] = "rpc.*.check_settings"
    timeout_seconds: ClassVar[float] = 30.0
    test: SettingsToTest
