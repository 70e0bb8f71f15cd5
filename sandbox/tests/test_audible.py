from typing import Any

import httpx
import pytest
from sandbox.outcomes import Controlled
from sandbox.providers import audible
from sandbox.testing import a_record, a_world, client_of
from sandbox.world import ProviderRecord

PRODUCTS = "/1.0/catalog/products"
GROUPS = "product_attrs,product_desc,contributors,series"


def site(*records: ProviderRecord) -> Controlled:
    return audible.create(a_world(providers={"audible": [each.model_dump() for each in records]}))


def oz(sequence: str, **changes: Any) -> ProviderRecord:
    number = int(float(sequence) * 10)
    return a_record(
        **{"id": f"oz{number}", "asin": f"B0OZ{number:06}", "series": [{"name": "Oz", "sequence": sequence}]} | changes
    )


async def ask(app: Controlled, path: str = PRODUCTS, **params: Any) -> httpx.Response:
    async with client_of(app) as http:
        return await http.get(path, params=params)


async def found(app: Controlled, **params: Any) -> list[str]:
    return [each["asin"] for each in (await ask(app, **params)).json()["products"]]


async def test_without_response_groups_only_the_asin_is_returned() -> None:
    answer = (await ask(site(a_record()), title="land of oz")).json()
    assert answer["products"] == [{"asin": "B0OZ000002"}]
    assert answer["total_results"] == 1


async def test_each_response_group_adds_its_fields() -> None:
    answer = (await ask(site(a_record()), title="land of oz", response_groups=GROUPS)).json()
    [product] = answer["products"]
    assert product["title"] == "The Marvelous Land of Oz"
    assert product["authors"][0]["name"] == "L. Frank Baum"
    assert product["runtime_length_min"] == 300
    assert product["language"] == "english"
    assert product["series"][0]["sequence"] == "2"
    assert "product_images" not in product


@pytest.mark.parametrize(
    "query",
    [
        {"title": "marvelous land"},
        {"title": "Marvelous Land of Oz", "author": "baum"},
        {"narrator": "reed"},
        {"keywords": "baum reed oz"},
        {"keywords": "Márvelous"},
    ],
)
async def test_every_word_of_a_parameter_must_be_in_its_field(query: dict[str, str]) -> None:
    assert await found(site(a_record()), **query) == ["B0OZ000002"]


async def test_a_word_of_another_field_does_not_match() -> None:
    assert await found(site(a_record()), title="baum") == []


async def test_apostrophes_do_not_matter() -> None:
    app = site(a_record(title="The Lion's Tale"))
    for title in ("lions tale", "lion's tale", "Lion’s Tale", "lion s tale"):
        assert len(await found(app, title=title)) == 1


async def test_results_are_sorted_by_closeness_of_the_title_and_then_by_popularity() -> None:
    app = site(
        oz("1", title="Tarzan and the Golden Lion", popularity=900),
        oz("2", title="Tarzan of the Apes", popularity=10),
        oz("3", title="Tarzan", series=[], popularity=1),
        oz("4", title="Tarzan of the Apes", popularity=20),
    )
    assert await found(app, title="tarzan") == ["B0OZ000030", "B0OZ000040", "B0OZ000020", "B0OZ000010"]


async def test_pages_are_numbered_from_zero() -> None:
    app = site(*(oz(str(n)) for n in range(1, 6)))
    query = {"author": "baum", "num_results": 3, "products_sort_by": "Title"}
    assert len(await found(app, **query, page=0)) == 3
    assert len(await found(app, **query, page=1)) == 2
    assert await found(app, **query, page=2) == []


async def test_results_can_be_sorted_by_release_date() -> None:
    app = site(oz("1", published="1900-05-17"), oz("2", published="1904-07-05"), oz("3", published="1907-07-30"))
    oldest_first = ["B0OZ000010", "B0OZ000020", "B0OZ000030"]
    assert await found(app, author="baum", products_sort_by="ReleaseDate") == oldest_first
    assert await found(app, author="baum", products_sort_by="-ReleaseDate") == oldest_first[::-1]


@pytest.mark.parametrize("params", [{"num_results": 51}, {"page": "first"}, {"asins": ",".join(["B0"] * 51)}])
async def test_an_invalid_parameter_is_named_in_the_error(params: dict[str, Any]) -> None:
    answer = await ask(site(a_record()), **params)
    assert answer.status_code == 400
    assert f"'{'num_results' if 'num_results' in params else next(iter(params))}'" in answer.json()["message"]


async def test_several_products_are_fetched_by_asin_and_an_unknown_one_has_no_title() -> None:
    answer = await ask(site(oz("1"), oz("2")), asins="B0OZ000020,B0UNKNOWN0", response_groups=GROUPS)
    known, unknown = answer.json()["products"]
    assert known["title"] == "The Marvelous Land of Oz"
    assert unknown == {"asin": "B0UNKNOWN0"}


async def test_an_unknown_asin_gives_a_product_without_a_title_and_not_404() -> None:
    answer = await ask(site(), f"{PRODUCTS}/B0UNKNOWN0", response_groups="product_desc,customer_rights")
    assert answer.status_code == 200
    assert answer.json()["product"] == {
        "asin": "B0UNKNOWN0",
        "customer_rights": {"product_state": "NOT_AVAILABLE_FOR_PURCHASE"},
    }


async def test_a_series_is_a_product_with_its_books_as_children() -> None:
    app = site(oz("2"), oz("1"), oz("1", id="other", asin="B0OTHER001"), oz("1.5"))
    [book] = (await ask(app, asins="B0OZ000020", response_groups="series")).json()["products"]
    series = book["series"][0]["asin"]
    product = (await ask(app, f"{PRODUCTS}/{series}", response_groups="relationships,product_desc")).json()["product"]
    assert product["title"] == "Oz"
    assert [(each["sequence"], each["sort"]) for each in product["relationships"]] == [
        ("1", "1"),
        ("1", "1"),
        ("1.5", "2"),
        ("2", "3"),
    ]
    assert {each["relationship_to_product"] for each in product["relationships"]} == {"child"}


async def test_the_parents_of_a_book_are_its_series() -> None:
    answer = await ask(site(oz("2")), f"{PRODUCTS}/B0OZ000020", response_groups="relationships")
    [parent] = answer.json()["product"]["relationships"]
    assert (parent["relationship_to_product"], parent["title"], parent["sequence"]) == ("parent", "Oz", "2")


async def test_only_audio_records_are_in_the_catalogue() -> None:
    assert await found(site(oz("1", format="print"), oz("2")), author="baum") == ["B0OZ000020"]
