"""The authors whom a provider calls similar to one author."""

from typing import ClassVar

from pydantic import Field

from shared.contracts.library.authors import KnownAuthor
from shared.contracts.message import Request
from shared.contracts.model import Model
from shared.contracts.translatable import Translatables
from shared.contracts.values import Words


class SimilarAuthor(KnownAuthor):
    """A similar author, and what the library has of them."""

    asin: str | None = None


class SimilarAuthors(Model):
    """An author's ASIN and similar authors, in the order of the provider.

    Both are empty if the providers in `answered` do not know the author. `failures` says why a provider did not answer.
    """

    asin: str | None = None
    authors: list[SimilarAuthor] = []
    answered: list[str] = Field([], description="the providers that answered; empty if none in use has such lists")
    failures: dict[str, str] = {}
    translatable: Translatables = {}


class FindSimilarAuthors(Request[SimilarAuthors]):
    """Ask the providers for an author's ASIN and similar authors."""

    subject: ClassVar[str] = "rpc.metadata.find_similar_authors"
    timeout_seconds: ClassVar[float] = 20.0
    name: Words
