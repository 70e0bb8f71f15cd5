"""An invalid setting is reported with an example."""

import pytest
from metadata.settings import SETTINGS
from shared.chassis.settings import SettingsProblem

ENVIRONMENT = {
    "DATABASE_URL": "postgresql://metadata:x@localhost/gapless",
    "NATS_URL": "nats://localhost",
    "SECRET_KEY": "s" * 32,
}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("nobody:1", "'nobody' is unknown"),
        ("audible:1,audible:2", "listed twice"),
        ("audible:much", "not a number"),
        ("audible:0", "between 0 and 10"),
        (",", "no provider"),
    ],
)
def test_an_invalid_list_of_providers_is_reported(value: str, words: str) -> None:
    with pytest.raises(SettingsProblem) as problem:
        SETTINGS.read(ENVIRONMENT | {"PROVIDERS": value})
    (line,) = problem.value.lines
    assert line.startswith("PROVIDERS: ")
    assert words in line
    assert "Example: PROVIDERS=audible:1.0,hardcover:0.9" in line


def test_order_and_weights_are_read_from_the_setting() -> None:
    weights = SETTINGS.read(ENVIRONMENT | {"PROVIDERS": "hardcover:2, audible"}).weights()
    assert [(each.provider, each.weight) for each in weights] == [("hardcover", 2.0), ("audible", 1.0)]


def test_an_address_without_a_scheme_is_rejected() -> None:
    with pytest.raises(SettingsProblem, match="AUDIBLE_URL"):
        SETTINGS.read(ENVIRONMENT | {"AUDIBLE_URL": "api.audible.com"})


def test_a_provider_without_a_weight_has_its_own_by_default() -> None:
    weights = SETTINGS.read(ENVIRONMENT | {"PROVIDERS": "goodreads,hardcover"}).weights()
    assert [(each.provider, each.weight) for each in weights] == [("goodreads", 0.8), ("hardcover", 0.9)]


def test_the_budget_of_a_provider_has_a_pace_a_burst_and_a_day() -> None:
    limits = {"AUDIBLE_PER_DAY": "20000", "AUDNEXUS_PER_DAY": "300", "HARDCOVER_INTERVAL": "2"}
    configured = SETTINGS.read(ENVIRONMENT | limits).configured()
    budgets = {name: each.access.budget for name, each in configured.items()}
    assert (budgets["audible"].seconds_between, budgets["audible"].per_day) == (1.0, 20_000)
    assert (budgets["audnexus"].burst, budgets["audnexus"].per_day) == (5, 300)
    assert (budgets["hardcover"].seconds_between, budgets["hardcover"].burst) == (2.0, 5)
    assert all(each.burst <= 5 for each in budgets.values())
    assert SETTINGS.read(ENVIRONMENT | {"AUDIBLE_PER_DAY": ""}).configured()["audible"].access.budget.per_day is None


def test_a_custom_provider_can_be_listed_with_another_place_and_weight() -> None:
    settings = {
        "PROVIDERS": "kindle:2,audible",
        "CUSTOM_PROVIDERS": "shelf=http://shelf:1,kindle=http://abs:2/kindle/us",
    }
    weights = SETTINGS.read(ENVIRONMENT | settings).weights()
    assert [(each.provider, each.weight) for each in weights] == [("kindle", 2.0), ("audible", 1.0), ("shelf", 0.5)]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("kindle", "must begin with http"),
        ("kindle=ftp://abs", "must begin with http"),
        ("kindle=http://user:secret@abs/kindle", "without a user"),
        ("kindle=http://abs/kindle?key=secret", "without a user or a query"),
        ("Kindle Store=http://abs", "is not a name"),
        ("kindle=http://a,kindle=http://b", "listed twice"),
        ("manual=http://a", "do not come from a provider"),
        ("abs=http://a", "do not come from a provider"),
        (",".join(f"shelf{number}=http://shelf" for number in range(21)), "more than 20"),
    ],
)
def test_an_invalid_list_of_custom_providers_is_reported_without_secrets(value: str, words: str) -> None:
    with pytest.raises(SettingsProblem) as problem:
        SETTINGS.read(ENVIRONMENT | {"CUSTOM_PROVIDERS": value})
    (line,) = problem.value.lines
    assert line.startswith("CUSTOM_PROVIDERS: ")
    assert words in line
    assert "secret" not in line


def test_a_custom_provider_cannot_have_the_name_of_a_known_one() -> None:
    with pytest.raises(SettingsProblem, match="two providers have the name 'audible'"):
        SETTINGS.read(ENVIRONMENT | {"CUSTOM_PROVIDERS": "audible=http://shelf"})


def test_an_unreadable_authorization_value_is_not_quoted() -> None:
    with pytest.raises(SettingsProblem) as problem:
        SETTINGS.read(ENVIRONMENT | {"CUSTOM_PROVIDER_KEYS": "Bearer hunter2"})
    assert "name=value" in problem.value.lines[0]
    assert "hunter2" not in problem.value.lines[0]
