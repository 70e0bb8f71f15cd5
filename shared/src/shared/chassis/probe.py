"""Whether the service in this container says it is well: a health check, run every few seconds.

It imports next to nothing, so that asking costs less than answering.
"""

import http.client
import os
import sys


def well(port: int, path: str = "/health", timeout_seconds: float = 4.0) -> bool:
    """True when what listens at this port of this machine answers 200 in time."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout_seconds)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    asked = sys.argv[1] if len(sys.argv) > 1 else "/health"
    sys.exit(0 if well(int(os.environ.get("HEALTH_PORT") or "8081"), asked) else 1)
