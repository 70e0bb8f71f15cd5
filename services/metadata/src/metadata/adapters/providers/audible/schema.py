"""Audible's responses, with its field names. Unknown fields are ignored."""

from pydantic import BaseModel

from metadata.adapters.providers.lenient_fields import Day, Flag, Items, Text, Whole


class Named(BaseModel):
    """An author, a narrator, a genre."""

    name: Text = None


class SeriesLink(BaseModel):
    """A series of a book. The series is a product with its own ASIN."""

    asin: Text = None
    title: Text = None
    sequence: Text = None


class Relationship(BaseModel):
    """A link between products: from a series to its books ("child") or from a book to its series ("parent")."""

    asin: Text = None
    relationship_to_product: Text = None
    sequence: Text = None


class Ladder(BaseModel):
    """A path of categories, from the general to the special one."""

    ladder: Items[Named] = []


class Ratings(BaseModel):
    """The number of ratings."""

    num_ratings: Whole = None


class Rating(BaseModel):
    """The ratings of a product."""

    overall_distribution: Ratings | None = None


class Product(BaseModel):
    """A book or a series. Without a title it is unknown or no longer sold: the status is 200, never 404."""

    asin: Text = None
    title: Text = None
    subtitle: Text = None
    authors: Items[Named] = []
    narrators: Items[Named] = []
    publisher_name: Text = None
    publisher_summary: Text = None
    merchandising_summary: Text = None
    release_date: Day = None
    language: Text = None
    runtime_length_min: Whole = None
    format_type: Text = None
    content_delivery_type: Text = None
    series: Items[SeriesLink] = []
    relationships: Items[Relationship] = []
    category_ladders: Items[Ladder] = []
    rating: Rating | None = None
    product_images: dict[str, Text] | None = None
    isbn: Text = None
    is_adult_product: Flag = False


class Products(BaseModel):
    """The response to a search."""

    products: list[Product]


class OneProduct(BaseModel):
    """The response to a request for one ASIN."""

    product: Product
