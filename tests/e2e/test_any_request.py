"""The API answers every request as its description says, and never with a server error.

The suite sends a few requests for each operation, always the same ones. `make fuzz` sends the requested number: invalid
requests by plan and random ones, which SEED reproduces.
"""

import json
import os
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from cli.task_runs import run_to_end
from generation.generated_files import OPENAPI
from harness.trial import trial
from hypothesis import HealthCheck, Phase, settings
from sandbox.worldmaking.shipped import SANDBOX
from shared.testing.waiting import until

PAUSE, RESUME = "/api/account/pause", "/api/account/resume"
GUIDE = OPENAPI.parents[2] / "docs" / "api.md"
EXAMPLES_OF_GUIDE = re.findall(r"^curl .*$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
BUSY = {409, 429, 503}
"""Statuses after which an example is tried again, because the other tests of this module send requests too."""
STREAM = "/api/events"
"""This response never ends, so it cannot be validated."""
DESCRIPTION: dict[str, Any] = json.loads(OPENAPI.read_text(encoding="utf-8"))
OPERATIONS = sum(len(methods) for methods in DESCRIPTION["paths"].values())
CASES = int(os.environ.get("ANY_REQUEST_CASES") or 0)
EXAMPLES = -(-CASES // OPERATIONS) if CASES else 2
CONFIG = Path(__file__).parent / "schemathesis.toml"
EVERY_OPERATION = schemathesis.openapi.from_dict(DESCRIPTION, config=schemathesis.Config.from_path(CONFIG))
UNLIMITED = {"RATE_LIMIT_PER_KEY": "0", "RATE_LIMIT_PER_ADDRESS": "0", "LOG_LEVEL": "WARNING"}


@dataclass
class Installed:
    """An installation that has scanned a small library, and the number of requests sent to it."""

    address: str
    key: str
    cases: int = 0


@pytest.fixture(scope="module")
def installed(request: pytest.FixtureRequest) -> Iterator[Installed]:
    with trial(SANDBOX / "worlds" / f"{request.param}.json", UNLIMITED, preloaded=True) as made:
        api = made.processes.api
        run_to_end(api, "library_scan")
        api.close()
        installed = Installed(f"http://127.0.0.1:{made.processes.port}", made.processes.installation.api_key)
        yield installed
    if CASES:
        request.config.get_terminal_writer().line(f"\n{installed.cases} cases for {OPERATIONS} operations")


# With a parameter, the id of each test names its operation. Otherwise all have the same id with pytest 9.2, and
# pytest-xdist runs only one of them.
@pytest.mark.parametrize("installed", ["small"], indirect=True)
@EVERY_OPERATION.exclude(path=STREAM).parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=not CASES,
    phases=[Phase.explicit, Phase.generate] if CASES else [Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_any_request_is_answered_as_described(case: Any, installed: Installed) -> None:
    installed.cases += 1
    key = {"X-Api-Key": installed.key}
    case.call_and_validate(base_url=installed.address, headers=key, timeout=60)
    if case.path == PAUSE:  # else the operations that use the account would be refused, in any order of the tests
        httpx.post(installed.address + RESUME, headers=key, timeout=60).raise_for_status()


@pytest.mark.parametrize("installed", ["small"], indirect=True)
@pytest.mark.parametrize("example", EXAMPLES_OF_GUIDE)
async def test_each_example_of_the_guide_works(example: str, installed: Installed) -> None:
    words = shlex.split(example.replace("$KEY", installed.key).replace("$GAPLESS", installed.address))[1:]
    options = [(words[at], words[at + 1]) for at in range(len(words) - 1) if words[at] in ("-H", "-X", "-d")]
    (url,) = (word for word in words if word.startswith(installed.address))
    headers = dict(value.split(": ", 1) for name, value in options if name == "-H")
    method = dict(options).get("-X", "GET")
    answers: list[httpx.Response] = []

    def answered() -> bool:
        answers.append(httpx.request(method, url, headers=headers, content=dict(options).get("-d"), timeout=60))
        return answers[-1].status_code not in BUSY

    await until(answered)
    assert answers[-1].is_success, answers[-1].text
