"""Google Books: parsing of its responses and errors, and requests to its stand-in."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from metadata.adapters.providers.google.errors import error_in, seconds_until_renewal
from metadata.adapters.providers.google.parsing import is_book, work
from metadata.adapters.providers.google.schema import Volume
from metadata.adapters.providers.google.settings import GoogleSettings, access
from metadata.domain.catalogue import SeriesWanted
from metadata.domain.ports import MetadataProvider
from sandbox.outcomes import Outcome
from sandbox.testing import a_record, a_world
from shared.chassis.errors import (
    RemoteAnsweredNonsense,
    RemoteError,
    RemoteRefusedUs,
    RemoteThrottled,
    RemoteUnavailable,
)
from shared.contracts.metadata.providers import Ability

ISBN = "9780306406157"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
OZ = {"format": "print", "isbn": ISBN}


@pytest.fixture
def made(catalogues: Callable[..., Any]) -> Callable[..., Any]:
    def of(*records: dict[str, Any], **settings: object) -> Any:
        listed = [a_record(**OZ | each) for each in records]
        return catalogues(a_world(providers={"google": listed}), providers="google:1", **settings)

    return of


def provider_of(made: Any) -> MetadataProvider:
    provider: MetadataProvider = made.registry.enabled[0].provider
    return provider


def a_volume(**changes: Any) -> Volume:
    return Volume.model_validate({"id": "gb1", "volumeInfo": {"title": "The Marvelous Land of Oz"} | changes})


BOOKS = "books.google.com/books/content?id=a"


@pytest.mark.parametrize(
    ("links", "cover"),
    [
        ({"thumbnail": f"http://{BOOKS}&zoom=1&edge=curl"}, f"https://{BOOKS}&zoom=0"),
        (
            {"thumbnail": f"http://{BOOKS}&zoom=1", "large": f"http://{BOOKS}&zoom=4&edge=curl"},
            f"https://{BOOKS}&zoom=4",
        ),
        ({"small": "http://[", "thumbnail": None}, None),
        ({"thumbnail": "no address"}, None),
        ({}, None),
        (None, None),
    ],
)
def test_the_cover_is_the_largest_picture(links: dict[str, Any] | None, cover: str | None) -> None:
    volume = Volume.model_validate({"id": "a", "volumeInfo": {"title": "Oz", "imageLinks": links}})
    assert work(volume, {}).cover == cover


@pytest.mark.parametrize(
    ("fields", "field", "read"),
    [
        ({"language": "de"}, "language", "German"),
        ({"language": "tlh"}, "language", "tlh"),
        ({"publishedDate": "1904"}, "published_year", 1904),
        ({"publishedDate": "1904-07"}, "published_year", 1904),
        ({"publishedDate": "1904-07"}, "published", None),
        ({"publishedDate": "1904-07-05"}, "published_year", 1904),
        ({"categories": ["Fiction / Fantasy / General", "Fiction / Fantasy / Epic"]}, "genres", ["Fantasy", "Epic"]),
        ({"categories": ["General"]}, "genres", []),
        ({"industryIdentifiers": [{"type": "ISBN_10", "identifier": "0306406152"}]}, "isbn", ISBN),
        ({"industryIdentifiers": [{"type": "OTHER", "identifier": ISBN}]}, "isbn", None),
        ({"authors": ["L. Frank Baum", None, "L. Frank Baum"]}, "authors", ["L. Frank Baum"]),
        ({"printType": "BOOK"}, "is_audio", False),
        ({"description": "<p>A boy &amp; a pumpkin.</p>"}, "description", "A boy &amp; a pumpkin."),
    ],
)
def test_the_fields_of_a_volume_are_parsed(fields: dict[str, Any], field: str, read: Any) -> None:
    assert getattr(work(a_volume(**fields), {}), field) == read


@pytest.mark.parametrize("fields", [{"printType": "MAGAZINE"}, {"title": None}])
def test_magazines_and_volumes_without_a_title_are_left_out(fields: dict[str, Any]) -> None:
    assert not is_book(a_volume(**fields))


@pytest.mark.parametrize(
    ("ids", "places"), [(["se1"], [("Oz", "2")]), (["se1", "se2"], [("Oz", None), ("Emerald", None)]), (["se3"], [])]
)
def test_the_printed_number_belongs_to_the_only_series(ids: list[str], places: list[tuple[str, str | None]]) -> None:
    listed = {"bookDisplayNumber": "2", "volumeSeries": [{"seriesId": each, "orderNumber": 9} for each in ids]}
    entry = work(a_volume(seriesInfo=listed), {"se1": "Oz", "se2": "Emerald"})
    assert [(each.name, each.sequence) for each in entry.series] == places


def an_error(status: int, reason: str = "", message: str = "") -> RemoteError:
    body = {"error": {"code": status, "message": message, "errors": [{"reason": reason}]}}
    return error_in(httpx.Response(status, json=body), NOON)


@pytest.mark.parametrize(
    ("status", "reason", "message", "error"),
    [
        (429, "rateLimitExceeded", "Quota exceeded for quota metric 'Queries' per minute", RemoteThrottled),
        (403, "dailyLimitExceeded", "Daily Limit Exceeded", RemoteThrottled),
        (403, "userRateLimitExceeded", "User Rate Limit Exceeded", RemoteThrottled),
        (400, "badRequest", "Quota exceeded for this key", RemoteThrottled),
        (400, "badRequest", "API key not valid. Please pass a valid API key.", RemoteRefusedUs),
        (403, "accessNotConfigured", "Books API has not been used in project 1", RemoteRefusedUs),
        (403, "unknownLocation", "Cannot determine user location", RemoteRefusedUs),
        (400, "invalid", "Bad Request", RemoteAnsweredNonsense),
    ],
)
def test_an_error_is_what_its_reason_says(status: int, reason: str, message: str, error: type[RemoteError]) -> None:
    assert type(an_error(status, reason, message)) is error


def test_an_unknown_location_names_the_setting() -> None:
    assert "GOOGLE_COUNTRY" in an_error(403, "unknownLocation", "Cannot determine user location").detail


def test_requests_pause_until_the_quota_of_the_day_is_renewed() -> None:
    error = an_error(429, "rateLimitExceeded", "Quota exceeded for limit 'Queries per day'")
    assert isinstance(error, RemoteThrottled)
    assert error.retry_after_seconds == 20 * 3600
    assert seconds_until_renewal(datetime(2026, 3, 1, 7, 30, tzinfo=UTC)) == 1800
    assert seconds_until_renewal(datetime(2026, 3, 1, 8, tzinfo=UTC)) == 86_400


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("quota", RemoteThrottled),
        ("key_refused", RemoteRefusedUs),
        ("unknown_location", RemoteRefusedUs),
        ("backend", RemoteUnavailable),
    ],
)
async def test_each_failure_of_the_site_is_its_own_error(
    made: Callable[..., Any], kind: str, error: type[RemoteError]
) -> None:
    site = made({})
    site.stand_ins["google"].outcomes.switch_on(Outcome(kind=kind))
    with pytest.raises(error):
        await provider_of(site).search("The Marvelous Land of Oz", ["L. Frank Baum"])


async def test_an_isbn_that_the_search_by_isbn_misses_is_found_by_its_digits(made: Callable[..., Any]) -> None:
    isbns = ["9780306406157", "9781402894626", "9780140449112", "9780199536566", "9780141439587", "9780486280615"]
    site = made(*({"id": f"oz{isbn}", "isbn": isbn} for isbn in isbns), google_series=False)
    for isbn in isbns:
        assert [each.isbn for each in (await provider_of(site).identified(isbn=isbn)).works] == [isbn]
    assert len(site.stand_ins["google"].outcomes.requests) > len(isbns), "the stand-in misses some"


async def test_the_name_of_a_series_is_requested_once(made: Callable[..., Any]) -> None:
    isbns = ["9780306406157", "9781402894626"]
    site = made(*({"id": isbn, "isbn": isbn} for isbn in isbns))
    for isbn in isbns:
        (entry,) = (await provider_of(site).identified(isbn=isbn)).works
        assert [(place.name, place.sequence) for place in entry.series] == [("Oz", "2")]
    paths = [each.path for each in site.stand_ins["google"].outcomes.requests]
    assert paths.count("/books/v1/series/get") == 1


async def test_every_volume_of_a_series_is_listed_from_a_known_book(made: Callable[..., Any]) -> None:
    titles = [f"Oz Story {number}" for number in range(1, 26)]
    books = [{"id": each, "title": each, "isbn": None} for each in titles]
    site = made(*books, {"id": "ix", "title": "Queen Zixi of Ix", "series": [{"name": "Ix", "sequence": "1"}]})
    wanted = SeriesWanted("The Oz Series", ["L. Frank Baum"], known_titles=["Oz Story 7"])
    found = await provider_of(site).series_works(wanted)
    assert (sorted(each.title for each in found.works), found.cut) == (sorted(titles), None)
    places = [(each.name, each.sequence) for work in found.works for each in work.series]
    assert {name for name, _ in places} == {"Oz"}
    assert {sequence for _, sequence in places} == {"2", None}, "a page does not say the place of every volume"


@pytest.mark.parametrize(
    "wanted",
    [
        SeriesWanted("Ix", ["L. Frank Baum"], known_titles=["The Marvelous Land of Oz"]),
        SeriesWanted("Oz", ["Jane Austen"], known_titles=["The Marvelous Land of Oz"]),
        SeriesWanted("Highbury", ["Jane Austen"]),
    ],
)
async def test_a_series_of_another_name_or_author_is_not_listed(made: Callable[..., Any], wanted: SeriesWanted) -> None:
    assert (await provider_of(made({})).series_works(wanted)).works == []


async def test_without_the_setting_no_series_is_listed(made: Callable[..., Any]) -> None:
    assert Ability.SERIES not in provider_of(made({}, google_series=False)).abilities
    assert Ability.SERIES in provider_of(made({})).abilities


async def test_the_key_is_in_no_address(made: Callable[..., Any]) -> None:
    site = made({})
    await provider_of(site).search("The Marvelous Land of Oz", ["L. Frank Baum"])
    assert "sandbox-google-key" not in site.stand_ins["google"].outcomes.requests[0].query


def test_without_a_key_it_is_used_only_if_a_setting_says_so() -> None:
    assert access(GoogleSettings()).lacks == "GOOGLE_KEY is not set"
    assert access(GoogleSettings(google_key=" ")).lacks is not None
    assert access(GoogleSettings(google_without_key=True)).lacks is None
    assert access(GoogleSettings(google_key="a-key")).lacks is None
