"""Audnexus' responses, with its field names."""

from pydantic import BaseModel

from metadata.adapters.providers.lenient_fields import Day, Flag, Items, Text, Whole


class Named(BaseModel):
    """An author, a narrator or a genre. Genres have the type `genre` or `tag`."""

    name: Text = None
    type: Text = None


class SeriesLink(BaseModel):
    """A series. The position is free text: "1", "Book 2", "1-3"."""

    name: Text = None
    position: Text = None


class Book(BaseModel):
    """One book of one marketplace. An unknown duration is 0, an unknown ISBN an empty text."""

    asin: Text = None
    title: Text = None
    subtitle: Text = None
    authors: Items[Named] = []
    narrators: Items[Named] = []
    publisherName: Text = None
    summary: Text = None
    description: Text = None
    releaseDate: Day = None
    genres: Items[Named] = []
    seriesPrimary: SeriesLink | None = None
    seriesSecondary: SeriesLink | None = None
    language: Text = None
    runtimeLengthMin: Whole = None
    formatType: Text = None
    isbn: Text = None
    image: Text = None


class AuthorLink(BaseModel):
    """An author in a list."""

    asin: Text = None
    name: Text = None


class Author(AuthorLink):
    """One author. Audnexus reads the similar authors from Audible's pages, so there may be none."""

    similar: Items[AuthorLink] = []


class Chapter(BaseModel):
    """A chapter. The offset is from the beginning of the audio, with the intro of the brand."""

    title: Text = None
    startOffsetMs: Whole = None
    lengthMs: Whole = None


class Chapters(BaseModel):
    """The chapters of one book. `isAccurate` is false if they were estimated."""

    asin: Text = None
    chapters: Items[Chapter] = []
    isAccurate: Flag = True


class Complaint(BaseModel):
    """Why a request failed."""

    code: Text = None
    message: Text = None


class Failed(BaseModel):
    """The response to a request that failed."""

    error: Complaint
