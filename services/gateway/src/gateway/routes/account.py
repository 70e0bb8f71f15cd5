"""/api/account: the account at MyAnonamouse"""

from typing import Annotated

from fastapi import APIRouter, Query
from shared.contracts.mam.account import Account, AccountHistory, GetAccount, GetAccountHistory
from shared.contracts.mam.seeding import ListSeedingDuties, SeedingDuty
from shared.contracts.mam.spending import ListSpending, Spending
from shared.contracts.page import Page

from gateway.http.dependencies import BusDep
from gateway.http.problems import problems

router = APIRouter(prefix="/api/account", tags=["account"], responses=problems())


@router.get("", summary="Show the MyAnonamouse account")
async def get_account(bus: BusDep) -> Account:
    """The newest standing, the room for further grabs, the risks, and what is spent automatically.

    Sends no request to MyAnonamouse. The task `account_care` reads the standing.
    """
    return await bus.ask(GetAccount())


@router.get("/history", summary="Show the account over time")
async def get_account_history(bus: BusDep, query: Annotated[GetAccountHistory, Query()]) -> AccountHistory:
    """The standing over the last days for a chart: at most `points` points, each the last standing of its span."""
    return await bus.ask(query)


@router.get("/seeding", summary="List the torrents that must seed")
async def list_seeding_duties(bus: BusDep, query: Annotated[ListSeedingDuties, Query()]) -> Page[SeedingDuty]:
    """The torrents whose seeding duty is not met yet, the most urgent first. The list is read once a day."""
    return await bus.ask(query)


@router.get("/spending", summary="List what was spent")
async def list_spending(bus: BusDep, query: Annotated[ListSpending, Query()]) -> Page[Spending]:
    """Every freeleech wedge and every bonus point that Gapless ever spent, newest first, with the balances."""
    return await bus.ask(query)
