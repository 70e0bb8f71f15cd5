"""Rare words count more than frequent ones, titles more than texts, and words more than their synonyms."""

from mam_search.domain.passage_ranking import CandidatePassage, Term, ranked, rarity
from mam_search.domain.synonyms import synonyms

RARITIES = {"port": rarity(2, 100), "torrent": rarity(80, 100), "router": rarity(3, 100)}


def a_passage(number: int, guide: str = "", **occurrences: float) -> CandidatePassage:
    return CandidatePassage(guide or str(number), number, occurrences, 90)


def best(terms: list[Term], *candidates: CandidatePassage) -> int:
    return ranked(terms, candidates, RARITIES)[0].number


def test_a_rare_word_counts_more_than_a_frequent_one() -> None:
    terms = [Term({"port": 1.0}), Term({"torrent": 1.0})]
    assert best(terms, a_passage(1, torrent=5), a_passage(2, port=1)) == 2


def test_a_word_counts_more_than_its_synonym() -> None:
    assert best([Term({"port": 1.0, "router": 0.7})], a_passage(1, router=1), a_passage(2, port=1)) == 2


def test_a_second_occurrence_counts_less_than_another_word() -> None:
    terms = [Term({"port": 1.0}), Term({"router": 1.0})]
    assert best(terms, a_passage(1, port=3), a_passage(2, port=1, router=1)) == 2


def test_of_equal_passages_the_one_in_a_guide_about_the_subject_is_better() -> None:
    passages = a_passage(1, "other", port=1), a_passage(2, "ports", port=1), a_passage(3, "ports", port=1)
    assert best([Term({"port": 1.0})], *passages) == 2


def test_a_word_in_every_guide_tells_almost_nothing() -> None:
    assert rarity(100, 100) < 0.01 < rarity(50, 100)
    assert rarity(3, 2) == 0.0


def test_synonyms_hold_in_both_directions() -> None:
    assert "provider" in synonyms("isp")
    assert "isp" in synonyms("provider")
    assert synonyms("unheard-of") == set()
