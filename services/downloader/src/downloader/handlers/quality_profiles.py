"""Lists, adds, replaces and deletes quality profiles."""

from collections.abc import Sequence
from uuid import UUID

from shared.chassis.errors import NotFound, RemoteError, ServiceUnavailable
from shared.contracts.downloads.quality_profiles import (
    MAX_PROFILES,
    CreateQualityProfile,
    DeleteQualityProfile,
    GetQualityProfile,
    ListQualityProfiles,
    NewQualityProfile,
    QualityProfile,
    ReplaceQualityProfile,
    SetDefaultQualityProfile,
)
from shared.translatable import translatable

from downloader.domain.ports import Clock, DownloadsTransaction, Library, Transactions
from downloader.domain.quality_profile import Assignment, Scope
from downloader.domain.refusals import DefaultProfile, NameTaken, TooMany


class QualityProfileHandlers:
    """Handles `ListQualityProfiles`, `GetQualityProfile` and the requests that change profiles.

    A changed profile applies from the next decision on. Raises `ServiceUnavailable` if the name of a new series, author
    or book cannot be read from the library scanner.
    """

    def __init__(self, transaction: Transactions, library: Library, clock: Clock) -> None:
        self._transaction = transaction
        self._library = library
        self._clock = clock

    async def list_profiles(self, _request: ListQualityProfiles) -> list[QualityProfile]:
        """Every profile, the default first."""
        async with self._transaction() as tx:
            return await tx.quality_profiles.all()

    async def get_profile(self, request: GetQualityProfile) -> QualityProfile:
        """One profile. Raises `NotFound`."""
        async with self._transaction() as tx:
            return await _load(tx, request.id)

    async def create(self, request: CreateQualityProfile) -> QualityProfile:
        """Add a profile. Raises `NameTaken`, `TooMany`, and `NotFound` for an unknown series, author or book."""
        assignments = await self._assignments(request.new)
        async with self._transaction() as tx:
            if len(await tx.quality_profiles.all()) >= MAX_PROFILES:
                raise TooMany(f"there are {MAX_PROFILES} quality profiles: delete one first")
            profile_id = await tx.quality_profiles.add(request.new, assignments, self._clock.now())
            if profile_id is None:
                raise NameTaken(
                    translatable(
                        "refused.profile_name",
                        f"another quality profile has the name “{request.new.name}”",
                        name=request.new.name,
                    )
                )
            return await _load(tx, profile_id)

    async def replace(self, request: ReplaceQualityProfile) -> QualityProfile:
        """Replace everything of a profile. Raises `NotFound`, `NameTaken` and `DefaultProfile`."""
        assignments = await self._assignments(request.new)
        async with self._transaction() as tx:
            before = await _load(tx, request.id)
            if before.is_default and assignments:
                raise DefaultProfile(
                    translatable(
                        "refused.default_assigns",
                        "the default profile applies to every book without another one: assign no books",
                    )
                )
            if await tx.quality_profiles.named(request.new.name) not in (None, request.id):
                raise NameTaken(
                    translatable(
                        "refused.profile_name",
                        f"another quality profile has the name “{request.new.name}”",
                        name=request.new.name,
                    )
                )
            await tx.quality_profiles.replace(request.id, request.new, assignments, self._clock.now())
            return await _load(tx, request.id)

    async def set_default(self, request: SetDefaultQualityProfile) -> QualityProfile:
        """Make a profile the default, and return it. Raises `NotFound`, and `DefaultProfile` if it is assigned."""
        async with self._transaction() as tx:
            profile = await _load(tx, request.id)
            assigned = len(profile.series) + len(profile.authors) + len(profile.books)
            if assigned and not profile.is_default:
                raise DefaultProfile(
                    translatable(
                        "refused.assigned_profile",
                        f"“{profile.name}” is assigned to {assigned} series, authors or books; remove them first,"
                        " because the default profile applies to every book without another one",
                        name=profile.name,
                        assigned=assigned,
                    )
                )
            if not profile.is_default:
                await tx.quality_profiles.make_default(request.id, self._clock.now())
            return await _load(tx, request.id)

    async def delete(self, request: DeleteQualityProfile) -> QualityProfile:
        """Delete a profile and return it. Raises `NotFound` and `DefaultProfile`."""
        async with self._transaction() as tx:
            profile = await _load(tx, request.id)
            if profile.is_default:
                raise DefaultProfile(
                    translatable(
                        "refused.default_profile", "the default profile cannot be deleted; its rules can be changed"
                    )
                )
            await tx.quality_profiles.remove(request.id)
        return profile

    async def _assignments(self, new: NewQualityProfile) -> list[Assignment]:
        """What the profile is assigned to, with names. Only names that are not stored yet are requested."""
        scopes = ((Scope.SERIES, new.series_ids), (Scope.AUTHOR, new.author_ids), (Scope.BOOK, new.book_ids))
        async with self._transaction() as tx:
            known = await tx.quality_profiles.known([each for _, ids in scopes for each in ids])
        named = {(each.scope, each.id): each for each in known}
        return [
            named.get((scope, each)) or Assignment(scope, each, await self._name(scope, each))
            for scope, ids in scopes
            for each in _distinct(ids)
        ]

    async def _name(self, scope: Scope, target_id: UUID) -> str:
        try:
            name = await self._library.name_of(scope, target_id)
        except RemoteError as error:
            raise ServiceUnavailable("library-scanner", error.detail) from error
        if name is None:
            raise NotFound(f"there is no {scope} {target_id}")
        return name


def _distinct(ids: Sequence[UUID]) -> list[UUID]:
    return list(dict.fromkeys(ids))


async def _load(tx: DownloadsTransaction, profile_id: UUID) -> QualityProfile:
    profile = await tx.quality_profiles.get(profile_id)
    if profile is None:
        raise NotFound(
            translatable("refused.no_profile", f"there is no quality profile {profile_id}", id=str(profile_id))
        )
    return profile
