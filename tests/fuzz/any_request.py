"""Whatever is sent to the API, it answers as its description says, and never with a fault.

A few requests for each operation; ANY_REQUEST_CASES asks for so many in all, which then differ from run to run.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from embedded.generated import openapi_text
from embedded.trial import trial
from hypothesis import HealthCheck, Phase, settings
from sandbox.worldmaking.shipped import SANDBOX

STREAMS = "/api/events"
"""Never ends, so that there is no answer to look at."""
DESCRIPTION: dict[str, Any] = json.loads(openapi_text())
OPERATIONS = sum(len(methods) for methods in DESCRIPTION["paths"].values())
CASES = int(os.environ.get("ANY_REQUEST_CASES") or 0)
EXAMPLES = max(1, CASES // OPERATIONS) if CASES else 5
CONFIG = Path(__file__).parent / "schemathesis.toml"
EVERY_OPERATION = schemathesis.openapi.from_dict(DESCRIPTION, config=schemathesis.Config.from_path(CONFIG))
UNLIMITED = {"RATE_LIMIT_PER_KEY": "0", "RATE_LIMIT_PER_ADDRESS": "0", "LOG_LEVEL": "WARNING"}


@pytest.fixture(scope="module")
def installation() -> Iterator[tuple[str, str]]:
    """Address and key of a whole installation that has scanned a small library."""
    with trial(SANDBOX / "worlds" / "small.json", UNLIMITED) as made:
        api = made.processes.api
        api.follow(api.run_task("library_scan"), lambda _run: None)
        api.close()
        yield f"http://127.0.0.1:{made.processes.port}", made.processes.installation.api_key


@EVERY_OPERATION.exclude(path=STREAMS).parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=not CASES,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_any_request_is_answered_as_described(case: Any, installation: tuple[str, str]) -> None:
    address, key = installation
    case.call_and_validate(base_url=address, headers={"X-Api-Key": key})
