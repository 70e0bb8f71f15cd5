from typing import Any

import httpx
import pytest
from sandbox.outcomes import Controlled
from sandbox.providers import hardcover
from sandbox.providers.hardcover.limits import Allowance
from sandbox.testing import a_record, a_world, client_of
from sandbox.world import ProviderRecord

TOKEN = "hc_pat_sandbox"
SEARCH = """query S($q: String!, $t: String!) {
  search(query: $q, query_type: $t, per_page: 20, page: 1) { error ids results }
}"""
BOOKS = """query Books($ids: [Int!]!) {
  books(where: {id: {_in: $ids}}) {
    id slug title subtitle description release_date release_year rating users_count compilation
    canonical_id literary_type_id audio_seconds cached_tags cached_image
    contributions { contribution author { id name } }
    book_series { position details featured compilation series { id name primary_books_count } }
    default_audio_edition { id asin audio_seconds release_date publisher { name } language { code3 }
      contributions { contribution author { name } } }
    book_mappings { external_id platform { name } }
  }
}"""
BY_ASIN = """query ByAsin($a: String!) {
  editions(where: {asin: {_eq: $a}}) { id book_id reading_format_id audio_seconds isbn_13 book { id title } }
}"""
SERIES = """query Series($id: Int!) {
  series(where: {id: {_eq: $id}}) {
    id name slug canonical_id is_completed books_count primary_books_count author { id name }
    book_series(
      distinct_on: position
      order_by: [{position: asc}, {book: {users_count: desc}}]
      where: {compilation: {_eq: false}, book: {canonical_id: {_is_null: true}, is_partial_book: {_eq: false}}}
    ) { position details book { id title slug release_date users_count } }
  }
}"""
AUTHOR = """query Author($id: Int!) {
  authors(where: {id: {_eq: $id}}) { id name books_count canonical_id
    contributions(where: {contributable_type: {_eq: "Book"}}, limit: 100) {
      contribution book { id title release_date canonical_id users_count } } }
}"""


def site(*records: ProviderRecord, allowance: Allowance | None = None) -> Controlled:
    world = a_world(providers={"hardcover": [each.model_dump() for each in records]})
    return hardcover.create(world, token=TOKEN, allowance=allowance)


def oz(sequence: str | None, **changes: Any) -> ProviderRecord:
    return a_record(**{"series": [{"name": "Oz", "sequence": sequence}]} | changes)


async def ask(app: Controlled, query: str, *, token: str = TOKEN, **variables: Any) -> httpx.Response:
    async with client_of(app, headers={"authorization": f"Bearer {token}"}) as http:
        return await http.post("/v1/graphql", json={"query": query, "variables": variables})


async def data(app: Controlled, query: str, **variables: Any) -> dict[str, Any]:
    answer = (await ask(app, query, **variables)).json()
    assert "errors" not in answer
    return dict(answer["data"])


async def search(app: Controlled, query: str, kind: str = "Book") -> list[dict[str, Any]]:
    found = (await data(app, SEARCH, q=query, t=kind))["search"]
    assert found["error"] is None
    return [each["document"] for each in found["results"]["hits"]]


async def test_a_search_finds_books_by_title_author_and_series_words() -> None:
    app = site(a_record())
    [book] = await search(app, "marvelous land baum")
    assert book["id"] == "1002"
    assert book["author_names"] == ["L. Frank Baum", "Tom Reed"]
    assert [(each["author"]["name"], each["contribution"]) for each in book["contributions"]] == [
        ("L. Frank Baum", None),
        ("Tom Reed", "Narrator"),
    ]
    assert (book["series_names"], book["featured_series_position"]) == (["Oz"], 2.0)
    assert await search(app, "marvelous land burroughs") == []


async def test_a_search_finds_authors_and_series_in_any_case_of_the_type() -> None:
    app = site(oz("2"), oz("1", id="1001", title="The Wonderful Wizard of Oz"))
    [author] = await search(app, "frank baum", "author")
    assert (author["name"], author["books_count"], author["series_names"]) == ("L. Frank Baum", 2, ["Oz"])
    [series] = await search(app, "oz", "SERIES")
    assert (series["author_name"], series["primary_books_count"]) == ("L. Frank Baum", 2)


async def test_a_wrong_number_of_weights_gives_an_error_and_no_ids() -> None:
    query = '{ search(query: "oz", query_type: "Book", fields: "title,isbns", weights: "1") { error ids } }'
    found = (await data(site(a_record()), query))["search"]
    assert found["ids"] is None
    assert "weights" in found["error"]


async def test_only_the_selected_fields_of_a_book_are_returned() -> None:
    app = site(a_record(genres=["Fantasy"]))
    [book] = (await data(app, BOOKS, ids=[1002]))["books"]
    assert book["default_audio_edition"]["asin"] == "B0OZ000002"
    assert book["default_audio_edition"]["language"] == {"code3": "eng"}
    assert book["audio_seconds"] == 18_000
    assert [each["contribution"] for each in book["contributions"]] == [None]
    assert [each["author"]["name"] for each in book["default_audio_edition"]["contributions"]] == [
        "L. Frank Baum",
        "Tom Reed",
    ]
    assert "users_read_count" not in book


async def test_an_edition_is_found_by_asin_or_isbn() -> None:
    app = site(a_record(), a_record(id="7", asin=None, isbn="9780000000002", format="print", narrators=[]))
    [audio] = (await data(app, BY_ASIN, a="B0OZ000002"))["editions"]
    assert (audio["book_id"], audio["reading_format_id"]) == (1002, 2)
    by_isbn = await data(app, '{ editions(where: {isbn_13: {_eq: "9780000000002"}}) { book { id } } }')
    assert by_isbn == {"editions": [{"book": {"id": 7}}]}


