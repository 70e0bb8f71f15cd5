"""How the client writes requests and reads responses."""

import datetime as dt
from uuid import UUID

import httpx
import pytest
from gapless_client import ApiProblem, Page, UnexpectedAnswer
from gapless_client.calls import Retries, problem_of, read, request_options, segment
from gapless_client.models import AuthorUpdate, BookStatus, FollowMode, Genre, Problem, Scope

BOOK = UUID("7f1f8a52-8f0b-4d5c-9c1e-2b8f6c0d4e11")


def response(status: int, content: bytes) -> httpx.Response:
    return httpx.Response(status, content=content, request=httpx.Request("GET", "http://gapless/api/genres"))


def test_parameters_are_written_as_the_api_reads_them() -> None:
    query = {
        "status": BookStatus.ACTIVE, "incomplete": True, "series_id": BOOK, "flags": ["vip", "freeleech"],
        "from": dt.date(2026, 3, 1), "sort": None,
    }  # fmt: skip
    assert request_options(query, None, None)["params"] == {
        "status": "active", "incomplete": "true", "series_id": str(BOOK), "flags": ["vip", "freeleech"],
        "from": "2026-03-01",
    }  # fmt: skip


def test_a_part_of_a_path_cannot_leave_it() -> None:
    assert segment("../system/keys?x=1") == "..%2Fsystem%2Fkeys%3Fx%3D1"


def test_only_the_fields_that_were_set_are_sent() -> None:
    options = request_options(None, AuthorUpdate(follow=FollowMode.NONE), None)
    assert options["content"] == '{"follow":"none"}'


def test_a_file_is_sent_as_it_is_and_a_header_without_a_value_is_left_out() -> None:
    options = request_options(None, b"d8:announce", {"Idempotency-Key": None})
    assert options["content"] == b"d8:announce"
    assert options["headers"] == {"Content-Type": "application/octet-stream"}


def test_a_value_and_a_field_that_a_newer_gateway_added_are_accepted() -> None:
    content = b'{"items": [{"code": "c", "title": "t", "status": 1, "new": 2}], "total": 1, "limit": 1, "offset": 0}'
    assert read(response(200, content), Page[Problem]).items[0].code == "c"
    assert Scope("read") is Scope.READ
    assert Scope("owner") == "owner"


def test_a_response_of_another_format_is_named_with_the_number_of_differences() -> None:
    with pytest.raises(UnexpectedAnswer, match=r"/api/genres: .* \(1 differences\)") as raised:
        read(response(200, b'{"name": "Fantasy"}'), list[Genre])
    assert "same version" in raised.value.remedy


def test_a_refusal_has_the_code_the_detail_and_the_remedy() -> None:
    content = b'{"code": "too_many", "title": "Too many requests", "status": 429, "detail": "60 a minute", ' \
              b'"retry_after_seconds": 7}'  # fmt: skip
    with pytest.raises(ApiProblem, match="Too many requests: 60 a minute") as raised:
        read(response(429, content), Genre)
    assert (raised.value.code, raised.value.remedy) == ("too_many", "Try again in 7 seconds")


def test_what_to_do_about_each_setting_is_the_remedy() -> None:
    faults = [{"setting": "ABS_URL", "words": "is no address", "to_do": "Give http://host:port"}]
    problem = Problem.model_validate({"code": "c", "title": "t", "status": 422, "faults": faults})
    assert ApiProblem(problem).remedy == "Give http://host:port"


def test_an_error_of_something_else_than_the_gateway_is_named_by_its_status() -> None:
    assert problem_of(response(502, b"<html>Bad Gateway</html>")).title == "HTTP 502"


@pytest.mark.parametrize(
    ("status", "service", "seconds", "again"),
    [(503, None, 60, True), (503, "metadata", 60, False), (409, None, 60, False), (503, None, 0, False)],
)
def test_a_request_is_repeated_only_while_something_is_unavailable_that_may_return(
    status: int, service: str | None, seconds: float, again: bool
) -> None:
    problem = Problem(code="c", title="t", status=status, service=service)
    assert Retries(seconds, {"metadata"}).again(problem) is again
