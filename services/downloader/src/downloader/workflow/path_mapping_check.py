"""Checks with a small file whether the download client sees our folders under the paths that the settings say."""

from dataclasses import dataclass

from shared.chassis.errors import RemoteError
from shared.translatable import translatable, translatable_of

from downloader.domain.download_client import DownloadClient
from downloader.domain.path_mapping import PathMapping
from downloader.workflow.probe_file import ProbeDisk, probe_file


@dataclass(frozen=True, slots=True)
class MappingResult:
    """What is wrong with a mapping, and what to do; empty if nothing. Not `tested`: the client could not be asked."""

    problem: str = ""
    tested: bool = True


class PathMappingCheck:
    """Checks every mapping of the client's folders."""

    def __init__(self, client: DownloadClient, disk: ProbeDisk) -> None:
        self._client = client
        self._disk = disk

    async def problems(self) -> list[str]:
        """What is wrong with each mapping, and what each side sees. Empty while the client is unavailable."""
        found = [await self.check(mapping) for mapping in self._client.downloads.mappings]
        return [each.problem for each in found if each.problem]

    async def check(self, mapping: PathMapping) -> MappingResult:
        """Write a small file to our folder, and ask the client whether it sees it."""
        try:
            async with probe_file(self._disk, mapping.ours) as name:
                sees = await self._client.sees(mapping.child(name))
        except OSError as error:
            ours, why = str(mapping.ours), translatable_of(error)
            words = f"Gapless cannot write to {ours} ({why}): correct {mapping.setting}"
            return MappingResult(
                translatable("fact.mapping_unwritable", words, path=ours, why=why, setting=mapping.setting)
            )
        except RemoteError:
            sees = None
        if sees is not False:
            return MappingResult(tested=sees is not None)
        ours, theirs, setting = str(mapping.ours), str(mapping.theirs), mapping.setting
        words = (
            f"Gapless wrote {name} to {ours}, and the download client does not see it in {theirs}:"
            f" correct {setting}, or the volumes of both"
        )
        return MappingResult(
            translatable("fact.mapping_unseen", words, name=name, ours=ours, theirs=theirs, setting=setting)
        )
