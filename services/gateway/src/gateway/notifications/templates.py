"""The texts of notifications: a template for each kind, the shipped one or one from the user's folder.

Templates are Jinja templates. The first line is the title, the rest is the body, as plain text that Apprise converts.
If the user's template fails, the shipped one is used, so that no notification is lost or delayed.
Jinja is imported with the first text: most of the time a gateway writes none, and Jinja takes several MiB.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from shared.chassis.logging import logger
from shared.contracts.gateway.notifications import NewsKind

from gateway.notifications.kinds import KINDS
from gateway.notifications.messages import Notification

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

OURS = Path(__file__).parent / "texts"
SHOWN_AT_MOST = 20
TITLE_AT_MOST = 200
BODY_AT_MOST = 1_800
"""Fits into a message of nearly every service; Discord allows 2,000 characters."""
WORDS_AT_MOST = 200
NAMES = {each.kind: each.template for each in KINDS}


class Templates:
    """Renders groups of notifications, with times in the zone. Uses the shipped templates that the folder lacks."""

    def __init__(self, folder: Path | None, zone: ZoneInfo) -> None:
        self._folder = folder
        self._zone = zone

    @cached_property
    def _ours(self) -> "SandboxedEnvironment":
        return _environment([OURS], self._zone)

    @cached_property
    def _chosen(self) -> "SandboxedEnvironment":
        return _environment([self._folder, OURS], self._zone) if self._folder else self._ours

    def render(self, kind: NewsKind, news: Sequence[Notification]) -> tuple[str, str]:
        """Return the title and the body for notifications of one kind, oldest first. Lists as many as fit."""
        try:
            return self._rendered(self._chosen, kind, news)
        except Exception as error:  # noqa: BLE001 - a template may raise any error
            because = f"{type(error).__name__}: {error}"
            logger(service="gateway").error("notification_template_failed", template=NAMES[kind], because=because)
            return self._rendered(self._ours, kind, news)

    def _rendered(
        self, environment: "SandboxedEnvironment", kind: NewsKind, news: Sequence[Notification]
    ) -> tuple[str, str]:
        template, cut = environment.get_template(NAMES[kind]), [_cut(each) for each in news[:SHOWN_AT_MOST]]
        for shown in range(len(cut), 0, -1):
            values = {"items": cut[:shown], "count": len(news), "more": len(news) - shown, "kind": kind.value}
            title, _, body = template.render(values).strip().partition("\n")
            if len(body) <= BODY_AT_MOST:
                break
        return title.strip()[:TITLE_AT_MOST], body.strip() or title.strip()

    def check(self) -> None:
        """Render every template with one notification with minimal fields, and with many complete ones.

        Raises `ValueError`, which names the file and the line.
        """
        for kind, name in NAMES.items():
            since = _AT if kind is NewsKind.SERVICE_DOWN else None
            bare = Notification(key="1", kind=kind, at=_AT, title="The Emerald City of Oz", since=since)
            full = {"words": "why", "authors": ["L. Frank Baum"], "series": "Oz", "sequence": "6", "since": _AT}
            over = bare.model_copy(update=full | {"until": _AT})
            for news in ([bare], [over] * (SHOWN_AT_MOST + 1)):
                try:
                    title, _ = self._rendered(self._chosen, kind, news)
                except Exception as error:
                    line = getattr(error, "lineno", None)
                    raise ValueError(f"{name}{f', line {line}' if line else ''}: {error}") from error
                if not title:
                    raise ValueError(f"{name}: the first line is the title and must not be empty")


def checked_folder(folder: Path) -> Path:
    """Return the folder if its templates are valid. Raises `ValueError`."""
    if not folder.is_dir():
        raise ValueError(f"{folder} is not a readable folder")
    unknown = sorted({path.name for path in folder.glob("*.txt")} - {*NAMES.values()})
    if unknown:
        raise ValueError(f"{unknown[0]} is not the name of a template; the names are: {', '.join(NAMES.values())}")
    Templates(folder, ZoneInfo("UTC")).check()
    return folder


def _environment(folders: Sequence[Path], zone: ZoneInfo) -> "SandboxedEnvironment":
    from jinja2 import FileSystemLoader, StrictUndefined  # noqa: PLC0415 - see above
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415

    made = SandboxedEnvironment(  # no autoescape: the texts are not HTML, and Apprise escapes what its service needs
        loader=FileSystemLoader(folders), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["local"] = lambda at: f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
    made.filters["lasting"] = _lasting
    return made


def _lasting(span: timedelta) -> str:
    minutes = max(1, round(span.total_seconds() / 60))
    amount, unit = (minutes, "minute") if minutes < 120 else (round(minutes / 60), "hour")
    return f"{amount} {unit}{'' if amount == 1 else 's'}"


def _cut(news: Notification) -> Notification:
    words = " ".join(news.words.split())
    return news.model_copy(update={"words": words if len(words) <= WORDS_AT_MOST else f"{words[: WORDS_AT_MOST - 1]}…"})


_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
