"""The settings of notifications are validated, and their secrets are not shown."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from gateway.notifications.kinds import Severity
from gateway.notifications.messages import Notification
from gateway.notifications.targets import targets
from gateway.notifications.templates import BODY_AT_MOST, SHOWN_AT_MOST, Templates
from gateway.settings import GatewaySettings
from shared.chassis.logging import configure
from shared.chassis.sealing import SecretKeys
from shared.chassis.settings import SettingsProblem
from shared.contracts.gateway.notifications import NewsKind
from shared.testing.clocks import ManualClock
from shared.testing.logs import restored_logging

from .receiving import receiving

NEEDED = {
    "DATABASE_URL": "postgresql://gateway:secret@127.0.0.1:5432/gapless",
    "NATS_URL": "nats://gateway:secret@127.0.0.1:4222",
    "SECRET_KEY": "s" * 32,
}
SECRET = "the-secret-in-the-path"
NOW = ManualClock().now()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("NOTIFY_URLS", f"json://127.0.0.1 nonsense://{SECRET}", "address 2: Apprise does not support this URL"),
        ("NOTIFY_URLS", f"tgram://{SECRET}", "address 1: Apprise does not support this URL"),
        (
            "NOTIFY_URLS",
            "imports=json://127.0.0.1",
            "address 1: unknown kind of notification 'imports'; choose",
        ),
        ("NOTIFY_URLS", f"json://{SECRET} json://{SECRET}", "address 2 is a duplicate"),
        ("NOTIFY_QUIET_HOURS", "22-7", "'22-7' is not a period: use two times such as 22:00-07:00"),
        ("NOTIFY_URGENT", "everything", "unknown kind of notification 'everything'"),
        ("NOTIFY_TEMPLATES", "/nowhere", "/nowhere is not a readable folder"),
        ("TZ", "Europe/Emerald_City", "invalid timezone"),
    ],
)
def test_an_invalid_setting_is_reported_in_one_line_without_the_secret(name: str, value: str, words: str) -> None:
    with pytest.raises(SettingsProblem) as problem:
        GatewaySettings.read({**NEEDED, name: value})
    (line,) = problem.value.lines
    assert line.startswith(f"{name}: ")
    assert words in line
    assert SECRET not in line


def test_urls_are_read_from_a_file_with_one_on_each_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "notify_urls"
    file.write_text("# the phone\njson://127.0.0.1/a\n\nfailed=xml://127.0.0.1/b\n", encoding="utf-8")
    monkeypatch.setenv("NOTIFY_URLS_FILE", str(file))
    urls = GatewaySettings.read(NEEDED).notify_urls
    assert urls is not None
    assert [(each.service, len(each.kinds)) for each in targets(urls.get_secret_value(), SecretKeys(""))] == [
        ("JSON", len(NewsKind)),
        ("XML", 1),
    ]


async def test_no_log_contains_a_url_whatever_fails(capfd: pytest.CaptureFixture[str]) -> None:
    with restored_logging():
        configure("DEBUG", "json")
        async with receiving() as receiver:
            receiver.answers = [500]
            urls = f"json://user:{SECRET}@127.0.0.1:{receiver.port}/{SECRET} json://127.0.0.1:1/{SECRET}"
            results = [
                await each.address.send("title", "body", Severity.INFO) for each in targets(urls, SecretKeys(SECRET))
            ]
    assert [(each.outcome, each.words) for each in results] == [
        ("refused", "JSON answered 500"),
        ("refused", "JSON cannot be reached"),
    ]
    captured = capfd.readouterr()
    assert SECRET not in captured.err + captured.out + repr(targets(urls, SecretKeys(SECRET)))


def news(kind: NewsKind = NewsKind.IMPORTED, **changes: Any) -> Notification:
    return Notification(
        **{"key": "1", "kind": kind, "at": NOW, "title": "Ozma of Oz", "words": "why", "since": NOW, **changes}
    )


def test_a_long_list_ends_with_how_many_more_there_are() -> None:
    title, body = Templates(None, ZoneInfo("UTC")).render(NewsKind.IMPORTED, [news()] * (SHOWN_AT_MOST + 7))
    assert title == f"{SHOWN_AT_MOST + 7} books imported"
    assert body.splitlines()[-1] == "… and 7 more"


def test_a_list_is_as_long_as_fits_into_a_message() -> None:
    long = news(NewsKind.FAILED, words="none of 12 releases is acceptable; " * 20)
    _, body = Templates(None, ZoneInfo("UTC")).render(NewsKind.FAILED, [long] * 15)
    assert 1_400 < len(body) <= BODY_AT_MOST
    shown = body.count("- Ozma of Oz: none of 12")
    assert f"… and {15 - shown} more" in body


def test_outages_are_reported_in_the_time_zone_of_the_installation() -> None:
    parts = [news(NewsKind.SERVICE_DOWN, title="downloader"), news(NewsKind.SERVICE_DOWN, title="nats", until=NOW)]
    title, body = Templates(None, ZoneInfo("Europe/Warsaw")).render(NewsKind.SERVICE_DOWN, parts)
    assert title == "Down: downloader; back: nats"
    assert body.splitlines() == [
        "- downloader: since 2026-03-01 13:00: why",
        "- nats: works again since 2026-03-01 13:00, after 1 minute",
    ]


def test_the_end_of_a_problem_is_reported_as_back() -> None:
    over = news(NewsKind.NEEDS_PERSON, title="qbittorrent", until=NOW)
    title, body = Templates(None, ZoneInfo("UTC")).render(NewsKind.NEEDS_PERSON, [over])
    assert (title, body) == ("Back: qbittorrent", "- qbittorrent: works again since 2026-03-01 12:00")


def test_a_user_template_replaces_the_shipped_one_and_the_others_stay(tmp_path: Path) -> None:
    (tmp_path / "imported.txt").write_text(
        "{{ count }} × Hörbuch\n\n{% for item in items %}{{ item.title }};{% endfor %}"
    )
    settings = GatewaySettings.read({**NEEDED, "NOTIFY_TEMPLATES": str(tmp_path)})
    templates = Templates(settings.notify_templates, settings.tz)
    assert templates.render(NewsKind.IMPORTED, [news(), news()]) == ("2 × Hörbuch", "Ozma of Oz;Ozma of Oz;")
    assert templates.render(NewsKind.FAILED, [news(NewsKind.FAILED)])[0] == "Download failed: Ozma of Oz"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("imported.txt", "{{ count }}\n{% for item in items %}", "imported.txt, line 2"),
        ("imported.txt", "{{ titel }}", "imported.txt: 'titel' is undefined"),
        ("failed.txt", "{{ ''.__class__.__mro__ }}", "failed.txt"),
        ("imported.txt", "{{ items[0].since | local }}", "imported.txt: 'NoneType' object has no attribute"),
        ("failed.txt", "{{ 1 / 0 }}", "failed.txt: division by zero"),
        ("imported.txt", "", "imported.txt: the first line is the title and must not be empty"),
        ("import.txt", "title", "import.txt is not the name of a template"),
    ],
)
def test_an_invalid_template_prevents_the_start(name: str, text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(SettingsProblem) as problem:
        GatewaySettings.read({**NEEDED, "NOTIFY_TEMPLATES": str(tmp_path)})
    assert words in problem.value.lines[0]


def test_if_a_user_template_fails_the_shipped_one_is_used(tmp_path: Path) -> None:
    (tmp_path / "imported.txt").write_text("{{ 6 // (count - 7) }} to go")
    settings = GatewaySettings.read({**NEEDED, "NOTIFY_TEMPLATES": str(tmp_path)})
    templates = Templates(settings.notify_templates, settings.tz)
    assert templates.render(NewsKind.IMPORTED, [news()])[0] == "-1 to go"
    assert templates.render(NewsKind.IMPORTED, [news()] * 7)[0] == "7 books imported"
