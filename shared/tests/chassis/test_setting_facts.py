"""The facts about a connection, by how its first request failed."""

import pytest
from shared.chassis.errors import (
    RemoteAnsweredNonsense,
    RemoteBlockedUs,
    RemoteError,
    RemoteRefusedUs,
    RemoteThrottled,
    RemoteUnavailable,
)
from shared.chassis.setting_facts import connection_facts
from shared.translatable import translatable


@pytest.mark.parametrize(
    ("failure", "states"),
    [
        (None, ["passed", "passed", "passed"]),
        (RemoteUnavailable, ["failed", "not_tested", "not_tested"]),
        (RemoteAnsweredNonsense, ["passed", "failed", "not_tested"]),
        (RemoteBlockedUs, ["passed", "failed", "not_tested"]),
        (RemoteRefusedUs, ["passed", "passed", "failed"]),
        (RemoteThrottled, ["not_tested", "not_tested", "not_tested"]),
    ],
)
def test_what_a_failure_says_about_address_answer_and_credentials(
    failure: type[RemoteError] | None, states: list[str]
) -> None:
    facts = connection_facts(failure("shelf", "it said no") if failure else None, "Ask the shelf.")
    assert [fact.state.value for fact in facts] == states
    assert [(fact.words, fact.to_do) for fact in facts if fact.state == "failed"] == [
        ("it said no", "Ask the shelf.") for state in states if state == "failed"
    ]


def test_a_refusal_of_an_address_that_needs_no_credentials_is_shown() -> None:
    facts = connection_facts(RemoteRefusedUs("shelf", "it said no"), "Ask the shelf.", has_credentials=False)
    assert [(fact.code, fact.state.value) for fact in facts] == [("reachable", "passed"), ("answers", "failed")]


def test_a_fact_has_the_codes_of_what_was_observed_and_of_the_advice() -> None:
    observed = translatable("shelf.no", "it said no")
    (*_, refused) = connection_facts(RemoteRefusedUs("shelf", observed), translatable("shelf.ask", "Ask the shelf."))
    assert {name: each.code for name, each in refused.translatable.items()} == {
        "words": "shelf.no",
        "to_do": "shelf.ask",
    }
