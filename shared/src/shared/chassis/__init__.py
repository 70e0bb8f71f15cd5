"""How a service runs.

Some libraries import others if these are installed: httpx and FastStream for a command line, structlog for tracebacks.
No service uses that, and it takes 12 MiB in each process, so they are imported here as if the others were missing.
"""

import sys
from typing import Any, cast

_modules = cast(dict[str, Any], sys.modules)
_modules.setdefault("httpx._main", None)  # httpx then has no command line; it is imported only where it is used
_hidden = [name for name in ("rich", "pygments", "typer", "uvicorn") if name not in _modules]
for _name in _hidden:
    _modules[_name] = None
import faststream as _faststream  # noqa: E402, F401 - imports the hidden modules if it can, like structlog
import structlog as _structlog  # noqa: E402, F401

for _name in _hidden:
    del _modules[_name]
