"""/api/findings"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from shared.contracts.library.findings import (
    CountFindings,
    DecideFindings,
    Finding,
    FindingCounts,
    FindingFilter,
    FindingsDecided,
    FindingStatus,
    GetFinding,
    ListFindings,
)
from shared.contracts.metadata.proposals import (
    AcceptProposals,
    ProposalFilter,
    ProposalsDecided,
    ProposalSelection,
)
from shared.contracts.page import Page

from gateway.api_keys.keys import Caller
from gateway.api_keys.security import KEYED
from gateway.http.dependencies import BusDep
from gateway.http.problems import problems

router = APIRouter(prefix="/api/findings", tags=["findings"], responses=problems())

CallerDep = Annotated[Caller, KEYED]


@router.get("", summary="List findings")
async def list_findings(bus: BusDep, query: Annotated[ListFindings, Query()]) -> Page[Finding]:
    """What is wrong in the library, with the evidence and the remedy. By default the open findings, newest first."""
    return await bus.ask(query)


@router.get("/counts", summary="Count findings")
async def count_findings(bus: BusDep, query: Annotated[CountFindings, Query()]) -> FindingCounts:
    """The findings of each kind by status, and the open ones on each day on which the library was checked."""
    return await bus.ask(query)


@router.post("/ignore", summary="Ignore findings")
async def ignore_findings(bus: BusDep, caller: CallerDep, body: FindingFilter) -> FindingsDecided:
    """Ignore the open findings that match. They stay ignored until the fact itself changes. At most 5,000 at once."""
    return await _decide(bus, caller, body, FindingStatus.IGNORED)


@router.post("/reopen", summary="Open ignored findings again")
async def reopen_findings(bus: BusDep, caller: CallerDep, body: FindingFilter) -> FindingsDecided:
    """Open the ignored findings that match again. Their proposals are made again. At most 5,000 at once."""
    return await _decide(bus, caller, body, FindingStatus.OPEN)


@router.get("/{finding_id}", responses=problems(404), summary="Show a finding")
async def get_finding(bus: BusDep, finding_id: UUID) -> Finding:
    """One finding."""
    return await bus.ask(GetFinding(id=finding_id))


@router.post("/{finding_id}/ignore", responses=problems(404), summary="Ignore a finding")
async def ignore_finding(bus: BusDep, caller: CallerDep, finding_id: UUID) -> Finding:
    """Ignore a finding until the fact itself changes. Its proposals are withdrawn."""
    await _decide(bus, caller, FindingFilter(ids=[finding_id]), FindingStatus.IGNORED)
    return await bus.ask(GetFinding(id=finding_id))


@router.post("/{finding_id}/reopen", responses=problems(404), summary="Open an ignored finding again")
async def reopen_finding(bus: BusDep, caller: CallerDep, finding_id: UUID) -> Finding:
    """Open an ignored finding again. Its proposals are made again."""
    await _decide(bus, caller, FindingFilter(ids=[finding_id]), FindingStatus.OPEN)
    return await bus.ask(GetFinding(id=finding_id))


@router.post("/{finding_id}/accept", status_code=202, responses=problems(404), summary="Repair a finding")
async def accept_finding(bus: BusDep, caller: CallerDep, finding_id: UUID) -> ProposalsDecided:
    """Accept the proposals that repair a finding. Each becomes a correction that can be undone.

    The finding is solved by the next check of the library. A finding that is not `repairable` has no proposals.
    """
    finding = await bus.ask(GetFinding(id=finding_id))
    selection = ProposalSelection(filter=ProposalFilter(finding_id=finding.id))
    return await bus.ask(AcceptProposals(selection=selection, decided_by=caller.name))


async def _decide(bus: BusDep, caller: Caller, chosen: FindingFilter, status: FindingStatus) -> FindingsDecided:
    request = DecideFindings.model_validate({"chosen": chosen, "status": status, "decided_by": caller.name})
    return await bus.ask(request)
