"""/api/quality-profiles"""

from uuid import UUID

from fastapi import APIRouter, Response
from shared.contracts.downloads.quality_profiles import (
    CreateQualityProfile,
    DeleteQualityProfile,
    GetQualityProfile,
    ListQualityProfiles,
    NewQualityProfile,
    QualityProfile,
    ReplaceQualityProfile,
    SetDefaultQualityProfile,
)

from gateway.http.dependencies import BusDep
from gateway.http.problems import problems

router = APIRouter(prefix="/api/quality-profiles", tags=["quality profiles"], responses=problems())


@router.get("", summary="List quality profiles")
async def list_quality_profiles(bus: BusDep) -> list[QualityProfile]:
    """What a release must be, and which one is preferred. The default profile comes first.

    The profile of the book applies, else that of its series, else that of an author, else the default.
    """
    return await bus.ask(ListQualityProfiles())


@router.post("", status_code=201, responses=problems(404, 409), summary="Add a quality profile")
async def create_quality_profile(bus: BusDep, response: Response, new: NewQualityProfile) -> QualityProfile:
    """Add a profile for some series, authors or books. It applies from the next decision on."""
    created = await bus.ask(CreateQualityProfile(new=new))
    response.headers["Location"] = f"/api/quality-profiles/{created.id}"
    return created


@router.get("/{profile_id}", responses=problems(404), summary="Show a quality profile")
async def get_quality_profile(bus: BusDep, profile_id: UUID) -> QualityProfile:
    """One profile, with the series, authors and books to which it is assigned."""
    return await bus.ask(GetQualityProfile(id=profile_id))


@router.put("/{profile_id}", responses=problems(404, 409), summary="Replace a quality profile")
async def replace_quality_profile(bus: BusDep, profile_id: UUID, new: NewQualityProfile) -> QualityProfile:
    """Replace everything of a profile. What is left out gets its default."""
    return await bus.ask(ReplaceQualityProfile(id=profile_id, new=new))


@router.put("/{profile_id}/default", responses=problems(404, 409), summary="Set the default quality profile")
async def set_default_quality_profile(bus: BusDep, profile_id: UUID) -> QualityProfile:
    """Make this profile the default. The former default remains as a profile that is assigned to nothing.

    Refused while the profile is assigned to a series, an author or a book.
    """
    return await bus.ask(SetDefaultQualityProfile(id=profile_id))


@router.delete("/{profile_id}", status_code=204, responses=problems(404, 409), summary="Delete a quality profile")
async def delete_quality_profile(bus: BusDep, profile_id: UUID) -> None:
    """Delete a profile. Its series, authors and books get the next specific one. The default cannot be deleted."""
    await bus.ask(DeleteQualityProfile(id=profile_id))
