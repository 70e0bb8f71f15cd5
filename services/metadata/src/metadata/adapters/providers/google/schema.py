"""Google Books' responses, with its field names."""

from typing import Any, Literal

from pydantic import BaseModel

from metadata.adapters.providers.lenient_fields import Items, Text, Whole


class Identifier(BaseModel):
    """An identifier of a volume: `ISBN_10`, `ISBN_13`, `ISSN` or `OTHER`."""

    type: Text = None
    identifier: Text = None


class Membership(BaseModel):
    """A series of a volume, by its id."""

    seriesId: Text = None


class SeriesDetails(BaseModel):
    """The series of a volume, and the number that is printed on it."""

    bookDisplayNumber: Text = None
    volumeSeries: Items[Membership] = []


class Pictures(BaseModel):
    """The addresses of a cover by its width: about 1280, 800, 575, 300, 128 and 80 pixels.

    A search lists only the smallest two.
    """

    extraLarge: Text = None
    large: Text = None
    medium: Text = None
    small: Text = None
    thumbnail: Text = None
    smallThumbnail: Text = None


class VolumeDetails(BaseModel):
    """What is known about a volume. The date is a year, a month or a day."""

    title: Text = None
    subtitle: Text = None
    authors: Items[Text] = []
    publisher: Text = None
    publishedDate: Any = None
    description: Text = None
    industryIdentifiers: Items[Identifier] = []
    printType: Text = None
    categories: Items[Text] = []
    ratingsCount: Whole = None
    language: Text = None
    seriesInfo: SeriesDetails | None = None
    imageLinks: Pictures | None = None


class Volume(BaseModel):
    """One printed book, e-book or magazine."""

    id: Text = None
    volumeInfo: VolumeDetails = VolumeDetails()


class Volumes(BaseModel):
    """The response to a search. `items` is missing if nothing was found."""

    kind: Literal["books#volumes"]
    totalItems: int
    items: Items[Volume] = []


class OneVolume(Volume):
    """The response to a request for one volume."""

    kind: Literal["books#volume"]


class Series(BaseModel):
    """A series and its name."""

    seriesId: Text = None
    title: Text = None


class SeriesList(BaseModel):
    """The response to a request for series by their ids."""

    series: Items[Series] = []


class Members(BaseModel):
    """A page of the volumes of a series. `member` is required, so that another answer is not one without volumes."""

    member: Items[Volume]
    nextPageToken: Text = None


class Reason(BaseModel):
    """One reason of an error."""

    reason: Text = None


class Complaint(BaseModel):
    """An error: what happened, and its reasons."""

    message: Text = None
    errors: Items[Reason] = []


class Failed(BaseModel):
    """The response to a request that failed."""

    error: Complaint
