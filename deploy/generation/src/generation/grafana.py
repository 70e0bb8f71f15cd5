"""The Grafana dashboards, from tables of panels.

The JSON format is that of Grafana 10 and later: https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

SOURCE = {"type": "prometheus", "uid": "${source}"}
"""The variable of a dashboard that chooses one of the Prometheus servers that Grafana knows."""
COLUMNS = 24
MISSING = "max by (reason, status) (gapless_missing_total)"
QUEUE = "max by (status, download_status, download_state) (gapless_queue_total)"
"""Each replica of a service shows the same gauges, so that a sum over all of them would count a download twice."""
HEIGHT = {"stat": 4, "timeseries": 8, "table": 8}


@dataclass(frozen=True)
class Panel:
    """One panel: its title, kind, unit and width in columns, and its queries with the legend of each."""

    title: str
    kind: str
    queries: Sequence[tuple[str, str]]
    unit: str = "short"
    width: int = 8


def _stat(title: str, query: str, unit: str = "short") -> Panel:
    return Panel(title, "stat", [(query, "")], unit, width=4)


def _graph(title: str, *queries: tuple[str, str], unit: str = "short", width: int = 12) -> Panel:
    return Panel(title, "timeseries", queries, unit, width)


DASHBOARDS: dict[str, tuple[str, Sequence[Panel]]] = {
    "account": (
        "Account",
        [
            _stat("Slots used", "gapless_mam_unsatisfied"),
            _stat("Slots reserved", "gapless_mam_reserved"),
            _stat("Limit", "gapless_mam_unsatisfied_limit"),
            _stat("Ratio", "gapless_mam_ratio"),
            _stat("Bonus points", "gapless_mam_bonus_points"),
            _stat("VIP ends in", "gapless_indexer_vip_expires_in_seconds", "s"),
            _graph(
                "Slots",
                ("gapless_mam_unsatisfied", "used"),
                ("gapless_mam_reserved", "reserved"),
                ("gapless_mam_unsatisfied_limit", "limit"),
            ),
            _graph("Ratio", ("gapless_mam_ratio", "ratio"), ("gapless_mam_ratio_floor", "lowest for grabs")),
            _graph("Bonus points and wedges", ("gapless_mam_bonus_points", "points"), ("gapless_mam_wedges", "wedges")),
            _graph(
                "Uploaded and downloaded",
                ("gapless_mam_uploaded_bytes", "uploaded"),
                ("gapless_mam_downloaded_bytes", "downloaded"),
                unit="bytes",
            ),
            _graph("Torrents to seed", ("gapless_mam_seeding_duties", "seeding: {{seeding}}")),
            _graph("Sessions (1: works)", ("gapless_mam_session_ok", "{{session}}")),
            _graph("Requests today", ("gapless_indexer_requests_today", "{{kind}}")),
            _graph("Hit and runs", ("gapless_mam_hit_and_runs", "hit and runs")),
        ],
    ),
    "gaps": (
        "Gaps",
        [
            _stat("Books", 'gapless_books_total{status="active"}'),
            _stat("Size", "gapless_books_size_bytes", "bytes"),
            _stat("Playing time", "gapless_books_duration_seconds", "s"),
            _stat("Series complete", 'gapless_series_total{completion="complete"}'),
            _stat(
                "Missing", 'sum(max by (reason, status) (gapless_missing_total{status!~"completed|ignored|upcoming"}))'
            ),
            _stat("Upcoming", 'sum(max by (reason, status) (gapless_missing_total{status="upcoming"}))'),
            _graph("Missing books by status", (f"sum by (status) ({MISSING})", "{{status}}")),
            _graph("Missing books by reason", (f"sum by (reason) ({MISSING})", "{{reason}}")),
            _graph("Series by completion", ("gapless_series_total", "{{completion}}")),
            _graph("Books by status", ("gapless_books_total", "{{status}}")),
            _graph("Findings by kind", ("gapless_findings_open", "{{kind}}")),
            _graph(
                "Time from gap to book",
                (
                    "histogram_quantile(0.5, sum by (le) (increase(gapless_gap_closed_seconds_bucket[30d])))",
                    "half of the books",
                ),
                (
                    "histogram_quantile(0.9, sum by (le) (increase(gapless_gap_closed_seconds_bucket[30d])))",
                    "nine of ten",
                ),
                unit="s",
            ),
            _graph("Gaps closed a day", ("sum(increase(gapless_gap_closed_seconds_count[1d]))", "books")),
        ],
    ),
    "pipeline": (
        "Pipeline",
        [
            _stat("In the queue", f"sum({QUEUE})"),
            _stat("To download", "gapless_queue_remaining_bytes", "bytes"),
            _stat("Imported", 'gapless_history_total{status="imported"}'),
            _stat("Waiting for a person", "gapless_imports_waiting"),
            _stat("Blocked releases", "gapless_releases_blocked"),
            _stat("Least free space", "min(gapless_rootfolder_freespace_bytes)", "bytes"),
            _graph("Queue by status", (f"sum by (status) ({QUEUE})", "{{status}}")),
            _graph("Queue by health", (f"sum by (download_status) ({QUEUE})", "{{download_status}}")),
            _graph("Releases found by the last searches", ("gapless_candidates", "{{indexer}}: {{verdict}}")),
            _graph(
                "Releases judged a day",
                ("sum by (verdict, rule) (increase(gapless_releases_judged_total[1d]))", "{{verdict}} {{rule}}"),
            ),
            _graph(
                "Queries a day",
                ("sum by (indexer, outcome) (increase(gapless_indexer_queries_total[1d]))", "{{indexer}}: {{outcome}}"),
            ),
            _graph("Grabs a day", ("sum by (indexer) (increase(gapless_indexer_grabs_total[1d]))", "{{indexer}}")),
            _graph(
                "Imports a day",
                ("sum by (mode, outcome) (increase(gapless_imports_total[1d]))", "{{outcome}}, {{mode}}"),
            ),
            _graph("Failed attempts", ("gapless_failed_attempts_total", "{{error_type}}")),
            _graph("Free space", ("gapless_rootfolder_freespace_bytes", "{{path}}"), unit="bytes"),
            _graph("Torrents", ("gapless_torrents_seeding", "{{indexer}}, enough: {{seeded_enough}}")),
        ],
    ),
    "providers": (
        "Providers",
        [
            _graph("Answers (1: yes)", ("gapless_provider_ok", "{{provider}}")),
            _graph("Requests today", ("gapless_provider_requests_today", "{{provider}}")),
            _graph("Requests left", ("gapless_provider_quota_left", "{{provider}}, {{span}}")),
            _graph(
                "Requests to outside systems an hour",
                ("sum by (system, outcome) (increase(gapless_outside_requests_total[1h]))", "{{system}}: {{outcome}}"),
            ),
            _graph(
                "Wait for the pace (nine of ten requests)",
                (
                    "histogram_quantile(0.9, sum by (le, account) (increase(gapless_pace_wait_seconds_bucket[1h])))",
                    "{{account}}",
                ),
                unit="s",
            ),
            _graph("Books that wait", ("gapless_provider_waiting_books", "{{provider}}")),
            _graph("Corrections", ("gapless_corrections_total", "{{status}}")),
            _graph("Proposals", ("gapless_proposals_total", "{{status}}")),
            _graph("Import lists that fail", ("gapless_import_lists_failing", "lists")),
        ],
    ),
    "messages": (
        "Messages",
        [
            _graph("Waiting to be sent", ("gapless_outbox_messages", "{{schema}}")),
            _graph("Oldest due message", ("gapless_outbox_oldest_seconds", "{{schema}}"), unit="s"),
            _graph("Failed and retried", ("gapless_messages_failed", "{{area}}")),
            _graph("Given up", ("gapless_messages_given_up", "{{area}}")),
        ],
    ),
    "services": (
        "Services",
        [
            _graph("Up", ('up{job="gapless"}', "{{instance}}")),
            _graph(
                "Memory", ('process_resident_memory_bytes{job="gapless"}', "{{instance}}"), unit="bytes"
            ),
            _graph("Health issues", ("gapless_system_health_issues", "{{source}}")),
            _graph("Runs in progress", ("gapless_runs_active", "{{task}}")),
            _graph(
                "Since the last completed run",
                ("time() - gapless_task_last_success_timestamp_seconds", "{{task}}"),
                unit="s",
            ),
            _graph(
                "Since the last backup", ("time() - gapless_backup_last_success_timestamp_seconds", "age"), unit="s"
            ),
            _graph("Until the next run", ("gapless_task_next_due_timestamp_seconds - time()", "{{task}}"), unit="s"),
        ],
    ),
}  # fmt: skip


def dashboards() -> dict[str, dict[str, Any]]:
    """Each dashboard as Grafana imports it, by the name of its file."""
    return {f"{name}.json": _dashboard(name, title, panels) for name, (title, panels) in DASHBOARDS.items()}


def _dashboard(name: str, title: str, panels: Sequence[Panel]) -> dict[str, Any]:
    source = {"name": "source", "label": "Prometheus", "type": "datasource", "query": "prometheus", "current": {}}
    return {
        "uid": f"gapless-{name}",
        "title": f"Gapless: {title}",
        "tags": ["gapless"],
        "schemaVersion": 39,
        "editable": True,
        "time": {"from": "now-7d", "to": "now"},
        "refresh": "1m",
        "templating": {"list": [source]},
        "panels": list(_placed(panels)),
    }


def _placed(panels: Sequence[Panel]) -> Iterator[dict[str, Any]]:
    """The panels from left to right in rows, in their order."""
    x = y = height = 0
    for number, panel in enumerate(panels, start=1):
        if x + panel.width > COLUMNS:
            x, y, height = 0, y + height, 0
        yield {
            "id": number,
            "type": panel.kind,
            "title": panel.title,
            "datasource": SOURCE,
            "gridPos": {"x": x, "y": y, "w": panel.width, "h": HEIGHT[panel.kind]},
            "fieldConfig": {"defaults": {"unit": panel.unit}, "overrides": []},
            "targets": [
                {"refId": chr(ord("A") + place), "datasource": SOURCE, "expr": expression, "legendFormat": legend}
                for place, (expression, legend) in enumerate(panel.queries)
            ],
        }
        x, height = x + panel.width, max(height, HEIGHT[panel.kind])
