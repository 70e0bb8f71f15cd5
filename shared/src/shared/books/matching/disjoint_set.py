"""A disjoint-set structure: numbers that are joined pair by pair into groups."""

from collections import defaultdict


class Groups:
    """The numbers 0 to size - 1, each its own group until joined."""

    def __init__(self, size: int) -> None:
        """Start with one group for each number."""
        self._parent = list(range(size))

    def root(self, number: int) -> int:
        """The number that represents the group of `number`."""
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def join(self, first: int, second: int) -> None:
        """Join the groups of both numbers. The lower number represents the new group."""
        low, high = sorted((self.root(first), self.root(second)))
        self._parent[high] = low

    def gathered(self) -> list[list[int]]:
        """The groups, in the order of their lowest numbers."""
        found: dict[int, list[int]] = defaultdict(list)
        for number in range(len(self._parent)):
            found[self.root(number)].append(number)
        return list(found.values())
