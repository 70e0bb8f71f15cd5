"""Checks with a small file whether the download client sees our folders under the paths that the settings say."""

from shared.chassis.errors import RemoteError

from downloader.domain.download_client import DownloadClient
from downloader.domain.path_mapping import PathMapping
from downloader.workflow.probe_file import ProbeDisk, probe_file


class PathMappingCheck:
    """Checks every mapping of the client's folders."""

    def __init__(self, client: DownloadClient, disk: ProbeDisk) -> None:
        self._client = client
        self._disk = disk

    async def problems(self) -> list[str]:
        """What is wrong with each mapping, and what each side sees. Empty while the client is unavailable."""
        found = [await self._problem(mapping) for mapping in self._client.downloads.mappings]
        return [problem for problem in found if problem is not None]

    async def _problem(self, mapping: PathMapping) -> str | None:
        try:
            async with probe_file(self._disk, mapping.ours) as name:
                sees = await self._client.sees(mapping.child(name))
        except OSError as error:
            return f"Gapless cannot write to {mapping.ours} ({error.strerror}): correct {mapping.setting}"
        except RemoteError:
            return None
        if sees is not False:
            return None
        return (
            f"Gapless wrote {name} to {mapping.ours}, and the download client does not see it in {mapping.theirs}:"
            f" correct {mapping.setting}, or the volumes of both"
        )
