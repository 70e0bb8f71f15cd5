"""The tests of settings before they are stored."""

import asyncio
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from shared.chassis.errors import RemoteError
from shared.chassis.service import Service, SettingTest
from shared.chassis.setting_facts import connection_facts, failed, not_tested, passed
from shared.contracts.settings import FactState, SettingFact
from shared.translatable import about, translatable, translatable_of

from downloader.adapters.clients.registry import CLIENTS
from downloader.adapters.connect import connect_client, connect_indexers
from downloader.adapters.filesystem import Filesystem
from downloader.adapters.folder_check import FolderCheck, check_folder, check_transfer
from downloader.adapters.indexers.mam_search.client import MamSearch
from downloader.adapters.indexers.registry import INDEXERS
from downloader.adapters.library_scanner import LibraryScanner
from downloader.domain.import_problems import words_of
from downloader.domain.integration_check import IntegrationCheck
from downloader.domain.placement import Method
from downloader.settings import DownloaderSettings, FolderSettings
from downloader.workflow.library_path_check import LibraryPathCheck
from downloader.workflow.path_mapping_check import PathMappingCheck

_NAMES = {
    Method.HARDLINK: translatable("fact.hard_links", "hard links"),
    Method.REFLINK: translatable("fact.reflinks", "reflinks, which share the space"),
    Method.COPY: translatable("fact.copies", "copies"),
}
_SAVE_PATH = "the client sees our folder"


async def client_facts(settings: DownloaderSettings, service: Service) -> list[SettingFact]:
    """Whether the chosen client is reachable, accepts the login, and sees the files in our download folder."""
    client, check = connect_client(settings, service)
    facts, connected = await _version_facts(check)
    if not connected:
        return facts
    if not settings.download_path.is_dir():
        words = translatable("fact.no_downloads", "the download folder does not exist yet: set DOWNLOAD_PATH first")
        return [*facts, not_tested("save_path", _SAVE_PATH, words)]
    mapping_check = PathMappingCheck(client, Filesystem(settings.library_path, settings.download_path))
    for mapping in client.downloads.mappings:
        found = await mapping_check.check(mapping)
        if found.problem:
            words = f"Correct {mapping.setting}, or the volumes."
            to_do = translatable("fact.correct_mapping", words, setting=mapping.setting)
            facts.append(failed("save_path", _SAVE_PATH, found.problem, to_do))
        elif found.tested:
            ours, theirs = str(mapping.ours), str(mapping.theirs)
            words = translatable("fact.mapping", f"{ours} is {theirs} in the client", ours=ours, theirs=theirs)
            facts.append(passed("save_path", _SAVE_PATH, words))
        else:
            words = translatable("fact.no_folders", "this version of the client does not show folders")
            facts.append(not_tested("save_path", _SAVE_PATH, words))
    return facts


async def indexer_facts(name: str, settings: DownloaderSettings, service: Service) -> list[SettingFact]:
    """Whether an indexer is reachable and accepts the key, and which indexers behind it are searched."""
    _, checks = connect_indexers(settings, service, MamSearch(service.bus, person_waits=True))
    check = next(each for each in checks if each.name == name)
    facts, connected = await _version_facts(check)
    if connected and check.health is not None:
        health = await check.health()
        code, title, searched = "indexers", "indexers found", ", ".join(health.searched)
        if health.searched:
            words = f"{searched}; left out: {health.problems}" if health.problems else searched
            words = translatable("fact.searched", words, names=health.searched, left_out=health.problems or None)
            facts.append(passed(code, title, words))
        else:
            facts.append(failed(code, title, health.problems, check.advice))
    return facts


async def folder_facts(settings: DownloaderSettings, service: Service) -> list[SettingFact]:
    """Whether the folders exist and can be written to, and whether imported files need space of their own."""
    folders = {"DOWNLOAD_PATH": settings.download_path, "LIBRARY_PATH": settings.library_path}
    if settings.replaced_path is not None:
        folders["REPLACED_PATH"] = settings.replaced_path
    return [
        *await asyncio.to_thread(_disk_facts, folders),
        *[fact for path in settings.import_paths for fact in await asyncio.to_thread(_import_folder_facts, path)],
        *await _library_facts(settings, service),
    ]


