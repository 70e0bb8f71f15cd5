"""The tests of settings before they are stored."""

from shared.chassis.service import Service
from shared.chassis.setting_facts import connection_facts, failed, not_tested, passed
from shared.contracts.settings import SettingFact
from shared.translatable import translatable

from library_scanner.adapters.audiobookshelf.connect import connect
from library_scanner.settings import AudiobookshelfSettings, LibraryScannerSettings
from library_scanner.workflow.audiobookshelf_check import ADVICE, check_audiobookshelf

_NOT_SHOWN = translatable("fact.no_version", "it is not shown")


async def audiobookshelf_facts(settings: LibraryScannerSettings, service: Service) -> list[SettingFact]:
    """Whether the server is reachable, accepts the key and its permissions suffice, and which libraries are used."""
    found = await check_audiobookshelf(connect(settings, service.closing))
    facts = connection_facts(found.failure, ADVICE)
    if found.access is None:
        return facts
    if found.forbidden:
        user, actions = found.access.user, found.missing_rights
        words = translatable(
            "fact.forbidden", f"{user} is not allowed to {found.forbidden}", user=user, actions=actions
        )
        to_do = translatable("fact.use_admin_key", "Use the API key of an administrator.")
        rights = failed("permissions", "permissions suffice", words, to_do)
    else:
        words = translatable("fact.signed_in", f"signed in as {found.access.user}", user=found.access.user)
        rights = passed("permissions", "permissions suffice", words)
    name = "library found"
    if found.libraries_failure is not None:
        to_do = translatable(
            "fact.correct_libraries", "Correct ABS_LIBRARIES, or create a library of books in Audiobookshelf."
        )
        library = failed("library", name, found.libraries_failure.detail, to_do)
    else:
        library = passed("library", name, found.library_names)
    version = found.access.version
    shown = passed("version", "version", version) if version else not_tested("version", "version", _NOT_SHOWN)
    return [*facts, rights, library, shown]


SETTING_TESTS = {AudiobookshelfSettings.group.name: audiobookshelf_facts}
"""By the name of the group."""
