"""Matches entries of import lists with the providers."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.contracts.metadata.import_lists import EntryState, ImportListEntry

from metadata.domain.confidence import Judgement
from metadata.domain.entry_matching import EntryMatch, by_identifier, description_of_entry, match_entry
from metadata.domain.providers import Registry
from metadata.workflow.provider_lookup import Answers, ProviderLookup

ENTRIES_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Attempt:
    """The match of an entry, and the providers that failed with the reasons.

    The match is None if it has to be tried again, because a provider failed and none was sure.
    """

    match: EntryMatch | None
    failures: Mapping[str, str] = field(default_factory=dict)


class EntryMatcher:
    """Queries the providers about one entry at a time. Requests of a person go first."""

    def __init__(self, registry: Registry) -> None:
        self._lookup = ProviderLookup(registry.enabled, patient=True)
        self._has_providers = bool(registry.enabled)
        self._slots = asyncio.Semaphore(ENTRIES_AT_ONCE)

    async def match(self, entry: ImportListEntry) -> Attempt:
        """Query the providers, and choose the work of an entry. Failures are part of the answer and are not raised."""
        if not self._has_providers:
            return Attempt(None, {"providers": "none is used: check PROVIDERS and their settings"})
        async with self._slots:
            judge = Judgement(description_of_entry(entry))
            answers = await self._lookup.look_up(judge)
            found = by_identifier(entry, answers.entries)
            if not entry.title and found:
                judge, answers = await self._by_title_found(entry, answers)
        match = match_entry(entry, judge(answers.entries))
        failures = {name: each.words for name, each in answers.failures.items()}
        return Attempt(None if failures and match.state is not EntryState.NEW else match, failures)

    async def _by_title_found(self, entry: ImportListEntry, answers: Answers) -> tuple[Judgement, Answers]:
        """The entries of the book that has the identifier, which may be a printed edition, so of its audiobook too."""
        first = by_identifier(entry, answers.entries)[0]
        judge = Judgement(description_of_entry(entry, first.title, first.authors))
        by_title = await self._lookup.look_up(judge)
        by_title.entries = [*answers.entries, *by_title.entries]
        return judge, by_title
