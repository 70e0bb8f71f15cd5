"""The data folder and its lock."""

import os
from pathlib import Path

import pytest
from embedded.folder import FolderInUse, FolderLock, default_data_folder, make_enterable
from embedded.process import CannotStart, account_for, can_reach, run_as
from embedded.programs import nats_program


def test_the_setting_selects_the_data_folder(tmp_path: Path) -> None:
    assert default_data_folder({"GAPLESS_DATA": str(tmp_path)}) == tmp_path.resolve()


def test_without_the_setting_the_data_folder_of_root_is_accessible_to_other_accounts() -> None:
    expected = Path("/var/lib/gapless") if os.geteuid() == 0 else Path("/shares/gapless")
    assert default_data_folder({"XDG_DATA_HOME": "/shares"}) == expected


def test_the_account_of_the_servers_can_enter_created_folders(server_folder: Path) -> None:
    folder = server_folder / "one" / "two"
    before = os.umask(0o077)
    try:
        make_enterable(folder)
    finally:
        os.umask(before)
    assert can_reach(folder, account_for(folder / "cluster"))


def test_a_lock_is_refused_while_another_process_holds_it(server_folder: Path) -> None:
    with FolderLock(server_folder), pytest.raises(FolderInUse, match=rf"\(process {os.getpid()}\): stop it, or set"):
        FolderLock(server_folder).acquire()
    with FolderLock(server_folder) as lock:
        assert lock.descriptor > 2


def test_a_setting_with_a_missing_program_is_refused_with_an_example(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="NATS_SERVER_BIN: /nowhere/nats-server is not a program"):
        nats_program(tmp_path, None, {"NATS_SERVER_BIN": "/nowhere/nats-server"})


def test_the_servers_account_is_never_root(server_folder: Path) -> None:
    account = account_for(server_folder / "cluster")
    assert (account is None) == (os.geteuid() != 0)
    assert run_as(account).get("user", os.geteuid()) != 0
