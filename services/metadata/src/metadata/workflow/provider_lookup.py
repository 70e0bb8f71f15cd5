"""Looks up one book at every provider: by its identifiers, then by its title and authors."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from shared.books.description import BookDescription
from shared.books.text.identifiers import asin, isbn13
from shared.chassis.errors import RemoteError, RemoteThrottled, RemoteUnavailable
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.metadata.providers import Ability

from metadata.domain.catalogue import Found
from metadata.domain.confidence import Judgement
from metadata.domain.failures import Failure, advised
from metadata.domain.open_questions import OpenQuestions, open_questions
from metadata.domain.ports import MetadataProvider
from metadata.domain.provider_queries import Question, different, questions_about
from metadata.domain.providers import EnabledProvider

RETRY_UNAVAILABLE_SECONDS = 900.0
"""Delay until a book is looked up again at a provider that was unavailable."""
FINDS_BOOKS = frozenset({Ability.TITLE, Ability.ASIN, Ability.ISBN})
"""A provider without any of these abilities cannot look up a book."""


@dataclass(slots=True)
class Answers:
    """The entries that the providers returned, until when they are valid, and the failures by provider."""

    entries: list[CataloguedWork] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    failures: dict[str, Failure] = field(default_factory=dict)
    believed_until: datetime | None = None

    def add(self, found: Found) -> None:
        """Add entries. All are valid until the first of them expires."""
        self.entries += found.works
        dates = [each for each in (self.believed_until, found.believed_until) if each]
        self.believed_until = min(dates, default=None)


class ProviderLookup:
    """Queries all providers that can find books.

    For a person, all of them are searched at once. With `patient`, requests of a person go first, and the providers are
    searched one after the other, by weight: each is only asked what the others left open (see `open_questions`), and a
    provider that knows the edition is not searched for others.
    """

    def __init__(self, providers: Sequence[EnabledProvider], *, patient: bool = False) -> None:
        usable = [each for each in providers if each.provider.abilities & FINDS_BOOKS]
        by_weight = sorted(range(len(usable)), key=lambda place: -usable[place].weight)
        self._providers = [each.provider for each in usable]
        self._turns = [[place] for place in by_weight] if patient else [by_weight]
        self._patient = patient

    async def look_up(self, judge: Judgement) -> Answers:
        """The entries for one book. Failures are part of the answer and are not raised.

        Identifiers come first, because a provider that knows one gives the title to search for at the others. Then the
        titles read from the book's texts are searched, and last the titles that another provider found.
        """
        identified = await self._identify(judge.owned)
        searched: dict[int, Found | Failure] = {}
        asked: dict[int, Sequence[Question]] = {}
        read = questions_about(judge.owned)
        for turn in self._turns:
            questions = self._open(judge, [*identified, *searched.values()], read)
            searches = (self._search(each, judge, questions, identified[each]) for each in turn)
            searched |= zip(turn, await asyncio.gather(*searches), strict=True)
            asked |= dict.fromkeys(turn, questions.titles)
        first = [searched[each] for each in range(len(self._providers))]
        questions = self._open(judge, [*identified, *first], ())
        again = []
        for place, known in enumerate(zip(identified, first, strict=True)):
            new = replace(questions, asin=None, titles=different(questions.titles, asked=asked[place]))
            again.append(self._search(place, judge, new, _not_found(judge, *known)))
        return _gathered(self._providers, [*identified, *first, *await asyncio.gather(*again)])

    async def identified(self, owned: BookDescription) -> Answers:
        """The entries with the identifiers of a book. Nothing is searched. Failures are part of the answer."""
        return _gathered(self._providers, await self._identify(owned))

    async def _identify(self, owned: BookDescription) -> list[Found | Failure]:
        """Look the identifiers up at each provider. One that copies another is asked only for what that one lacks."""
        originals = [each for each in self._providers if not each.origin]
        answers = await asyncio.gather(*(_identified(each, owned) for each in originals))
        known = {
            provider.name
            for provider, answer in zip(originals, answers, strict=True)
            if isinstance(answer, Found) and answer.works
        }
        copies = [each for each in self._providers if each.origin and each.origin not in known]
        answers += await asyncio.gather(*(_identified(each, owned) for each in copies))
        found = dict(zip([each.name for each in (*originals, *copies)], answers, strict=True))
        return [found.get(each.name, Found()) for each in self._providers]

    def _is_enough(self, judge: Judgement, identified: Sequence[CataloguedWork]) -> bool:
        """Whether the edition is found. A person sees other editions too, unless the book has both identifiers."""
        has_both = bool(asin(judge.owned.asin) and isbn13(judge.owned.isbn))
        return (self._patient or has_both) and any(each.identified for each in judge(identified))

    def _open(self, judge: Judgement, found: Sequence[Found | Failure], read: Sequence[Question]) -> OpenQuestions:
        return open_questions(judge, _works(found), read, only_the_edition=self._patient)

    async def _search(
        self, place: int, judge: Judgement, questions: OpenQuestions, known: Found | Failure | None
    ) -> Found | Failure:
        """The results of each question in turn, until one of them is surely the work."""
        if isinstance(known, Failure):
            return known
        if known is None or self._is_enough(judge, known.works):
            return Found()
        answers = Answers()
        try:
            for ask in self._requests(self._providers[place], questions, judge.owned.language):
                answers.add(await ask())
                if any(judged.same_work for judged in judge(answers.entries)):
                    break
        except RemoteError as error:
            return failure_of(error)
        return Found(answers.entries, believed_until=answers.believed_until)

    def _requests(
        self, provider: MetadataProvider, questions: OpenQuestions, language: str | None
    ) -> Iterator[Callable[[], Awaitable[Found]]]:
        """Each question in turn. An ASIN is only looked up where that may replace a search."""
        if questions.asin and Ability.TITLE in provider.abilities:
            yield partial(provider.identified, questions.asin, patient=self._patient, language=language)
        search = partial(provider.search, sure_author=questions.sure_author, patient=self._patient, language=language)
        for each in questions.titles:
            yield partial(search, each.title, each.authors)


def failure_of(error: RemoteError) -> Failure:
    """A provider's error as the failure that is recorded for a book."""
    words = advised(error.code, error.detail)
    if isinstance(error, RemoteThrottled):
        return Failure(words, throttled=True, again_in_seconds=error.retry_after_seconds)
    return Failure(words, again_in_seconds=RETRY_UNAVAILABLE_SECONDS if isinstance(error, RemoteUnavailable) else None)


async def _identified(provider: MetadataProvider, owned: BookDescription) -> Found | Failure:
    try:
        return await provider.identified(owned.asin, owned.isbn, language=owned.language)
    except RemoteError as error:
        return failure_of(error)


def _not_found(judge: Judgement, identified: Found | Failure, searched: Found | Failure) -> Found | Failure | None:
    """None for a provider that surely found the book, else its failure or an empty result."""
    for each in (identified, searched):
        if isinstance(each, Failure):
            return each
    if any(each.same_work for each in judge(_works([identified, searched]))):
        return None
    return Found()


def _works(found: Sequence[Found | Failure]) -> list[CataloguedWork]:
    return [work for each in found if isinstance(each, Found) for work in each.works]


def _gathered(providers: Sequence[MetadataProvider], found: Sequence[Found | Failure]) -> Answers:
    """All results. A provider that failed at any step counts as failed, but its earlier entries are kept."""
    answers = Answers()
    for place, each in enumerate(found):
        if isinstance(each, Found):
            answers.add(each)
        else:
            answers.failures[providers[place % len(providers)].name] = each
    answers.answered = [each.name for each in providers if each.name not in answers.failures]
    return answers
