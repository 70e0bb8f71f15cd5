"""Structured logging: events with keys and values, without secrets."""

import logging
import os
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from shared.chassis import error_reports, recent_logs
from shared.chassis.log_file import LogFile, RotatedLog
from shared.chassis.log_levels import LEVELS, drop_unwanted, filter_line
from shared.chassis.traces import trace_ids

_NAMES = (
    r"(?:mam_id|mam_session|session_value|passkey|pass_?word|passwd|secret(?:_?key)?|api[_-]?key|[a-z_-]*token"
    r"|(?:set-)?cookie|(?:qbt_)?sid(?:_\d+)?)"
)
_SECRET_KEYS = re.compile(rf"({_NAMES}|secret|authorization)(?![a-z])", re.I)
_SECRET_VALUES = (
    (
        re.compile(r"(?i)\b((?:proxy-)?authorization[\"']?\s*[=:]\s*[\"']?)(?:(?:bearer|basic|token)\s+)?[^\s,'\"]+"),
        r"\1***",
    ),
    (re.compile(r"(?i)\b(bearer|basic)\s+[a-z0-9._~+/-]{8,}=*"), r"\1 ***"),
    # The name, perhaps in quotes; then the value, in quotes or up to a separator.
    (re.compile(rf"(?i)(?<![a-z])({_NAMES}[\"']?(?:\s*=\s*|\s*:\s*|%3D))(\"[^\"]*\"|'[^']*'|[^\s&;,'\"]+)"), r"\1***"),
    (re.compile(r"([a-z][a-z0-9+.-]*://)[^\s/@:]*:[^\s/@]+@", re.I), r"\1***@"),
    (re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*"), "***"),
    (re.compile(r"(?i)(/download\.php/)[\w-]{16,}"), r"\1***"),
    (re.compile(r"(?i)(?<=/)[\w-]{16,}(?=/announce)|(?<=announce/)[\w-]{16,}"), "***"),
)


def redact(text: str) -> str:
    """Remove what looks like a credential: values with a secret's name, bearer tokens, user:password in addresses."""
    for pattern, replacement in _SECRET_VALUES:
        text = pattern.sub(replacement, text)
    return text


_ADDRESS = re.compile(r"(?i)\b([a-z][a-z0-9+.-]*:)(//[^\s/?#'\"<>]*)?[^\s'\"<>]*")
_MAGNET = re.compile(r"(?i)\bmagnet:[^\s'\"<>]*")
_MAYBE_A_KEY = re.compile(r"(?=[\w+/=%.-]*\d)[\w+/=%.-]{12,}|(?![A-Z_]+(?!\w))[\w+/=%-]{24,}")


def excerpt(text: str) -> str:
    """A redacted text from another system, safe to show: addresses are cut to their host, possible keys are removed."""
    text = _MAGNET.sub("magnet:***", redact(text))
    text = _ADDRESS.sub(lambda found: f"{found[1]}{_host(found[2])}" if found[2] else found[0], text)
    return _MAYBE_A_KEY.sub("***", text)


def _host(authority: str) -> str:
    return "//" + authority[2:].rpartition("@")[2]


def _clean(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, dict):
        return {_clean(k): "***" if _SECRET_KEYS.search(str(k)) else _clean(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_clean(each) for each in value]
    return redact(value.decode(errors="replace") if isinstance(value, bytes) else str(value))


def redact_event(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor that redacts secrets, by the name of the key and by the form of the value."""
    for key in list(event):
        if not key.startswith("_"):  # keys that structlog uses internally
            event[key] = "***" if _SECRET_KEYS.search(key) else _clean(event[key])
    return event


def add_trace_ids(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor that adds the ids of the current trace and span, if there are any."""
    if (ids := trace_ids()) is not None:
        event["trace_id"], event["span_id"] = ids
    return event


def configure(level: str, form: str, service: str = "", file: LogFile | None = None) -> None:
    """Write the events of structlog and the log lines of libraries to standard error and to a file, in the same format.

    Call it once per process. `form` is `json` or `console`. The latest records are also kept in memory. If the file
    cannot be opened, standard error is used, and a warning says so. `level` is changed for a service with
    `log_levels.LEVELS`.
    """
    readable: list[Any] = [
        structlog.contextvars.merge_contextvars,
        add_trace_ids,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        redact_event,
    ]
    kept = [*readable, recent_logs.keep, error_reports.report]
    structlog.configure(
        processors=[drop_unwanted, *kept, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    outputs, problem = _outputs(service, file)
    for handler, colours in outputs:
        console = structlog.dev.ConsoleRenderer(colors=colours)
        renderer: Any = structlog.processors.JSONRenderer() if form == "json" else console
        handler.setFormatter(
            structlog.stdlib.ProcessorFormatter(
                foreign_pre_chain=readable,
                processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
            )
        )
    root = logging.getLogger()
    root.handlers[:] = [_LibraryLines(kept), *(handler for handler, _ in outputs)]
    for handler in root.handlers:
        handler.addFilter(filter_line)
    LEVELS.configure(level)
    for noisy in ("alembic", "httpx", "httpcore", "uvicorn.access", "faststream"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    logging.getLogger("nats").setLevel(
        logging.CRITICAL
    )  # it logs a traceback for each failed attempt; we log our own events
    if problem is not None:
        logger(service=service).warning("log_file_not_written", because=problem)


class _LibraryLines(logging.Handler):
    """Passes the lines of libraries through processors once, however many outputs there are. It writes nothing."""

    def __init__(self, processors: list[Any]) -> None:
        super().__init__()
        drop = structlog.stdlib.ProcessorFormatter.remove_processors_meta
        self.setFormatter(
            structlog.stdlib.ProcessorFormatter(foreign_pre_chain=processors, processors=[drop, lambda *_: ""])
        )

    def emit(self, record: logging.LogRecord) -> None:
        """Process a line of a library. Events of structlog have passed the processors before."""
        if not isinstance(record.msg, dict):
            self.format(record)


def _outputs(service: str, file: LogFile | None) -> tuple[list[tuple[logging.Handler, bool]], str | None]:
    """Where the log is written, each with whether it has colours, and why there is no file."""
    colours = sys.stderr.isatty() and not os.environ.get("NO_COLOR")  # the NO_COLOR convention
    to_stderr = (logging.StreamHandler(sys.stderr), colours)
    if file is None:
        return [to_stderr], None
    try:
        to_file = (RotatedLog(file, service), False)
    except OSError as error:
        return [to_stderr], f"LOG_FILE={file.path}: {error.strerror or error}"
    return [to_file] if file.only else [to_stderr, to_file], None


def logger(**values: Any) -> structlog.stdlib.BoundLogger:
    """A logger with these values bound to every event."""
    bound: structlog.stdlib.BoundLogger = structlog.get_logger(**values)
    return bound
