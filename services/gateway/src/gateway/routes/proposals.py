"""/api/metadata/proposals"""

from typing import Annotated

from fastapi import APIRouter, Query
from shared.contracts.metadata.proposals import (
    AcceptProposals,
    DeclineProposals,
    ListProposals,
    Proposal,
    ProposalsDecided,
    ProposalSelection,
    ReopenProposals,
)
from shared.contracts.page import Page

from gateway.api_keys.keys import Caller
from gateway.api_keys.security import KEYED
from gateway.http.dependencies import BusDep
from gateway.http.problems import problems

router = APIRouter(prefix="/api/metadata/proposals", tags=["metadata"], responses=problems())

CallerDep = Annotated[Caller, KEYED]


@router.get("", summary="List proposals")
async def list_proposals(bus: BusDep, query: Annotated[ListProposals, Query()]) -> Page[Proposal]:
    """Changes that are plausible but not sure enough to be written. By default the open ones, newest first."""
    return await bus.ask(query)


@router.post("/accept", status_code=202, summary="Accept proposals")
async def accept_proposals(bus: BusDep, caller: CallerDep, body: ProposalSelection) -> ProposalsDecided:
    """Accept the proposals with these ids, or all that match a filter. Each becomes a correction that can be undone.

    A proposal whose field was changed or set by a person since is skipped and becomes outdated. At most 5,000 are
    accepted in one request; `remaining` counts the others.
    """
    return await bus.ask(AcceptProposals(selection=body, decided_by=caller.name))


@router.post("/decline", summary="Decline proposals")
async def decline_proposals(bus: BusDep, caller: CallerDep, body: ProposalSelection) -> ProposalsDecided:
    """Decline the proposals with these ids, or all that match a filter. The same values are not proposed again."""
    return await bus.ask(DeclineProposals(selection=body, decided_by=caller.name))


@router.post("/reopen", summary="Reopen declined proposals")
async def reopen_proposals(bus: BusDep, caller: CallerDep, body: ProposalSelection) -> ProposalsDecided:
    """Undo declining the proposals with these ids, or all declined ones that match a filter. They are open again.

    A proposal is skipped if there is another open one of its kind for the field.
    """
    return await bus.ask(ReopenProposals(selection=body, decided_by=caller.name))
