"""A server on loopback that stores what is sent to it, such as exported spans."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from embedded.process import LOOPBACK
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span


@dataclass(frozen=True)
class Received:
    """A request: its path, its headers with lower-case names, and its body without its compression."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Recorder:
    """The address of the server, what it received, and the status with which it answers."""

    address: str
    received: list[Received] = field(default_factory=list)
    status: int = 200

    def spans(self) -> list[Span]:
        """The spans that were exported to it by OTLP over HTTP."""
        requests = [ExportTraceServiceRequest.FromString(each.body) for each in self.received if self.status == 200]
        return [
            span
            for request in requests
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


@contextmanager
def recorder() -> Iterator[Recorder]:
    """Run a server within this context."""
    recorded = Recorder("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", "0")))
            plain = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
            recorded.received.append(Received(self.path, headers, plain))
            self.send_response(recorded.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer((LOOPBACK, 0), Handler)
    recorded.address = f"http://{LOOPBACK}:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield recorded
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
