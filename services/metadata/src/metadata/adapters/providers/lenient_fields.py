"""Types that accept a provider's values leniently: numbers as text, text as numbers, null for a list."""

from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator

Item = TypeVar("Item")


def _text(value: Any) -> str | None:
    text = str(value).strip() if isinstance(value, str | int | float) else ""
    return text or None


def _whole(value: Any) -> int | None:
    try:
        return int(float(value))
    except (TypeError, ValueError, OverflowError):
        return None


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _flag(value: Any) -> bool:
    return str(value).strip().lower() in {"1", "true", "yes"}


def _items(value: Any) -> Any:
    return [each for each in value if each is not None] if isinstance(value, list) else []


Text = Annotated[str | None, BeforeValidator(_text)]
Whole = Annotated[int | None, BeforeValidator(_whole)]
Day = Annotated[date | None, BeforeValidator(_day)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Items = Annotated[list[Item], BeforeValidator(_items)]
