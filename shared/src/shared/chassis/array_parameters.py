"""Conditions with any number of values."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, any_, bindparam, literal
from sqlalchemy.orm import InstrumentedAttribute


def is_one_of(column: ColumnElement[Any] | InstrumentedAttribute[Any], values: Collection[Any]) -> ColumnElement[bool]:
    """A condition that a column has one of the values, which may be any number.

    The values are one array. `in_` sends one parameter for each value, of which Postgres accepts 65,535.
    """
    return column == any_(literal(list(values), ARRAY(column.type)))


def is_one_of_parameter(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """The same condition for a statement that is made once and executed often: its values are the parameter `name`."""
    return column == any_(bindparam(name, type_=ARRAY(column.type)))
