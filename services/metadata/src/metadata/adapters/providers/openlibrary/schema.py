"""Open Library's responses, with its field names."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator

from metadata.adapters.providers.lenient_fields import Items, Text, Whole


def _text_of(value: Any) -> str | None:
    """Long texts are strings, or objects like {"type": "/type/text", "value": "..."}."""
    text = value.get("value") if isinstance(value, dict) else value
    return text.strip() or None if isinstance(text, str) else None


LongText = Annotated[str | None, BeforeValidator(_text_of)]


class Document(BaseModel):
    """A work in the results of a search. The languages and ISBNs are those of all its editions."""

    key: Text = None
    title: Text = None
    subtitle: Text = None
    author_name: Items[Text] = []
    first_publish_year: Any = None
    language: Items[Text] = []
    isbn: Items[Text] = []
    edition_count: Whole = None


class Results(BaseModel):
    """The response to a search for works."""

    numFound: int
    docs: Items[Document]


class Author(BaseModel):
    """An author in the results of a search. One person may have several records."""

    key: Text = None
    name: Text = None
    alternate_names: Items[Text] = []
    work_count: Whole = None


class Authors(BaseModel):
    """The response to a search for authors."""

    numFound: int
    docs: Items[Author]


class Named(BaseModel):
    """An author or a publisher of an edition."""

    name: Text = None


class Identifiers(BaseModel):
    """The identifiers of an edition."""

    isbn_10: Items[Text] = []
    isbn_13: Items[Text] = []


class Edition(BaseModel):
    """One edition. The date is free text."""

    key: Text = None
    title: Text = None
    subtitle: Text = None
    authors: Items[Named] = []
    identifiers: Identifiers = Identifiers()
    publishers: Items[Named] = []
    publish_date: Any = None


class Work(BaseModel):
    """A work. One that was merged into another has `location` instead of a title."""

    key: Text = None
    title: Text = None
    description: LongText = None
    location: Text = None
