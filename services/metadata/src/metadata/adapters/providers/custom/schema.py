"""The protocol of custom metadata providers, with its field names (specification of Audiobookshelf, 2.36).

Only `matches` is required, so that an answer of another kind is not taken for an answer without results.
"""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator

from metadata.adapters.providers.lenient_fields import Items, Text, Whole


def _names(value: Any) -> Any:
    """Some servers send a list of names instead of one text."""
    return ", ".join(str(each) for each in value if each) if isinstance(value, list) else value


def _listed(value: Any) -> Any:
    """Some servers send one text, separated by commas, instead of a list."""
    return [each.strip() for each in value.split(",")] if isinstance(value, str) else value


Names = Annotated[Text, BeforeValidator(_names)]


class Place(BaseModel):
    """A series and the position in it."""

    series: Text = None
    sequence: Text = None


class Match(BaseModel):
    """One book. `duration` is in minutes."""

    title: Text = None
    subtitle: Text = None
    author: Names = None
    narrator: Names = None
    publisher: Text = None
    publishedYear: Text = None
    description: Text = None
    isbn: Text = None
    asin: Text = None
    genres: Annotated[Items[Text], BeforeValidator(_listed)] = []
    series: Items[Place] = []
    language: Text = None
    duration: Whole = None
    cover: Text = None


class Answer(BaseModel):
    """The response to a search."""

    matches: list[Match]