async def test_distinct_on_returns_one_book_for_each_position_of_a_series() -> None:
    app = site(
        oz("2"),
        oz("1", id="1", popularity=5),
        oz("1", id="2", popularity=50),
        oz("1-3", id="3", compilation=True),
        oz(None, id="4"),
    )
    [series] = await search(app, "oz", "Series")
    [series] = (await data(app, SERIES, id=int(series["id"])))["series"]
    assert series["author"]["name"] == "L. Frank Baum"
    positions = [(each["position"], each["book"]["id"]) for each in series["book_series"]]
    assert positions == [(1.0, 2), (2.0, 1002), (None, 4)]


async def test_a_compilation_has_its_first_position_and_the_range_as_details() -> None:
    [book] = (await data(site(oz("1-3", compilation=True)), BOOKS, ids=[1002]))["books"]
    [series] = book["book_series"]
    assert (series["position"], series["details"], series["compilation"]) == (1.0, "1-3", True)


async def test_the_books_of_an_author_do_not_include_narrated_books() -> None:
    app = site(a_record(), a_record(id="5", title="The Road to Oz", authors=["Ruth Roe"], narrators=["L. Frank Baum"]))
    [author] = await search(app, "baum", "Author")
    [author] = (await data(app, AUTHOR, id=int(author["id"])))["authors"]
    assert [each["book"]["id"] for each in author["contributions"]] == [1002]


async def test_lists_are_sorted_and_limited() -> None:
    app = site(*(a_record(id=str(n), popularity=n) for n in range(1, 6)))
    found = await data(app, "{ books(order_by: {users_count: desc}, limit: 2, offset: 1) { id } }")
    assert found["books"] == [{"id": 4}, {"id": 3}]


async def test_conditions_can_be_combined_and_negated() -> None:
    app = site(a_record(id="1", popularity=1), a_record(id="2", popularity=2, language="German"), a_record(id="3"))
    condition = '_or: [{users_count: {_lt: 2}}, {_not: {editions: {language: {code2: {_eq: "en"}}}}}]'
    assert await data(app, f"{{ books(where: {{{condition}}}, order_by: {{id: asc}}) {{ id }} }}") == {
        "books": [{"id": 1}, {"id": 2}]
    }


async def test_a_wrong_token_is_rejected() -> None:
    answer = await ask(site(a_record()), BOOKS, token="other", ids=[1])
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_token"})


async def test_a_token_for_the_catalogue_may_not_read_account_data() -> None:
    answer = await ask(site(), "{ me { id } }")
    assert (answer.status_code, answer.json()) == (403, {"error": "insufficient_scope", "scope": "read:me"})


@pytest.mark.parametrize(
    "query",
    [
        "{ " + " ".join(f"a{n}: books {{ id }}" for n in range(6)) + " }",
        '{ a: search(query: "x") { ids } b: search(query: "y") { ids } }',
        '{ search(query: "x") { ids } ...More } fragment More on Query { books { id } }',
    ],
)
async def test_too_many_top_level_fields_are_rejected(query: str) -> None:
    answer = await ask(site(), query)
    assert answer.status_code == 403
    assert answer.json()["errors"][0]["extensions"]["code"] == "top_level_limit_exceeded"


async def test_pattern_operators_are_disabled_in_query_and_variables() -> None:
    inside = await ask(site(), '{ books(where: {title: {_ilike: "%oz%"}}) { id } }')
    outside = await ask(site(), "query($w: books_bool_exp!) { books(where: $w) { id } }", w={"title": {"_like": "o%"}})
    for answer in (inside, outside):
        assert answer.status_code == 403
        assert answer.json()["errors"][0]["extensions"]["code"] == "unsupported_operation"


async def test_an_invalid_query_gets_200_with_errors() -> None:
    for query in ("{ books { nonsense } }", "{ books {"):
        answer = await ask(site(), query)
        assert answer.status_code == 200
        assert answer.json()["errors"]


async def test_a_body_that_is_not_a_request_gets_an_error() -> None:
    async with client_of(site(), headers={"authorization": f"Bearer {TOKEN}"}) as http:
        assert (await http.post("/v1/graphql", json=["oz"])).json() == {"error": "invalid_query"}


async def test_each_top_level_field_counts_as_a_request_in_the_headers() -> None:
    app = site(a_record())
    answer = await ask(app, "{ a: books { id } b: books { id } }")
    assert answer.headers["ratelimit"].startswith('"Free";r=8;')
    assert '"daily";r=4998;' in answer.headers["ratelimit"]


async def test_requests_beyond_the_burst_are_rejected_until_the_bucket_refills() -> None:
    now = 0.0
    app = site(a_record(), allowance=Allowance(enforced=True, burst=2, clock=lambda: now))
    assert [(await ask(app, "{ books { id } }")).status_code for _ in range(3)] == [200, 200, 429]
    rejected = await ask(app, "{ books { id } }")
    now = float(rejected.headers["retry-after"])
    assert (await ask(app, "{ books { id } }")).status_code == 200


async def test_a_missing_scope_can_be_simulated() -> None:
    app = site(a_record())
    async with client_of(app) as control:
        await control.post("/_sandbox/outcomes", json={"kind": "insufficient_scope", "times": 1})
    assert (await ask(app, BOOKS, ids=[1])).json()["error"] == "insufficient_scope"
