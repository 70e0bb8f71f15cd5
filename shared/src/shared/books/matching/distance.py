"""The distance between two descriptions: named penalties from 0 to 1, weighted and averaged."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from shared.books.description import Reason
from shared.books.records import record


@record
class Penalty:
    """The outcome of one comparison: `amount` from 0 (agrees) to 1 (contradicts), and what explains it in words.

    Most comparisons are never explained, so the words are made when they are asked for.
    """

    name: str
    amount: float
    words: Callable[[], str]


@dataclass(slots=True)
class Distance:
    """Penalties and their weights. Only what was compared counts, so an unknown field is not a penalty."""

    weights: Mapping[str, float]
    penalties: list[Penalty] = field(default_factory=list)

    def add(self, name: str, amount: float, words: Callable[[], str]) -> None:
        """Add one comparison. `amount` is limited to 0..1. Raises `KeyError` when the name has no weight."""
        if name not in self.weights:
            raise KeyError(f"no weight for the penalty {name!r}; the weights name {sorted(self.weights)}")
        self.penalties.append(Penalty(name, min(1.0, max(0.0, amount)), words))

    @property
    def total(self) -> float:
        """The weighted mean of the penalties, 0 to 1; 1 when nothing could be compared."""
        most = total = 0.0
        for penalty in self.penalties:
            weight = self.weights[penalty.name]
            most += weight
            total += weight * penalty.amount
        return total / most if most else 1.0

    def reasons(self) -> Iterator[Reason]:
        """Every penalty as a reason. A weight above 0 supports that both are one work, below 0 opposes it."""
        for penalty in self.penalties:
            pull = self.weights[penalty.name] * (1.0 - 2.0 * penalty.amount)
            yield Reason(penalty.name, penalty.words(), round(pull, 3))
