"""Finds the authors whom the providers call similar to one author."""

import asyncio
from collections.abc import Awaitable, Sequence

from shared.chassis.errors import RemoteError
from shared.contracts.metadata.providers import Ability
from shared.contracts.metadata.similar_authors import FindSimilarAuthors, SimilarAuthor, SimilarAuthors
from shared.contracts.translatable import translatables
from shared.translatable import translatable

from metadata.domain.catalogue import Found
from metadata.domain.failures import advised
from metadata.domain.ports import AuthorLibrary
from metadata.domain.providers import EnabledProvider

WITHIN_SECONDS = 12.0
"""Seconds that a provider has. The rest of the request's time is for the library."""
MAX_SHOWN = 100


class FindSimilarAuthorsHandler:
    """Answers `FindSimilarAuthors`."""

    def __init__(self, library: AuthorLibrary, providers: Sequence[EnabledProvider]) -> None:
        self._library = library
        self._providers = [each.provider for each in providers if Ability.SIMILAR_AUTHORS in each.provider.abilities]

    async def find(self, request: FindSimilarAuthors) -> SimilarAuthors:
        """The similar authors of all providers, and what the library has of each.

        Raises `ServiceUnavailable` while the library does not answer.
        """
        questions = (_within(each.similar_authors(request.name)) for each in self._providers)
        answers = dict(zip([each.name for each in self._providers], await asyncio.gather(*questions), strict=True))
        authors = [each.author for each in answers.values() if isinstance(each, Found) and each.author]
        asins: dict[str, str | None] = {}
        for author in authors:
            for similar in author.similar:
                asins[similar.name] = asins.get(similar.name) or similar.asin
        known = await self._library.authors_by_name(list(asins)[:MAX_SHOWN]) if asins else []
        failures = {name: each for name, each in answers.items() if isinstance(each, str)}
        return SimilarAuthors(
            asin=next((each.asin for each in authors), None),
            authors=[SimilarAuthor(**each.model_dump(), asin=asins[each.name]) for each in known],
            answered=[name for name, each in answers.items() if isinstance(each, Found)],
            failures=failures,
            translatable=translatables(**{f"failures.{name}": each for name, each in failures.items()}),
        )


async def _within(question: Awaitable[Found]) -> Found | str:
    """The answer, or why there is none."""
    try:
        async with asyncio.timeout(WITHIN_SECONDS):
            return await question
    except RemoteError as error:
        return advised(error.code, error.detail)
    except TimeoutError:
        words = f"no answer within {WITHIN_SECONDS:g} s"
        return translatable("remote.no_answer", words, seconds=WITHIN_SECONDS)
