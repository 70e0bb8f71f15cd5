"""Fast and short pickling of dataclasses with slots. The standard library also stores the names of their fields."""

from typing import Any, ClassVar


class PickledByFields:
    """A dataclass that is pickled as the arguments of its constructor."""

    __slots__ = ()
    __match_args__: ClassVar[tuple[str, ...]]

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        """The class and its arguments (see `object.__reduce__`)."""
        return type(self), tuple(getattr(self, name) for name in self.__match_args__)
