"""The library, from the library scanner."""

from shared.chassis.bus import Bus
from shared.contracts.library.listed_works import AddedWork, AddListedWorks, KnownWork, ListedWork, LookUpWorks


class LibraryScanner:
    """Requests to the library scanner.

    Every method raises `ServiceUnavailable` if it is away, `Refused` and the `RemoteError` family.
    """

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def look_up(self, works: list[ListedWork]) -> list[KnownWork]:
        """What the library knows of each work, in their order."""
        return await self._bus.ask(LookUpWorks(works=works))

    async def add(self, request: AddListedWorks) -> list[AddedWork]:
        """Make missing books of the works that the library lacks."""
        return await self._bus.ask(request)
