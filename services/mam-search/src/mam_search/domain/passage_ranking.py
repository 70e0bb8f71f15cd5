"""Ranks the passages that may answer a question: BM25 over the title, the headings and the text.

The weights are those of BM25F (Robertson, Zaragoza 2009, "The Probabilistic Relevance Framework"): a word counts more
the rarer it is, and each further occurrence counts less.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

TITLE, HEADING, TEXT = 2.0, 2.5, 1.0
"""How much an occurrence of a word counts in each field."""
SATURATION = 1.2
LENGTH_SHARE = 0.6
TYPICAL_LENGTH = 90.0
"""Words of a typical passage. A longer one contains more words by chance."""
SYNONYM = 0.7
"""How much a synonym counts, compared with the word of the question."""
WHOLE_GUIDE = 0.25
"""How much the best other passage of the same guide adds: a guide about the subject is likelier to answer."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question: the stems that express it, each with its weight."""

    stems: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class CandidatePassage:
    """A passage with the number of occurrences of each stem, weighted by field, and its length in words."""

    guide: str
    number: int
    occurrences: Mapping[str, float]
    length: int


def rarity(guides_with_it: int, guides: int) -> float:
    """How much a word tells: about 0 if every guide contains it."""
    return math.log(1 + (guides - guides_with_it + 0.5) / (guides_with_it + 0.5)) if guides_with_it <= guides else 0.0


def ranked(
    terms: Sequence[Term], candidates: Sequence[CandidatePassage], rarities: Mapping[str, float]
) -> list[CandidatePassage]:
    """The candidates, the best first. Equal ones keep their order."""
    scores = [_score(terms, each, rarities) for each in candidates]
    best: dict[str, list[float]] = {}
    for candidate, score in zip(candidates, scores, strict=True):
        best.setdefault(candidate.guide, []).append(score)

    def total(place: int) -> float:
        of_guide = sorted(best[candidates[place].guide], reverse=True)
        other = of_guide[1] if len(of_guide) > 1 and of_guide[0] == scores[place] else of_guide[0]
        return scores[place] + (WHOLE_GUIDE * other if len(of_guide) > 1 else 0.0)

    return [candidates[place] for place in sorted(range(len(candidates)), key=total, reverse=True)]


def _score(terms: Sequence[Term], passage: CandidatePassage, rarities: Mapping[str, float]) -> float:
    """The sum over the words of the question. Of a word and its synonyms the best counts."""
    shorter = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * passage.length / TYPICAL_LENGTH)
    return sum(
        max(
            (
                weight * rarities.get(stem, 0.0) * found * (SATURATION + 1) / (found + shorter)
                for stem, weight in term.stems.items()
                if (found := passage.occurrences.get(stem, 0.0))
            ),
            default=0.0,
        )
        for term in terms
    )
