"""Quality profiles: stored, assigned, and applied to the decisions."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest
from downloader.domain.quality_profile import Scope
from downloader.domain.refusals import DefaultProfile, NameTaken
from shared.chassis.errors import NotFound, RemoteUnavailable, ServiceUnavailable
from shared.contracts.downloads.candidates import JudgedRelease, ListCandidates, RuleReason, Verdict
from shared.contracts.downloads.commands import SearchForDownload
from shared.contracts.downloads.downloads import DownloadStatus, ErrorType
from shared.contracts.downloads.interactive_search import FoundReleases, SearchReleases
from shared.contracts.downloads.quality_profiles import (
    Assigned,
    CreateQualityProfile,
    DeleteQualityProfile,
    GetQualityProfile,
    ListQualityProfiles,
    NewQualityProfile,
    ProfileRules,
    QualityProfile,
    ReplaceQualityProfile,
    SetDefaultQualityProfile,
)
from shared.contracts.library.missing_books import MissingBook

from .conftest import Bench

Make = Callable[..., Any]
OZ = uuid4()


async def create(bench: Bench, name: str = "Only M4B", **fields: Any) -> QualityProfile:
    """Add a profile. Its series, authors and books are known to the library by the name "Oz"."""
    for scope, ids in ((Scope.SERIES, "series_ids"), (Scope.AUTHOR, "author_ids"), (Scope.BOOK, "book_ids")):
        bench.library.names |= {(scope, each): "Oz" for each in fields.get(ids, [])}
    new = NewQualityProfile.model_validate({"name": name, "formats": ["m4b"], "only_formats": True} | fields)
    return await bench.quality_profiles.create(CreateQualityProfile(new=new))


async def names(bench: Bench) -> list[str]:
    return [each.name for each in await bench.quality_profiles.list_profiles(ListQualityProfiles())]


async def searched(bench: Bench, book: MissingBook) -> FoundReleases:
    bench.library.missing = [book]
    return await bench.search_releases.search(SearchReleases(missing_book_id=book.id))


def lasting_reasons(releases: Sequence[JudgedRelease]) -> dict[str, list[RuleReason]]:
    """The reasons by release, without those about the account and the disk."""
    return {each.release.id: [one for one in each.reasons if not one.temporary] for each in releases}


async def test_the_default_profile_has_the_default_rules_and_cannot_be_deleted(bench: Bench) -> None:
    (default,) = await bench.quality_profiles.list_profiles(ListQualityProfiles())

    assert default.is_default
    assert ProfileRules(**default.model_dump(include=set(ProfileRules.model_fields))) == ProfileRules()
    with pytest.raises(DefaultProfile):
        await bench.quality_profiles.delete(DeleteQualityProfile(id=default.id))
    bench.library.names[Scope.SERIES, OZ] = "Oz"
    new = NewQualityProfile(name="Default", series_ids=[OZ])
    with pytest.raises(DefaultProfile):
        await bench.quality_profiles.replace(ReplaceQualityProfile(id=default.id, new=new))


async def test_a_profile_is_added_replaced_and_deleted(bench: Bench) -> None:
    profile = await create(bench, series_ids=[OZ], min_seeders=3)
    assert (profile.series, profile.min_seeders, profile.is_default) == ([Assigned(id=OZ, name="Oz")], 3, False)

    new = NewQualityProfile(name="Any format", delay_hours=12.0)
    replaced = await bench.quality_profiles.replace(ReplaceQualityProfile(id=profile.id, new=new))

    assert (replaced.name, replaced.series, replaced.min_seeders, replaced.delay_hours) == ("Any format", [], 1, 12.0)
    assert await bench.quality_profiles.get_profile(GetQualityProfile(id=profile.id)) == replaced
    assert await names(bench) == ["Default", "Any format"]
    await bench.quality_profiles.delete(DeleteQualityProfile(id=profile.id))
    assert await names(bench) == ["Default"]
    with pytest.raises(NotFound):
        await bench.quality_profiles.get_profile(GetQualityProfile(id=profile.id))


async def test_another_profile_becomes_the_default_and_applies_to_books_without_one(
    bench: Bench, a_missing_book: Make
) -> None:
    (former,) = await bench.quality_profiles.list_profiles(ListQualityProfiles())
    chosen = await create(bench)

    answer = await bench.quality_profiles.set_default(SetDefaultQualityProfile(id=chosen.id))

    assert answer.is_default
    shown = await bench.quality_profiles.list_profiles(ListQualityProfiles())
    assert [(each.id, each.is_default) for each in shown] == [(chosen.id, True), (former.id, False)]
    assert (await searched(bench, a_missing_book())).quality_profile == chosen.name
    assert (await bench.quality_profiles.set_default(SetDefaultQualityProfile(id=chosen.id))).is_default
    with pytest.raises(DefaultProfile):
        await bench.quality_profiles.delete(DeleteQualityProfile(id=chosen.id))
    await bench.quality_profiles.delete(DeleteQualityProfile(id=former.id))


async def test_an_assigned_profile_does_not_become_the_default(bench: Bench) -> None:
    assigned = await create(bench, series_ids=[OZ])
    with pytest.raises(DefaultProfile, match="assigned to 1"):
        await bench.quality_profiles.set_default(SetDefaultQualityProfile(id=assigned.id))
    with pytest.raises(NotFound):
        await bench.quality_profiles.set_default(SetDefaultQualityProfile(id=uuid4()))
    assert (await names(bench))[0] == "Default"


async def test_a_name_is_used_once(bench: Bench) -> None:
    await create(bench, "One")
    two = await create(bench, "Two")

    with pytest.raises(NameTaken):
        await create(bench, "One")
    with pytest.raises(NameTaken):
        await bench.quality_profiles.replace(ReplaceQualityProfile(id=two.id, new=NewQualityProfile(name="One")))


async def test_an_unknown_series_is_refused_and_an_unavailable_library_is_named(bench: Bench) -> None:
    new = NewQualityProfile(name="For nothing", series_ids=[uuid4()])
    with pytest.raises(NotFound, match="there is no series"):
        await bench.quality_profiles.create(CreateQualityProfile(new=new))
    bench.library.error = RemoteUnavailable("library", "not running")
    with pytest.raises(ServiceUnavailable):
        await create(bench, author_ids=[uuid4()])
    assert await names(bench) == ["Default"]


async def test_a_series_assigned_to_a_second_profile_is_taken_from_the_first(bench: Bench) -> None:
    first = await create(bench, "First", series_ids=[OZ])
    await create(bench, "Second", series_ids=[OZ])

    assert (await bench.quality_profiles.get_profile(GetQualityProfile(id=first.id))).series == []


@pytest.mark.parametrize(
    ("assigned_to", "book", "expected"),
    [
        ((), {}, "Default"),
        (("author_ids",), {}, "author_ids"),
        (("author_ids", "series_ids"), {}, "series_ids"),
        (("author_ids", "series_ids", "book_ids"), {}, "book_ids"),
        (("series_ids",), {"series_id": None}, "Default"),
        (("series_ids",), {"series_id": None, "series": "OZ"}, "series_ids"),
        (("author_ids",), {"author_id": None, "authors": ["W. W. Denslow", "oz"]}, "author_ids"),
    ],
)
async def test_the_most_specific_profile_judges_the_releases(
    bench: Bench, a_missing_book: Make, assigned_to: tuple[str, ...], book: dict[str, Any], expected: str
) -> None:
    ids = {"series_id": uuid4(), "author_id": uuid4()}
    wanted = a_missing_book(**({"series": "The Books of Oz"} | ids | book))
    targets = {"book_ids": wanted.id, "series_ids": ids["series_id"], "author_ids": ids["author_id"]}
    for scope in assigned_to:
        await create(bench, scope, **{scope: [targets[scope]]})

    assert (await searched(bench, wanted)).quality_profile == expected


async def test_a_search_and_the_stored_decision_judge_by_the_same_profile(
    bench: Bench, stored: Make, a_missing_book: Make, a_release: Make
) -> None:
    book = a_missing_book(series_id=OZ)
    await create(bench, series_ids=[OZ], min_seeders=5, forbidden_words=["virtual voice"])
    bench.mam.releases = [
        a_release(id="1", filetype="mp3"),
        a_release(id="2", seeders=4),
        a_release(id="3", tags="Virtual Voice"),
    ]

    found = await searched(bench, book)
    download_id = await stored(book)
    await bench.search_for_download.search(SearchForDownload(download_id=download_id))

    page = await bench.list_downloads.list_candidates(ListCandidates(download_id=download_id))
    assert lasting_reasons(page.items) == lasting_reasons(found.releases)
    against = {each.release.id: [one.rule for one in each.reasons if one.weight < 0] for each in page.items}
    assert against == {"1": ["format"], "2": ["seeders"], "3": ["forbidden words"]}
    assert (await bench.download(download_id)).error_type is ErrorType.NO_RELEASE


async def test_each_reason_says_what_was_found_what_is_wanted_and_whether_it_may_differ_soon(
    bench: Bench, a_missing_book: Make, a_release: Make
) -> None:
    bench.mam.releases = [a_release()]
    bench.account.unsatisfied = 100

    (release,) = (await searched(bench, a_missing_book())).releases

    reasons = {each.rule: each for each in release.reasons}
    standing, seeders = reasons["standing"], reasons["seeders"]
    assert (standing.verdict, standing.temporary, standing.got) == (
        Verdict.REJECTED, True, "100 unsatisfied torrents of 100",
    )  # fmt: skip
    assert (seeders.verdict, seeders.temporary) == (Verdict.ACCEPTED, False)
    assert (seeders.got, seeders.want) == ("12 seeders", "at least 1")


async def test_each_release_shows_what_a_grab_costs(bench: Bench, a_missing_book: Make, a_release: Make) -> None:
    bench.mam.releases = [a_release(id="1"), a_release(id="2", freeleech=True)]

    costs = {each.release.id: each.cost for each in (await searched(bench, a_missing_book())).releases}

    paid, free = costs["1"], costs["2"]
    assert paid is not None
    assert free is not None
    assert (paid.slots, paid.slots_left, paid.paid_bytes, paid.ratio_after, paid.wedge) == (
        1, 88, 144_000_000, 4.1, False,
    )  # fmt: skip
    assert free.paid_bytes == 0


async def test_a_doubtful_candidate_shows_its_cost_although_the_account_allows_nothing_now(
    bench: Bench, stored: Make, a_release: Make
) -> None:
    bench.account.unsatisfied = 100
    bench.mam.releases = [a_release(snatched_before=True)]
    download_id = await stored()

    await bench.search_for_download.search(SearchForDownload(download_id=download_id))

    (candidate,) = (await bench.list_downloads.list_candidates(ListCandidates(download_id=download_id))).items
    assert candidate.verdict is Verdict.DOUBTFUL
    assert candidate.cost is not None
    assert candidate.cost.slots_left == 0


@pytest.mark.parametrize(
    ("rule", "accepted"), [("any", ["1", "2", "3"]), ("prefer", ["2", "3", "1"]), ("require", ["2"])]
)
async def test_the_narrator_of_the_series_is_kept(
    bench: Bench, a_missing_book: Make, a_release: Make, rule: str, accepted: list[str]
) -> None:
    book = a_missing_book(series_id=OZ)
    bench.library.narrators = {OZ: "Anna Reader"}
    await create(bench, series_ids=[OZ], series_narrator=rule)
    bench.mam.releases = [
        a_release(id="1", narrators=["Tom Reed"], seeders=60),
        a_release(id="2", narrators=["Anna Reader"], seeders=10),
        a_release(id="3", narrators=[], seeders=5),
    ]

    found = await searched(bench, book)

    assert [each.release.id for each in found.releases if each.verdict is Verdict.ACCEPTED] == accepted


async def test_a_search_is_deferred_while_the_required_narrator_of_the_series_cannot_be_read(
    bench: Bench, stored: Make, a_missing_book: Make, a_release: Make
) -> None:
    await create(bench, series_ids=[OZ], series_narrator="require")
    bench.mam.releases = [a_release()]
    download_id = await stored(a_missing_book(series_id=OZ))
    bench.library.error = RemoteUnavailable("library", "not running")

    await bench.search_for_download.search(SearchForDownload(download_id=download_id))

    deferred = await bench.download(download_id)
    assert (deferred.status, deferred.error_type) == (DownloadStatus.QUEUED, ErrorType.NETWORK)
    assert "narrator of the series" in (deferred.error or "")
    assert bench.mam.searches == 0


async def test_the_id_of_a_profile_that_does_not_exist_is_not_found(bench: Bench) -> None:
    unknown: UUID = uuid4()
    for request in (
        bench.quality_profiles.delete(DeleteQualityProfile(id=unknown)),
        bench.quality_profiles.replace(ReplaceQualityProfile(id=unknown, new=NewQualityProfile(name="New"))),
    ):
        with pytest.raises(NotFound):
            await request
