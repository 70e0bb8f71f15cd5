"""Things found to be one, two by two, gathered into groups."""

from collections import defaultdict


class Groups:
    """Numbers 0 to size - 1, each alone until joined."""

    def __init__(self, size: int) -> None:
        """Every number is a group of its own."""
        self._parent = list(range(size))

    def root(self, number: int) -> int:
        """The number that stands for the group."""
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def join(self, first: int, second: int) -> None:
        """Make one group of two; the lower number stands for it."""
        low, high = sorted((self.root(first), self.root(second)))
        self._parent[high] = low

    def gathered(self) -> list[list[int]]:
        """The groups in the order of their lowest numbers."""
        found: dict[int, list[int]] = defaultdict(list)
        for number in range(len(self._parent)):
            found[self.root(number)].append(number)
        return list(found.values())
