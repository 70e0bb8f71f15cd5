"""The suggestions of Goodreads' search field, with its field names. Unknown fields are ignored."""

from pydantic import BaseModel

from metadata.adapters.providers.lenient_fields import Text, Whole


class Author(BaseModel):
    """The first author. The others are not listed."""

    name: Text = None


class Description(BaseModel):
    """The beginning of the description, with markup."""

    html: Text = None
    truncated: bool | None = None


class Suggestion(BaseModel):
    """A book. `title` contains its series: "The Glass Harbour (Tide Wardens, #2)"."""

    bookId: Text = None
    workId: Text = None
    title: Text = None
    bookTitleBare: Text = None
    ratingsCount: Whole = None
    author: Author | None = None
    description: Description | None = None
