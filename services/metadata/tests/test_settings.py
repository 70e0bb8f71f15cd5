"""An invalid setting is reported with an example."""

import pytest
from metadata.settings import SETTINGS
from shared.chassis.settings import SettingsProblem

ENVIRONMENT = {"DATABASE_URL": "postgresql://metadata:x@localhost/gapless", "NATS_URL": "nats://localhost"}


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
