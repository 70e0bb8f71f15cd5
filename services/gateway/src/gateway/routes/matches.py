"""/api/books/{book_id}/match: the candidates of a book, and what a person decides about them"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from shared.contracts.metadata.matches import BookMatch, DecideMatch, ForgetMatch, GetMatch, Match, MatchChoice

from gateway.api_keys.keys import Caller
from gateway.api_keys.security import KEYED
from gateway.http.dependencies import BusDep
from gateway.http.problems import problems

router = APIRouter(prefix="/api/books", tags=["books"], responses=problems(404))

CallerDep = Annotated[Caller, KEYED]


@router.get("/{book_id}/match", summary="List the candidates of a book")
async def get_match(bus: BusDep, book_id: UUID) -> BookMatch:
    """The entries of all providers that may be the book, the surest first: confidence, reasons, and what choosing each
    would change. Queries the providers unless their answers are cached, and changes nothing.
    """
    return await bus.ask(GetMatch(book_id=book_id))


@router.put("/{book_id}/match", summary="Choose the match of a book")
async def decide_match(bus: BusDep, caller: CallerDep, book_id: UUID, choice: MatchChoice) -> Match:
    """Choose a candidate, pin an edition by ASIN or ISBN, or decide that no entry is the book. It holds for ever, also
    if the item is imported again. The book is refreshed at once.
    """
    return await bus.ask(DecideMatch(book_id=book_id, choice=choice, decided_by=caller.name))


@router.delete("/{book_id}/match", status_code=204, summary="Forget the match of a book")
async def forget_match(bus: BusDep, book_id: UUID) -> None:
    """Delete what a person decided. Refreshes match the book by evidence again; values that were written stay."""
    await bus.ask(ForgetMatch(book_id=book_id))
