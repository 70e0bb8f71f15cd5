"""A process that sends one request through the rate limiter and never gets an answer. A test kills or freezes it."""

import asyncio
import sys

from shared.chassis.backoff import Backoff
from shared.chassis.clock import SystemClock
from shared.chassis.database import Database
from shared.chassis.rate_limit_state import LineRules, PauseRules
from shared.chassis.rate_limiter import REQUESTS, AccountRules, RateLimiter
from shared.testing.tiny import CHASSIS, RATE_LIMITS


def report(line: str) -> None:
    """Send a line to the test."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def hold(url: str) -> None:
    """Acquire the turn, report that, and report if it is lost."""
    rules = AccountRules("site", "", {REQUESTS: LineRules(0.0)}, PauseRules(Backoff((900.0,)), 3, 60.0))
    limiter = RateLimiter(Database(url, CHASSIS), RATE_LIMITS, rules, SystemClock(), frozen_after_seconds=3)
    try:
        async with limiter.acquire():
            report("acquired")
            await asyncio.sleep(600)
    except Exception as error:  # noqa: BLE001 - the test reads what was raised
        report(type(error).__name__)


asyncio.run(hold(sys.argv[1]))
