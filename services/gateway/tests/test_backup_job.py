"""A backup is downloaded while it is made, one at a time."""

import sys

import pytest
from gateway.backups.job import BackupInProgress, BackupJob, BackupNotPossible
from pydantic import SecretStr

URL = SecretStr("postgresql://backup:the-password@127.0.0.1:1/gapless")


def job(script: str) -> BackupJob:
    return BackupJob(URL, (sys.executable, "-c", script))


async def test_the_blocks_arrive_while_the_backup_is_made() -> None:
    script = "import sys; sys.stdout.write('first'); sys.stdout.flush(); sys.stdin.read(); sys.stdout.write(' last')"
    running = await job(script).start()
    assert b"".join([block async for block in running.blocks()]) == b"first last"
    assert running.has_ended
    await running.close()


async def test_a_backup_that_cannot_begin_is_refused_with_its_last_words() -> None:
    with pytest.raises(BackupNotPossible, match=r"^no data of Gapless$"):
        await job("import sys; sys.exit('no data of Gapless')").start()


async def test_a_backup_that_fails_later_does_not_end_well() -> None:
    running = await job("import sys; sys.stdout.write('x'); sys.stdout.flush(); sys.exit('the disk is full')").start()
    with pytest.raises(BackupNotPossible, match="the disk is full"):
        _ = [block async for block in running.blocks()]


async def test_a_second_backup_waits_until_the_first_has_ended() -> None:
    made = job("import sys, time; sys.stdout.write('x'); sys.stdout.flush(); time.sleep(600)")
    running = await made.start()
    with pytest.raises(BackupInProgress):
        await made.start()
    await running.close()
    assert running.has_ended
    await (await made.start()).close()


async def test_a_caller_who_goes_away_ends_the_backup() -> None:
    running = await job("while True: print('x' * 1000)").start()
    blocks = running.blocks()
    assert await anext(blocks)
    await running.close()
    assert running.has_ended


async def test_without_a_database_the_command_is_named() -> None:
    with pytest.raises(BackupNotPossible, match="gapless backup"):
        await BackupJob(None).start()


async def test_the_process_gets_no_other_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "s" * 32)
    running = await job("import os; print(sorted(os.environ))").start()
    names = b"".join([block async for block in running.blocks()])
    assert b"BACKUP_DATABASE_URL" in names
    assert b"SECRET_KEY" not in names
