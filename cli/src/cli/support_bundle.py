"""`gapless support-bundle`: everything that helps to find a fault, in one archive that a person can read first."""

import json
import os
import platform
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer
from dotenv import dotenv_values

from cli.connection import Key, Url, address_and_key
from cli.masking import Mask, secrets_in

LOG_RECORDS = 200
RUNS = 100
PAGE = 500
MOST_NAMES = 200_000
TIMEOUT_SECONDS = 60.0
PARTS = {
    "versions.json": ("/api/system/version", "the versions of Gapless, of Python and of the system"),
    "settings.json": ("/api/settings", "each setting, where it comes from, and its value if it is no secret"),
    "doctor.json": ("/api/system/doctor", "what `gapless doctor` finds"),
    "diagnostics.json": (
        "/api/system/diagnostics", "services, revisions of the schemas, waiting and failed messages, streams, disks",
    ),
    "integrations.json": ("/api/system/integrations", "the state of the outside systems"),
    "scheduler.json": ("/api/scheduler/status", "late, waiting, running and stuck runs"),
    "tasks.json": ("/api/scheduler/tasks", "the tasks and their schedules"),
    "runs.json": (f"/api/scheduler/runs?limit={RUNS}", f"the last {RUNS} runs with their figures and problems"),
    "statistics.json": ("/api/system/statistics", "how many rows each service stores"),
    "logs.json": (f"/api/logs?limit={LOG_RECORDS}", f"the last {LOG_RECORDS} log records of all services"),
    "warnings.json": (
        f"/api/logs?level=warning&limit={LOG_RECORDS}", f"the last {LOG_RECORDS} warnings and errors in the logs",
    ),
    "metrics.txt": ("/metrics", "the figures of the gateway for Prometheus"),
}  # fmt: skip
"""Each file of a bundle: the path of the API that it comes from, and what it contains."""
NAMES = {"/api/books": ("title", "authors"), "/api/books/missing": ("title", "authors"), "/api/series": ("name",),
         "/api/authors": ("name",)}  # fmt: skip
"""The lists of the API whose names are masked, with the fields of the names."""


def support_bundle(
    file: Annotated[Path | None, typer.Argument(help="the archive; by default gapless-support-DATE.zip here")] = None,
    url: Url = "",
    api_key: Key = "",
    mask: Annotated[
        bool, typer.Option(help="mask titles, people, addresses and paths; secrets are never in it")
    ] = True,
) -> None:
    """Write what helps to find a fault into an archive. Read it before you send it: its README says what is in it.

    Needs a key with the scope `admin`. A part that cannot be read is left out, and the README says why. Exit status: 0
    if the archive was written, 1 if not, 2 if nothing could be read.
    """
    target = file or Path(f"gapless-support-{datetime.now(UTC):%Y%m%d-%H%M%S}.zip")
    address, key = address_and_key(url, api_key)
    with httpx.Client(base_url=address, headers={"X-Api-Key": key}, timeout=TIMEOUT_SECONDS) as client:
        read, failed = _read(client)
        names = list(_names(client)) if mask and read else []
    if not read:
        typer.echo(f"nothing could be read from {address}: {next(iter(failed.values()))}", err=True)
        raise typer.Exit(2)
    known = {name: value for name, value in {**dotenv_values(".env"), **os.environ}.items() if value}
    try:
        _write(target, read, failed, Mask([key, *secrets_in(known)], names, private=mask))
    except OSError as error:
        typer.echo(f"{target}: {error.strerror or error}", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"{target} is written. Read it before you send it: README.txt in it says what it contains.")


def _read(client: httpx.Client) -> tuple[dict[str, Any], dict[str, str]]:
    """The contents of the files, and the reason for each that cannot be read."""
    read: dict[str, Any] = {}
    failed: dict[str, str] = {}
    for name, (path, _) in PARTS.items():
        try:
            answer = client.get(path)
            if answer.is_success:
                read[name] = answer.json() if name.endswith(".json") else answer.text
            else:
                failed[name] = f"the API answers {answer.status_code}: {_detail(answer)}"
        except (httpx.HTTPError, ValueError) as error:
            failed[name] = f"{type(error).__name__}: {error}"
    if "versions.json" in read:
        here = {"command": version("gapless-cli"), "python": platform.python_version(), "system": platform.platform()}
        read["versions.json"] = {"gapless": read["versions.json"], "here": here}
    return read, failed


def _detail(answer: httpx.Response) -> str:
    try:
        return str(answer.json().get("detail", ""))[:200]
    except (ValueError, AttributeError):
        return ""


def _names(client: httpx.Client) -> Iterator[str]:
    """The titles and names that the installation knows. A list that cannot be read has none."""
    for path, fields in NAMES.items():
        for offset in range(0, MOST_NAMES, PAGE):
            try:
                page = client.get(path, params={"limit": PAGE, "offset": offset}).raise_for_status().json()["items"]
            except (httpx.HTTPError, ValueError, KeyError):
                break
            for item in page:
                for field in fields:
                    value = item.get(field) or []
                    yield from [value] if isinstance(value, str) else value
            if len(page) < PAGE:
                break


def _write(target: Path, read: dict[str, Any], failed: dict[str, str], mask: Mask) -> None:
    """Write the archive, which only its owner can read. Raises `OSError`, also if the file exists."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as opened, zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", mask.text(_readme(read, failed, is_masked=mask.private)))
        for name, content in read.items():
            if isinstance(content, str):
                archive.writestr(name, "\n".join(mask.text(line) for line in content.splitlines()))
            else:
                archive.writestr(name, json.dumps(mask.document(content), indent=1, ensure_ascii=False))


def _readme(read: dict[str, Any], failed: dict[str, str], *, is_masked: bool) -> str:
    lines = [
        "A support bundle of Gapless",
        "",
        "Read it before you send it. Every file is text.",
        "It has no secrets: the API shows none, and this command removed the values of those that it knows.",
        "Titles, people, addresses and paths were masked: the same text has the same label in all files. A title in a"
        " sentence may be left if it is one word, or if Gapless does not know it."
        if is_masked
        else "Titles, people, addresses and paths are in it as they are. `--mask` masks them.",
        "",
        "Files:",
        *(f"- {name}: {words}" for name, (_, words) in PARTS.items() if name in read),
    ]
    if failed:
        lines += ["", "Not in it, because it could not be read:", *(f"- {name}: {why}" for name, why in failed.items())]
    return "\n".join(lines) + "\n"
