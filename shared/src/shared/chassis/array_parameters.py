"""Conditions with any number of values."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, any_, literal
from sqlalchemy.orm import InstrumentedAttribute


def is_one_of(column: ColumnElement[Any] | InstrumentedAttribute[Any], values: Collection[Any]) -> ColumnElement[bool]:
    """A condition that a column has one of the values, which may be any number.

    The values are one array. `in_` sends one parameter for each value, of which Postgres accepts 65,535.
    """
    return column == any_(literal(list(values), ARRAY(column.type)))
