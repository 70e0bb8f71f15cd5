"""Validates metadata without changing anything."""

from collections.abc import Mapping

from shared.books.description import BookDescription
from shared.chassis.clock import Clock
from shared.contracts.library.books import Book
from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.metadata.validation import EntryJudgement, FieldDifference, MetadataJudgement, ValidateMetadata

from metadata.domain.confidence import Judgement
from metadata.domain.descriptions import book_with, of_book
from metadata.domain.entered_metadata import ByHand, differences, judge_entered
from metadata.domain.ports import Library
from metadata.domain.providers import Registry
from metadata.domain.refusals import InvalidMetadata, UnknownBook
from metadata.workflow.provider_lookup import ProviderLookup

MAX_ENTRIES = 10
NO_AUTHOR = ByHand("")


class ValidateMetadataHandler:
    """Reports invalid values, differences from a book, and what the providers know."""

    def __init__(self, library: Library, registry: Registry, clock: Clock) -> None:
        self._library = library
        self._lookup = ProviderLookup(registry.enabled)
        self._clock = clock

    async def validate(self, request: ValidateMetadata) -> MetadataJudgement:
        """Judge the entered fields.

        Raises `UnknownBook`, `ServiceUnavailable`, and `InvalidMetadata` if providers are requested without a title.
        """
        book = None
        if request.book_id is not None:
            book = await self._library.book(request.book_id)
            if book is None:
                raise UnknownBook(f"the library has no book {request.book_id}")
        fields = judge_entered(request.fields, self._clock.now().year)
        values = {each.field: each.value for each in fields if each.ok}
        changes, _ = differences(book, values, NO_AUTHOR) if book else ([], [])
        judgement = MetadataJudgement(
            ok=all(each.ok for each in fields),
            fields=fields,
            differences=[FieldDifference(field=each.field, old=each.old, new=each.new) for each in changes],
        )
        return await self._with_entries(judgement, _described(book, values)) if request.ask_providers else judgement

    async def _with_entries(self, judgement: MetadataJudgement, wanted: BookDescription) -> MetadataJudgement:
        judge = Judgement(wanted)
        answers = await self._lookup.look_up(judge)
        entries = [
            EntryJudgement(
                entry=each.entry.model_copy(update={"description": None}),
                confidence=each.confidence,
                reasons=list(each.reasons),
            )
            for each in judge(answers.entries)[:MAX_ENTRIES]
        ]
        failures = {name: each.words for name, each in answers.failures.items()}
        return judgement.model_copy(update={"entries": entries, "failures": failures})


def _described(book: Book | None, values: Mapping[FieldName, FieldValue]) -> BookDescription:
    """The book with these values. Without a book, only the values."""
    if book is not None:
        return of_book(book.model_copy(update={str(name): value for name, value in values.items()}))
    if not values.get("title"):
        raise InvalidMetadata("title: to query the providers, give a title or the id of a book")
    return of_book(book_with(values))
