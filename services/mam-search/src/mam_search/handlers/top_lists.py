"""Shows the top lists of a week, with what the library knows of each book."""

from time import monotonic

from shared.chassis.errors import NotFound, Refused, RemoteError
from shared.contracts.mam.top_lists import Genre, GetWeeklyTopLists, TopList, TopListEntry, WeeklyTopLists
from shared.contracts.translatable import numbered, translatables
from shared.translatable import about, translatable

from mam_search.domain.genres import genre_name, genres
from mam_search.domain.top_list import listed_work
from mam_search.domain.top_list_ports import GenreStore, Library
from mam_search.workflow.top_list_reader import TopListReader

READ_UNTIL_SECONDS = 20.0
"""No list is read after this time; the stored ones are shown instead. A request may wait for half a minute."""
MOST_LOOKED_UP = 500

_NO_TIME = translatable("untold.no_time", "there was no time to read it; call again")


class GetWeeklyTopListsHandler:
    """Answers `GetWeeklyTopLists`."""

    def __init__(self, reader: TopListReader, genre_store: GenreStore, library: Library) -> None:
        self._reader = reader
        self._genres = genre_store
        self._library = library

    async def get(self, request: GetWeeklyTopLists) -> WeeklyTopLists:
        """The lists of the enabled genres, or of one genre. What fails is a problem of the answer.

        Raises `NotFound` if there is no such genre.
        """
        answer = WeeklyTopLists()
        read_until = monotonic() + READ_UNTIL_SECONDS
        for genre in await self._chosen(request.genre):
            for source in self._reader.sources:
                found = await self._reader.stored(genre, source)
                try:
                    if monotonic() < read_until:
                        found = await self._reader.read(
                            genre, source, max_age_seconds=request.max_age_seconds, person_waits=True
                        )
                    elif found is None:
                        answer.problems.append(about(genre.name, _NO_TIME))
                except RemoteError as error:
                    answer.problems.append(about(genre.name, error.detail))
                if found is not None:
                    answer.lists.append(found)
        shown = await self._with_states(answer)
        return shown.model_copy(update={"translatable": translatables(**numbered("problems", shown.problems))})

    async def _chosen(self, name: str | None) -> list[Genre]:
        every = genres(await self._genres.all())
        if name is None:
            return [genre for genre in every if genre.enabled]
        known = genre_name(name)
        if known is None:
            raise NotFound(f"there is no genre {name!r}; GET /api/genres lists them")
        return [genre for genre in every if genre.name == known]

    async def _with_states(self, answer: WeeklyTopLists) -> WeeklyTopLists:
        """The lists with the state of each book, from one request to the library."""
        entries = [entry for each in answer.lists for entry in each.entries if entry.authors][:MOST_LOOKED_UP]
        if not entries:
            return answer
        try:
            known = await self._library.look_up([listed_work(entry) for entry in entries])
        except (RemoteError, Refused) as error:
            words = f"what the library knows is unknown: {error.detail}"
            answer.problems.append(translatable("untold.library", words, why=error.detail))
            return answer
        states = {
            id(entry): entry.model_copy(
                update={
                    "state": found.state,
                    "state_because": found.words,
                    "book_id": str(found.book_id) if found.book_id else None,
                    "missing_book_id": str(found.missing_book_id) if found.missing_book_id else None,
                }
            )
            for entry, found in zip(entries, known, strict=True)
        }
        return WeeklyTopLists(lists=[_shown(each, states) for each in answer.lists], problems=answer.problems)


def _shown(top_list: TopList, states: dict[int, TopListEntry]) -> TopList:
    entries = [states.get(id(entry), entry) for entry in top_list.entries]
    return top_list.model_copy(update={"entries": entries})
