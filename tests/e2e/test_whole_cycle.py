"""One cycle on each shipped world ends with the results that the truth of the world lists."""

from collections.abc import Callable

from cli.cycle.phases import PhaseOutcome
from harness.secret_search import secrets_in_clear
from harness.trial import Trial, trial
from sandbox.worldmaking.shipped import SANDBOX


def test_a_cycle_on_the_small_world_ends_with_its_truth_and_a_second_changes_nothing() -> None:
    """Each service is started from its command and migrates its empty schema, unlike in the other end-to-end tests."""
    with trial(SANDBOX / "worlds" / "small.json", {}) as installed:
        first = installed.cycle()

        assert [phase.outcome for phase in first.phases].count(PhaseOutcome.FAILED) == 0
        score = installed.score(first)
        assert score.perfect, score

        second = installed.cycle()

        assert second.books_before == first.books_after == second.books_after
        assert [each.missing.id for each in second.decisions] == [each.missing.id for each in first.decisions]
        assert len(second.corrections) == len(first.corrections)
        assert installed.score(second).perfect

        assert secrets_in_clear(installed.processes, {"a name that is no secret": installed.world.account.username})
        assert installed.secrets_in_clear() == []


def test_no_trap_leads_to_a_wrong_grab_or_a_wrong_correction(install: Callable[..., Trial]) -> None:
    installed = install("traps")

    score = installed.score(installed.cycle())

    assert score.nothing_wrong, score
    assert not score.not_found, score.not_found
