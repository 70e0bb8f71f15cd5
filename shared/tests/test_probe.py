"""The health check of a container."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from embedded.process import free_port
from shared.probe import is_healthy


class Answers(BaseHTTPRequestHandler):
    """Answers each path with the status that it names."""

    def do_GET(self) -> None:
        self.send_response(int(self.path.strip("/")))
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Log nothing."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join(60)
    server.server_close()


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False), (404, False), (204, False)])
def test_only_the_status_200_is_healthy(port: int, status: int, healthy: bool) -> None:
    assert is_healthy(port, f"/{status}", timeout_seconds=60.0) is healthy


def test_a_service_that_does_not_listen_is_not_healthy() -> None:
    assert not is_healthy(free_port(), timeout_seconds=60.0)


def test_a_check_imports_no_library() -> None:
    program = "import sys; before = set(sys.modules); import shared.probe; print(*(set(sys.modules) - before))"
    command = [sys.executable, "-c", program]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout.split()
    assert {each.partition(".")[0] for each in loaded} - sys.stdlib_module_names == {"shared"}
    assert len(loaded) < 40