def _disk_facts(folders: Mapping[str, Path]) -> list[SettingFact]:
    found = {name: check_folder(path) for name, path in folders.items()}
    facts = [fact for name, check in found.items() for fact in _folder_facts(name, folders[name], check)]
    downloads, library = found["DOWNLOAD_PATH"], found["LIBRARY_PATH"]
    code, title = "same_file_system", "files are shared by hard links"
    if downloads.failure or library.failure:
        return [*facts, not_tested(code, title, translatable("fact.no_folder", "a folder cannot be used"))]
    check = check_transfer(downloads.place, library.place)
    if check.failure is not None or check.method is None:
        why = words_of(check.failure) if check.failure else str(check.failure)
        to_do = translatable("fact.make_both_writable", "Make both folders writable for Gapless.")
        return [*facts, failed(code, title, why, to_do)]
    words = f"{_NAMES[check.method]}: {check.why_no_link}" if check.why_no_link else _NAMES[check.method]
    words = translatable("fact.transfer", words, how=_NAMES[check.method], why=check.why_no_link or None)
    if check.method is not Method.COPY:
        return [*facts, passed(code, title, words)]
    to_do = translatable(
        "fact.one_mount", "Imports work, but need the space twice. Put both folders into one mount to avoid that."
    )
    return [*facts, SettingFact.of(code, title, FactState.PASSED, words, to_do)]


def _folder_facts(name: str, path: Path, check: FolderCheck) -> list[SettingFact]:
    exists, writable = f"{name} exists", f"{name} is writable"
    words = str(path)
    if not check.exists:
        place = str(check.place)
        words = f"{path} does not exist yet; it is created in {place}"
        words = translatable("fact.not_there_yet", words, path=str(path), place=place)
    if check.failure is not None:
        to_do = translatable(
            "fact.make_writable", "Make it writable for the user that Gapless runs as (PUID and PGID), or mount it."
        )
        wrong = about(str(check.place), translatable_of(check.failure))
        missing = not_tested(f"exists:{name}", exists, words)
        known = passed(f"exists:{name}", exists, words) if check.exists else missing
        return [known, failed(f"writable:{name}", writable, wrong, to_do)]
    return [passed(f"exists:{name}", exists, words), passed(f"writable:{name}", writable)]


def _import_folder_facts(path: Path) -> list[SettingFact]:
    code, title = "exists:IMPORT_FOLDERS", f"{path} can be read"
    try:
        next(iter(path.iterdir()), None)
    except OSError as error:
        to_do = translatable("fact.correct_import_folders", "Correct IMPORT_FOLDERS, or mount the folder.")
        return [failed(code, title, translatable_of(error), to_do)]
    return [passed(code, title)]


async def _library_facts(settings: DownloaderSettings, service: Service) -> list[SettingFact]:
    """Whether the library folder is one of Audiobookshelf; nothing while it is unavailable or the folder is missing."""
    path = settings.library_path
    if not path.is_dir():
        return []
    disk = Filesystem(path, settings.download_path)
    check = LibraryPathCheck(LibraryScanner(service.bus), disk, service.clock, path)
    problem = await check.problem(refresh=True)
    if problem is None:
        return []
    to_do = translatable(
        "fact.correct_library_path",
        "Set LIBRARY_PATH to the folder of the library as Gapless sees it, or mount its disk.",
    )
    return [failed("library_folder", "it is the folder of Audiobookshelf", problem, to_do)]


async def _version_facts(check: IntegrationCheck) -> tuple[list[SettingFact], bool]:
    """The facts about the connection, and whether it works."""
    if check.version is None:
        return [not_tested("reachable", "address reachable", check.advice)], False
    try:
        version = await check.version()
    except RemoteError as failure:
        return connection_facts(failure, check.advice), False
    return [*connection_facts(None, check.advice), passed("version", "version supported", version)], True


SETTING_TESTS: Mapping[str, SettingTest] = {
    FolderSettings.group.name: folder_facts,
    **{each.settings.group.name: client_facts for each in CLIENTS},
    **{each.name: partial(indexer_facts, each.name) for each in INDEXERS if each.is_configured_here},
}
"""By the name of the group."""
