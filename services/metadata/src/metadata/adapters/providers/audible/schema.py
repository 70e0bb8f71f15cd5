"""Audible's products in their own words. Fields whose value is unknown are left out; unknown fields are let be."""

from pydantic import BaseModel

from metadata.adapters.providers.lenient_fields import Day, Flag, Items, Text, Whole


class Named(BaseModel):
    """An author, a narrator, a genre."""

    name: Text = None


class SeriesLink(BaseModel):
    """A series that a book belongs to; the series is a product with an ASIN of its own."""

    asin: Text = None
    title: Text = None
    sequence: Text = None


class Relationship(BaseModel):
    """A link between products: of a series to its books ("child"), of a book to its series ("parent")."""

    asin: Text = None
    relationship_to_product: Text = None
    sequence: Text = None


class Ladder(BaseModel):
    ladder: Items[Named] = []


class Ratings(BaseModel):
    num_ratings: Whole = None


class Rating(BaseModel):
    overall_distribution: Ratings | None = None


class Product(BaseModel):
    """A book or a series. One without a title is unknown or no longer sold (real answers: 200, never 404)."""

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
    isbn: Text = None
    is_adult_product: Flag = False


class Products(BaseModel):
    """An answer to a search."""

    products: list[Product]


class OneProduct(BaseModel):
    """An answer to one ASIN."""

    product: Product
