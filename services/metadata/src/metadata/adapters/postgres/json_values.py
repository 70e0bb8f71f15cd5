"""Values of fields as they are stored in JSONB columns."""

from typing import Any

from pydantic import TypeAdapter
from shared.contracts.library.metadata_writes import FieldValue

_VALUE: TypeAdapter[FieldValue] = TypeAdapter(FieldValue)


def json_value(value: FieldValue) -> Any:
    """A value as JSON."""
    return _VALUE.dump_python(value, mode="json")
