"""The health check of a container, run every few seconds.

It imports very little, so that it stays cheap.
"""

import http.client
import os
import sys


def is_healthy(port: int, path: str = "/health", timeout_seconds: float = 4.0) -> bool:
    """Whether the service at this port of this machine answers with status 200 in time."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout_seconds)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    path = sys.argv[1] if len(sys.argv) > 1 else "/health"
    sys.exit(0 if is_healthy(int(os.environ.get("HEALTH_PORT") or "8081"), path) else 1)
