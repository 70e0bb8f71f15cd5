"""How a service runs.

httpx and structlog import Rich and Pygments if these are installed: httpx for a command line, structlog for tracebacks.
No service uses either, and both take 8 MiB in each process, so they are imported here without them.
"""

import sys
from typing import Any, cast

_modules = cast(dict[str, Any], sys.modules)
_modules.setdefault("httpx._main", None)  # httpx then has no command line; it is imported only where it is used
_hidden = [name for name in ("rich", "pygments") if name not in _modules]
for _name in _hidden:
    _modules[_name] = None
import structlog as _structlog  # noqa: E402, F401 - imports the hidden modules if it can

for _name in _hidden:
    del _modules[_name]
