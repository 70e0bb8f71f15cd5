"""Collects the works of a series or an author from every provider."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteError
from shared.chassis.logging import logger
from shared.contracts.metadata.bibliographies import (
    BibliographyCollected,
    BibliographyOf,
    CataloguedWork,
    CollectBibliography,
    ListSource,
)
from shared.contracts.metadata.providers import Ability
from shared.contracts.translatable import translatables

from metadata.domain.catalogue import Found, SeriesWanted
from metadata.domain.failures import advised
from metadata.domain.known_in_print import known_in_print_alone
from metadata.domain.ports import StoredList
from metadata.domain.providers import EnabledProvider
from metadata.domain.transactions import Transactions


class CollectBibliographyHandler:
    """Queries the providers that have such lists concurrently.

    Announces their entries unmerged, each with its source.
    """

    def __init__(self, transaction: Transactions, providers: Sequence[EnabledProvider], clock: Clock) -> None:
        self._transaction = transaction
        self._providers = providers
        self._clock = clock
        self._log = logger(service="metadata")

    async def collect(self, command: CollectBibliography) -> None:
        """Store and announce the bibliography. A provider that fails is named in the event with the reason.

        Stored lists that are recent enough for the command are announced without queries.
        """
        ability = Ability.AUTHOR if command.of is BibliographyOf.AUTHOR else Ability.SERIES
        able = [each for each in self._providers if ability in each.provider.abilities]
        if await self._announce_stored(command, [each.provider.name for each in able]):
            return
        works_by_provider: dict[str, list[CataloguedWork]] = {}
        failures: dict[str, str] = {}
        answers = await asyncio.gather(*(_fetch(each, command) for each in able))
        for each, found in zip(able, answers, strict=True):
            name = each.provider.name
            if isinstance(found, RemoteError):
                failures[name] = advised(found.code, found.detail)
                continue
            works_by_provider[name] = [_short(work) for work in found.works]
            if found.cut:
                failures[name] = found.cut
        if command.of is BibliographyOf.SERIES:
            await self._look_for_audio(command, works_by_provider, failures)
        await self._announce(command, works_by_provider, failures)

    async def _look_for_audio(
        self, command: CollectBibliography, works_by_provider: dict[str, list[CataloguedWork]], failures: dict[str, str]
    ) -> None:
        """Search for works that are known only in print: the audiobook may be listed without its series."""
        for title in known_in_print_alone([work for works in works_by_provider.values() for work in works]):
            for each in self._providers:
                name = each.provider.name
                if Ability.TITLE not in each.provider.abilities or name not in works_by_provider:
                    continue
                if any(work.title == title for work in works_by_provider[name]):
                    continue
                try:
                    found = await each.provider.search(title, command.authors)
                except RemoteError as error:
                    failures[name] = advised(error.code, error.detail)
                    continue
                have = {work.id for work in works_by_provider[name]}
                works_by_provider[name] += [_short(work) for work in found.works if work.id not in have]

    async def _announce(
        self, command: CollectBibliography, works_by_provider: dict[str, list[CataloguedWork]], failures: dict[str, str]
    ) -> None:
        for name, why in failures.items():
            self._log.warning("provider_failed", provider=name, of=command.of.value, name=command.name, reason=why)
        async with self._transaction() as tx:
            now = self._clock.now()
            await tx.bibliographies.store(command, works_by_provider, now)
            lists = {name: StoredList(works, now) for name, works in works_by_provider.items()}
            tx.announce(_collected(command, lists, failures))

    async def _announce_stored(self, command: CollectBibliography, providers: Sequence[str]) -> bool:
        """Announce the stored lists if the command accepts their age. Returns whether it did."""
        if command.max_age_days is None:
            return False
        since = self._clock.now() - timedelta(days=command.max_age_days)
        async with self._transaction() as tx:
            stored = await tx.bibliographies.recent(command, providers, since)
            if stored is not None:
                tx.announce(_collected(command, stored, {}))
        return stored is not None


def _collected(
    command: CollectBibliography, lists: Mapping[str, StoredList], failures: dict[str, str]
) -> BibliographyCollected:
    return BibliographyCollected(
        of=command.of,
        subject_id=command.subject_id,
        works=[work for each in lists.values() for work in each.works],
        answered=list(lists),
        failures=failures,
        translatable=translatables(**failures),
        sources=[
            ListSource(provider=name, works=len(each.works), collected_at=each.collected_at)
            for name, each in lists.items()
        ],
        least_owned=command.least_owned,
        run_id=command.run_id,
    )


async def _fetch(each: EnabledProvider, command: CollectBibliography) -> Found | RemoteError:
    """What a provider lists, or the error."""
    try:
        if command.of is BibliographyOf.AUTHOR:
            return await each.provider.author_works(command.name)
        return await _series_works(each, command)
    except RemoteError as error:
        return error


async def _series_works(each: EnabledProvider, command: CollectBibliography) -> Found:
    """What a provider lists under the name of the series and under its other names."""
    wanted = SeriesWanted(command.name, command.authors, command.known_asins, command.known_titles)
    found = await each.provider.series_works(wanted)
    for name in command.other_names:
        other = await each.provider.series_works(SeriesWanted(name, command.authors))
        have = {work.id for work in found.works}
        works = [*found.works, *(work for work in other.works if work.id not in have)]
        found = replace(found, works=works, cut=found.cut or other.cut)
    return found


def _short(work: CataloguedWork) -> CataloguedWork:
    """Without the description: with descriptions a long list would not fit into a message."""
    return work.model_copy(update={"description": None})
