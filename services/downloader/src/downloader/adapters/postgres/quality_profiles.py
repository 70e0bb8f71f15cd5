"""Quality profiles in Postgres."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from shared.books.text.titles import fold
from shared.contracts.downloads.quality_profiles import Assigned, NewQualityProfile, ProfileRules, QualityProfile
from shared.contracts.library.missing_books import MissingBook
from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from downloader.adapters.postgres.tables import AssignmentRow, ProfileRow
from downloader.domain.quality_profile import DEFAULT_PROFILE, AppliedProfile, Assignment, Scope, most_specific


class QualityProfiles:
    """The profiles, and what they are assigned to."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self) -> list[QualityProfile]:
        """Every profile, the default first, then by name."""
        rows = await self._session.scalars(
            select(ProfileRow).order_by(ProfileRow.is_default.desc(), func.lower(ProfileRow.name), ProfileRow.id)
        )
        return await self._shown(rows.all())

    async def get(self, profile_id: UUID) -> QualityProfile | None:
        """One profile, locked until the transaction ends, or None."""
        rows = await self._session.scalars(select(ProfileRow).where(ProfileRow.id == profile_id).with_for_update())
        shown = await self._shown(rows.all())
        return shown[0] if shown else None

    async def of(self, wanted: MissingBook) -> AppliedProfile:
        """The profile that applies to a book."""
        query = (
            select(ProfileRow.is_default, ProfileRow.name, ProfileRow.rules, AssignmentRow.scope)
            .outerjoin(AssignmentRow, AssignmentRow.profile_id == ProfileRow.id)
            .where(or_(ProfileRow.is_default, *_assigned_to(wanted)))
            .order_by(ProfileRow.name)
        )
        default, found = DEFAULT_PROFILE, []
        for is_default, name, rules, scope in await self._session.execute(query):
            profile = AppliedProfile(name, ProfileRules.model_validate(rules))
            if is_default:
                default = profile
            else:
                found.append((Scope(scope), profile))
        return most_specific(found, default)

    async def named(self, name: str) -> UUID | None:
        """The id of the profile with this name, or None."""
        found: UUID | None = await self._session.scalar(select(ProfileRow.id).where(ProfileRow.name == name))
        return found

    async def add(self, new: NewQualityProfile, assignments: Sequence[Assignment], now: datetime) -> UUID | None:
        """Store a profile and return its id; None if another one has the name."""
        row = {"name": new.name, "rules": _rules(new), "created_at": now, "updated_at": now}
        stored: UUID | None = await self._session.scalar(
            insert(ProfileRow).values(row).on_conflict_do_nothing(index_elements=["name"]).returning(ProfileRow.id)
        )
        if stored is not None:
            await self._assign(stored, assignments)
        return stored

    async def replace(
        self, profile_id: UUID, new: NewQualityProfile, assignments: Sequence[Assignment], now: datetime
    ) -> None:
        """Replace everything of a profile."""
        await self._session.execute(
            update(ProfileRow)
            .where(ProfileRow.id == profile_id)
            .values(name=new.name, rules=_rules(new), updated_at=now)
        )
        await self._session.execute(delete(AssignmentRow).where(AssignmentRow.profile_id == profile_id))
        await self._assign(profile_id, assignments)

    async def make_default(self, profile_id: UUID, now: datetime) -> None:
        """Make a profile the default instead of the present one."""
        former = update(ProfileRow).where(ProfileRow.is_default, ProfileRow.id != profile_id)
        await self._session.execute(former.values(is_default=False, updated_at=now))
        chosen = update(ProfileRow).where(ProfileRow.id == profile_id)
        await self._session.execute(chosen.values(is_default=True, updated_at=now))

    async def remove(self, profile_id: UUID) -> None:
        """Delete a profile and its assignments."""
        await self._session.execute(delete(ProfileRow).where(ProfileRow.id == profile_id))

    async def known(self, ids: Sequence[UUID]) -> list[Assignment]:
        """The stored assignments of these ids."""
        rows = await self._session.scalars(select(AssignmentRow).where(AssignmentRow.target_id.in_(ids)))
        return [Assignment(Scope(row.scope), row.target_id, row.name) for row in rows]

    async def _assign(self, profile_id: UUID, assignments: Sequence[Assignment]) -> None:
        if not assignments:
            return
        values = [
            {
                "scope": each.scope.value,
                "target_id": each.id,
                "name": each.name,
                "folded_name": fold(each.name),
                "profile_id": profile_id,
            }
            for each in sorted(set(assignments), key=lambda each: (each.scope, each.id))
        ]
        statement = insert(AssignmentRow).values(values)
        fresh = {name: statement.excluded[name] for name in ("name", "folded_name", "profile_id")}
        await self._session.execute(statement.on_conflict_do_update(index_elements=["scope", "target_id"], set_=fresh))

    async def _shown(self, rows: Sequence[ProfileRow]) -> list[QualityProfile]:
        found = await self._session.scalars(
            select(AssignmentRow)
            .where(AssignmentRow.profile_id.in_([row.id for row in rows]))
            .order_by(AssignmentRow.folded_name, AssignmentRow.target_id)
        )
        assigned: dict[tuple[UUID, str], list[Assigned]] = {}
        for each in found:
            assigned.setdefault((each.profile_id, each.scope), []).append(Assigned(id=each.target_id, name=each.name))
        return [
            QualityProfile(
                **ProfileRules.model_validate(row.rules).model_dump(),
                id=row.id,
                name=row.name,
                is_default=row.is_default,
                series=assigned.get((row.id, Scope.SERIES.value), []),
                authors=assigned.get((row.id, Scope.AUTHOR.value), []),
                books=assigned.get((row.id, Scope.BOOK.value), []),
                created_at=row.created_at,
                updated_at=row.updated_at,
            )
            for row in rows
        ]


def _rules(new: NewQualityProfile) -> dict[str, object]:
    """Only what differs from the defaults, so that a changed default applies to every profile."""
    names = set(ProfileRules.model_fields)
    return new.model_dump(mode="json", include=names, exclude_defaults=True)


def _assigned_to(wanted: MissingBook) -> list[ColumnElement[bool]]:
    """A series is recognised by its name only if its id is unknown; an author by the name, because co-authors have no
    id in a missing book."""
    scope, target, name = AssignmentRow.scope, AssignmentRow.target_id, AssignmentRow.folded_name
    found: list[ColumnElement[bool]] = [
        and_(scope == Scope.BOOK.value, target.in_([each for each in (wanted.id, wanted.book_id) if each]))
    ]
    if wanted.series_id is not None:
        found.append(and_(scope == Scope.SERIES.value, target == wanted.series_id))
    elif wanted.series:
        found.append(and_(scope == Scope.SERIES.value, name == fold(wanted.series)))
    by_author: list[ColumnElement[bool]] = [name.in_([folded for author in wanted.authors if (folded := fold(author))])]
    if wanted.author_id is not None:
        by_author.append(target == wanted.author_id)
    found.append(and_(scope == Scope.AUTHOR.value, or_(*by_author)))
    return found
