import httpx
import pytest
from sandbox.outcomes import Controlled, Outcomes, controlled
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

ANSWER = {"books": ["The Marvelous Land of Oz"]}


def stand_in(outcomes: Outcomes | None = None) -> Controlled:
    async def books(_: Request) -> JSONResponse:
        return JSONResponse(ANSWER)

    return controlled(Starlette(routes=[Route("/books", books), Route("/shelf", books)]), outcomes=outcomes)


def client(app: Controlled) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://stand-in")


@pytest.mark.parametrize(
    ("kind", "status"),
    [("away", 503), ("unauthorized", 401), ("forbidden", 403), ("throttled", 429), ("broken", 500)],
)
async def test_a_failure_answers_with_its_status_the_given_number_of_times(kind: str, status: int) -> None:
    async with client(stand_in()) as http:
        await http.post("/_sandbox/outcomes", json={"kind": kind, "path": "/books", "times": 2})
        assert [(await http.get("/books")).status_code for _ in range(3)] == [status, status, 200]


async def test_a_failure_without_times_applies_until_it_is_cleared() -> None:
    async with client(stand_in()) as http:
        await http.post("/_sandbox/outcomes", json={"kind": "broken"})
        assert {(await http.get("/books")).status_code for _ in range(5)} == {500}
        await http.delete("/_sandbox/outcomes")
        assert (await http.get("/books")).json() == ANSWER


async def test_a_failure_applies_only_to_its_path_and_method() -> None:
    async with client(stand_in()) as http:
        await http.post("/_sandbox/outcomes", json={"kind": "broken", "path": "/b*"})
        await http.post("/_sandbox/outcomes", json={"kind": "broken", "path": "/shelf", "method": "POST"})
        assert (await http.get("/shelf")).status_code == 200
        assert (await http.get("/books")).status_code == 500


async def test_a_throttled_answer_says_how_long_to_wait() -> None:
    async with client(stand_in()) as http:
        await http.post("/_sandbox/outcomes", json={"kind": "throttled", "retry_after_seconds": 7})
        assert (await http.get("/books")).headers["retry-after"] == "7"


async def test_half_an_answer_is_the_real_answer_cut_off_in_the_middle() -> None:
    async with client(stand_in()) as http:
        whole = (await http.get("/books")).content
        await http.post("/_sandbox/outcomes", json={"kind": "half", "times": 1})
        assert (await http.get("/books")).content == whole[: len(whole) // 2]


async def test_html_and_empty_answers_come_with_status_200() -> None:
    async with client(stand_in()) as http:
        await http.post("/_sandbox/outcomes", json={"kind": "html", "times": 1})
        await http.post("/_sandbox/outcomes", json={"kind": "empty", "times": 1})
        html, empty = await http.get("/books"), await http.get("/books")
    assert (html.status_code, html.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert (empty.status_code, empty.content) == (200, b"")


async def test_a_slow_answer_is_delayed_but_unchanged() -> None:
    async with client(stand_in()) as http:
        await http.post("/_sandbox/outcomes", json={"kind": "slow", "delay_seconds": 0.05})
        answer = await http.get("/books")
    assert answer.json() == ANSWER
    assert answer.elapsed.total_seconds() >= 0.05


async def test_every_request_is_logged_except_those_to_the_control_api() -> None:
    async with client(stand_in()) as http:
        await http.post("/_sandbox/outcomes", json={"kind": "forbidden", "times": 1})
        await http.get("/books", params={"page": 1})
        await http.get("/nowhere")
        log = (await http.get("/_sandbox/requests")).json()
        assert [(r["method"], r["path"], r["query"], r["status"]) for r in log] == [
            ("GET", "/books", "page=1", 403),
            ("GET", "/nowhere", "", 404),
        ]
        assert (await http.get("/_sandbox/requests/number")).json() == {"requests": 2}
        assert (await http.delete("/_sandbox/requests")).json() == []
        assert (await http.get("/_sandbox/requests/number")).json() == {"requests": 0}


async def test_requests_are_counted_beyond_the_length_of_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.outcomes.MAX_REQUESTS_LOGGED", 2)
    async with client(stand_in()) as http:
        for _ in range(3):
            await http.get("/books")
        assert len((await http.get("/_sandbox/requests")).json()) == 2
        assert (await http.get("/_sandbox/requests/number")).json() == {"requests": 3}


async def test_an_unknown_kind_is_rejected_and_the_known_kinds_are_listed() -> None:
    async with client(stand_in()) as http:
        answer = await http.post("/_sandbox/outcomes", json={"kind": "sleepy"})
    assert answer.status_code == 422
    assert "sleepy" in answer.text
    assert "throttled" in answer.text


async def test_a_specific_kind_of_failure_is_left_to_the_stand_in() -> None:
    outcomes = Outcomes(frozenset({"vanished"}))
    async with client(stand_in(outcomes)) as http:
        await http.post("/_sandbox/outcomes", json={"kind": "vanished", "path": "abc*", "times": 1})
        assert (await http.get("/books")).status_code == 200
    assert outcomes.take("vanished", "xyz") is None
    assert outcomes.take("vanished", "abcdef") is not None
    assert outcomes.take("vanished", "abcdef") is None
