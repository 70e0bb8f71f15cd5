"""A library at the stand-in that tests scan."""

from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from uuid import uuid4

from library_builders import TOKEN, LibraryAtStandIn, a_world, sent_messages, the_library
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.list_library import ListLibraryHandlers
from library_scanner.handlers.scan_library import ScanLibraryHandler
from sandbox.world import OwnedBook
from shared.chassis.database import Database
from shared.contracts.library.scans import ScanLibrary
from shared.contracts.runs import RunFinished
from shared.testing.clocks import ManualClock

from sandbox import audiobookshelf


class ChangedLibrary(LibraryAtStandIn):
    """The library of the stand-in, with changes that a subclass makes."""

    def __init__(self, library: LibraryAtStandIn) -> None:
        super().__init__(library.remote)


class Scene:
    """A library at the stand-in, and the database that it is scanned into."""

    def __init__(self, database: Database, transaction: Transactions, clock: ManualClock, folder: Path) -> None:
        self.database, self.transaction, self.clock, self.folder = database, transaction, clock, folder
        self.lists = ListLibraryHandlers(transaction, transaction)

    def owns(self, *books: OwnedBook) -> None:
        self.stand_in = audiobookshelf.create(a_world(*books), library_folder=self.folder, token=TOKEN)
        self.library = the_library(self.stand_in)

    async def scan(self, **options: Any) -> RunFinished:
        command = ScanLibrary(**{"run_id": uuid4(), **options})
        await ScanLibraryHandler(self.transaction, self.library, self.clock).scan(command)
        return (await sent_messages(self.database, RunFinished))[-1]

    def calls(self, method: str, path: str) -> int:
        return sum(fnmatchcase(each.path, path) and each.method == method for each in self.stand_in.outcomes.requests)
