"""The words of notifications: a template for each kind, ours or one from a person's folder.

A template is Jinja's. Its first line is the title, the rest the body, plain text that Apprise converts for its service.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from gateway.notifications.news import News, NewsKind

OURS = Path(__file__).parent / "texts"
SHOWN_AT_MOST = 20
TITLE_AT_MOST = 200
BODY_AT_MOST = 1_800
"""What fits into a message of nearly every service, Discord's 2,000 characters among them."""
WORDS_AT_MOST = 200
NAMES = {kind: f"{kind}.txt" for kind in NewsKind}


class Templates:
    """Renders groups of news; what the folder does not have comes from ours. Times are told in the time zone."""

    def __init__(self, folder: Path | None, zone: ZoneInfo) -> None:
        loaders = [FileSystemLoader(each) for each in (folder, OURS) if each is not None]
        self._environment = SandboxedEnvironment(  # its texts are no pages: Apprise escapes what its service needs
            loader=ChoiceLoader(loaders), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self._environment.filters["local"] = lambda at: f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
        self._environment.filters["lasting"] = _lasting

    def render(self, kind: NewsKind, news: Sequence[News]) -> tuple[str, str]:
        """Title and body for news of one kind, oldest first; as many as fit are listed. Raises `TemplateError`."""
        template, cut = self._environment.get_template(NAMES[kind]), [_cut(each) for each in news[:SHOWN_AT_MOST]]
        for shown in range(len(cut), 0, -1):
            values = {"items": cut[:shown], "count": len(news), "more": len(news) - shown, "kind": kind.value}
            title, _, body = template.render(values).strip().partition("\n")
            if len(body) <= BODY_AT_MOST:
                break
        return title.strip()[:TITLE_AT_MOST], body.strip() or title.strip()

    def check(self) -> None:
        """Render every template once with one thing and once with several. Raises `ValueError` naming file and line."""
        for kind, name in NAMES.items():
            one = News(key="1", kind=kind, at=_AT, title="The Emerald City of Oz", words="why", since=_AT)
            over = one.model_copy(update={"until": _AT, "authors": ["L. Frank Baum"], "series": "Oz", "sequence": "6"})
            for news in ([one], [over] * (SHOWN_AT_MOST + 1)):
                try:
                    title, _ = self.render(kind, news)
                except (TemplateError, TypeError, ValueError) as error:
                    line = getattr(error, "lineno", None)
                    raise ValueError(f"{name}{f', line {line}' if line else ''}: {error}") from error
                if not title:
                    raise ValueError(f"{name}: its first line is the title, and it is empty")


def checked_folder(folder: Path) -> Path:
    """The folder when its templates can be used. Raises `ValueError`."""
    if not folder.is_dir():
        raise ValueError(f"{folder} is no folder that can be read")
    unknown = sorted({path.name for path in folder.glob("*.txt")} - {*NAMES.values()})
    if unknown:
        raise ValueError(f"{unknown[0]} is no template's name; there are: {', '.join(NAMES.values())}")
    Templates(folder, ZoneInfo("UTC")).check()
    return folder


def _lasting(span: timedelta) -> str:
    minutes = max(1, round(span.total_seconds() / 60))
    amount, unit = (minutes, "minute") if minutes < 120 else (round(minutes / 60), "hour")
    return f"{amount} {unit}{'' if amount == 1 else 's'}"


def _cut(news: News) -> News:
    words = " ".join(news.words.split())
    return news.model_copy(update={"words": words if len(words) <= WORDS_AT_MOST else f"{words[: WORDS_AT_MOST - 1]}…"})


_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
