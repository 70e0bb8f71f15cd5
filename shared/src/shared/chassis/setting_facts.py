"""What a test of settings found about the connection to an outside system, as facts for a person."""

from collections.abc import Mapping

from shared.chassis.errors import RemoteError
from shared.contracts.settings import FactState, SettingFact
from shared.contracts.system import IntegrationState
from shared.translatable import translatable

_NAMES = {"reachable": "address reachable", "answers": "answers as expected", "credentials": "credentials accepted"}
_AFTER_A_FAILURE = translatable("fact.after_a_failure", "the test before it failed")
_FAILS_AT = {
    IntegrationState.AWAY: "reachable",
    IntegrationState.BLOCKED: "answers",
    IntegrationState.NONSENSE: "answers",
    IntegrationState.REFUSED: "credentials",
}
"""The fact that a failure is about. Those before it passed, those after it are not tested."""


def passed(code: str, name: str, words: str = "") -> SettingFact:
    """A fact that is as it should be."""
    return SettingFact.of(code, name, FactState.PASSED, words)


def failed(code: str, name: str, words: str, to_do: str) -> SettingFact:
    """A fact that is not as it should be, and the remedy."""
    return SettingFact.of(code, name, FactState.FAILED, words, to_do)


def not_tested(code: str, name: str, words: str) -> SettingFact:
    """A fact that could not be tested, and why."""
    return SettingFact.of(code, name, FactState.NOT_TESTED, words)


def connection_facts(
    failure: RemoteError | None, advice: Mapping[IntegrationState, str] | str, *, has_credentials: bool = True
) -> list[SettingFact]:
    """Whether the address is reachable, answers as expected and accepts the credentials.

    `failure` is how the first request failed, or None. `advice` is the remedy, or one for each state.
    """
    codes = ["reachable", "answers", *(["credentials"] if has_credentials else [])]
    if failure is None:
        return [passed(code, _NAMES[code]) for code in codes]
    state = IntegrationState.of_failure(failure.code)
    if state is IntegrationState.THROTTLED:
        return [not_tested(code, _NAMES[code], failure.detail) for code in codes]
    wrong = _FAILS_AT[state]
    if wrong not in codes:  # an address that needs no credentials refused us
        wrong = codes[-1]
    place = codes.index(wrong)
    to_do = advice if isinstance(advice, str) else advice.get(state, "")
    return [
        *(passed(code, _NAMES[code]) for code in codes[:place]),
        failed(wrong, _NAMES[wrong], failure.detail, to_do),
        *(not_tested(code, _NAMES[code], _AFTER_A_FAILURE) for code in codes[place + 1 :]),
    ]
