import pytest
from shared.books.matching.distance import Distance


def test_the_total_is_the_weighted_mean_of_what_was_compared() -> None:
    distance = Distance({"title": 3.0, "author": 1.0, "place": 5.0})
    distance.add("title", 0.0, lambda: "alike")
    distance.add("author", 1.0, lambda: "others")
    assert distance.total == 0.25


def test_without_comparisons_the_distance_is_one() -> None:
    assert Distance({"title": 1.0}).total == 1.0


def test_every_penalty_is_a_reason_with_its_weight() -> None:
    distance = Distance({"title": 2.0, "author": 1.0})
    distance.add("title", 0.0, lambda: "got “Oz”, want “Oz”")
    distance.add("author", 1.0, lambda: "got A, want B")
    assert [(one.rule, one.weight) for one in distance.reasons()] == [("title", 2.0), ("author", -1.0)]
    assert next(distance.reasons()).words == "got “Oz”, want “Oz”"


def test_amounts_are_limited_to_their_range() -> None:
    distance = Distance({"title": 2.0})
    distance.add("title", 7.0, lambda: "far")
    assert distance.total == 1.0


def test_a_penalty_without_a_weight_is_refused() -> None:
    with pytest.raises(KeyError, match="no weight for the penalty 'smell'"):
        Distance({"title": 1.0}).add("smell", 0.5, lambda: "")
