"""The log in a file of each process."""

import json
import logging
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from shared.chassis import recent_logs
from shared.chassis.log_file import LogFile, RotatedLog
from shared.chassis.logging import configure, logger
from shared.chassis.recent_logs import RecentLogs
from shared.contracts.logs import LogQuery
from shared.testing.logs import restored_logging

Open = Callable[..., RotatedLog]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Opens the log of a process."""
    logs: list[RotatedLog] = []

    def open_log(service: str = "downloader", max_bytes: int = 10_000, count: int = 2) -> RotatedLog:
        logs.append(RotatedLog(LogFile(tmp_path / "logs/gapless.log", max_bytes, count), service))
        return logs[-1]

    yield open_log
    for each in logs:
        each.close()


@pytest.fixture
def _restored() -> Iterator[None]:
    with restored_logging():
        yield
        for handler in logging.getLogger().handlers:
            handler.close()


def record(words: str) -> logging.LogRecord:
    return logging.LogRecord("test", logging.INFO, __file__, 1, words, None, None)


def test_each_process_writes_its_own_file_and_a_later_one_takes_a_free_name(opened: Open) -> None:
    first, second, other = opened(), opened(), opened("metadata")
    names = [Path(each.baseFilename).name for each in (first, second, other)]
    assert names == ["gapless-downloader.log", "gapless-downloader-2.log", "gapless-metadata.log"]
    first.close()
    assert Path(opened().baseFilename).name == "gapless-downloader.log"


def test_a_full_file_is_rotated_and_only_so_many_remain(opened: Open) -> None:
    log = opened(max_bytes=1_000, count=2)
    for number in range(100):
        log.emit(record(f"{number:03} {'x' * 96}"))
    files = sorted(Path(log.baseFilename).parent.glob("*.log*"))
    assert [each.name for each in files] == [
        "gapless-downloader.log",
        "gapless-downloader.log.1",
        "gapless-downloader.log.2",
    ]
    assert all(each.stat().st_size <= 1_000 for each in files)
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}
    assert "099" in files[0].read_text()


def test_a_file_that_cannot_be_written_is_named_once_and_the_service_goes_on(
    opened: Open, capsys: pytest.CaptureFixture[str]
) -> None:
    log = opened()
    log.stream = open("/dev/full", "w")  # noqa: SIM115 - closed with the log
    log.emit(record("lost"))
    log.emit(record("lost too"))
    assert capsys.readouterr().err.count("cannot be written") == 1


@pytest.mark.usefixtures("_restored")
@pytest.mark.parametrize("only", [False, True], ids=["in addition", "only"])
def test_records_are_in_the_file_without_secrets_and_kept_once(
    only: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recent_logs, "RECENT", recent := RecentLogs())
    configure("INFO", "json", "downloader", LogFile(tmp_path / "gapless.log", 100_000, 1, only=only))

    logger().warning("session_refused", mam_id="opensesame")
    logging.getLogger("some.library").warning("connecting to http://user:opensesame@host/")

    lines = [json.loads(line) for line in (tmp_path / "gapless-downloader.log").read_text().splitlines()]
    assert [each["event"] for each in lines] == ["session_refused", "connecting to http://***@host/"]
    assert lines[0]["mam_id"] == "***"
    assert len(recent.list("downloader", LogQuery())) == 2
    assert len(capsys.readouterr().err.splitlines()) == (0 if only else 2)


@pytest.mark.usefixtures("_restored")
def test_without_a_usable_folder_the_log_is_on_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("no folder")
    configure("INFO", "json", "downloader", LogFile(tmp_path / "file/gapless.log", 1_000, 1, only=True))
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["event"] == "log_file_not_written"
    assert "LOG_FILE" in json.loads(line)["because"]
