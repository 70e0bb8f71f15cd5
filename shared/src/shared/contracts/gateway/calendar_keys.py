"""Keys in the address of the calendar, for calendar programs that cannot send an API key."""

from uuid import UUID

from pydantic import ConfigDict, Field

from shared.contracts.gateway.api_keys import KeyName
from shared.contracts.model import Model
from shared.contracts.values import Moment


class NewCalendarKey(Model):
    """A calendar key to create."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "phone"}]})

    name: KeyName = Field(description="where the calendar is shown", examples=["phone"])


class CalendarKey(Model):
    """A calendar key without its secret value."""

    id: UUID
    name: str = Field(examples=["phone"])
    created_at: Moment


class MadeCalendarKey(CalendarKey):
    """A new calendar key. The path contains its secret value, which is shown only once."""

    path: str = Field(description="the path of the calendar with the key; anyone who has it can read the calendar")
