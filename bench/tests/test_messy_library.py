"""The measure of a messy library: what is planted is found, and hardly anything else is proposed."""

from bench.messy_library import REPAIRABLE, measure
from sandbox.worldmaking.messy.library import messy_library

IN_GROUPS = {"place_twice", "duration_far", "abridged_unmarked", "several_books", "book_inside", "no_language"}


def test_planted_faults_of_an_unseen_library_are_repaired_and_little_is_wrong() -> None:
    result = measure(messy_library(20_260_301, 1200))
    planted = sum(result.planted[fault] for fault in REPAIRABLE)
    assert sum(result.repaired[fault] for fault in REPAIRABLE) >= 0.97 * planted
    assert len(result.wrong) <= 0.003 * result.books
    for fault in IN_GROUPS:
        assert result.recall(fault) >= 0.9, fault
