"""Values of fields as they are stored in JSONB columns."""

from typing import Any

from pydantic import TypeAdapter
from shared.contracts.library.metadata_writes import FieldValue
from shared.contracts.translatable import translatables

_VALUE: TypeAdapter[FieldValue] = TypeAdapter(FieldValue)


def json_value(value: FieldValue) -> Any:
    """A value as JSON."""
    return _VALUE.dump_python(value, mode="json")


def detail_values(why: str | None) -> dict[str, Any]:
    """The columns that say why a correction or proposal has its status, with the code and figures of the sentence."""
    codes = {name: each.model_dump() for name, each in translatables(status_detail=why).items()}
    return {"status_detail": why, "translatable": codes}
