"""The public addresses of the download client."""

from shared.chassis.errors import RemoteError
from shared.contracts.downloads.client_address import ClientAddress, GetClientAddress

from downloader.domain.download_client import DownloadClient


class GetClientAddressHandler:
    """Handles `GetClientAddress`."""

    def __init__(self, client: DownloadClient) -> None:
        self._client = client

    async def get(self, _request: GetClientAddress) -> ClientAddress:
        """The addresses, or why they are unknown. A failure of the client is a reason, never an error."""
        try:
            addresses = await self._client.public_addresses()
        except RemoteError as error:
            return ClientAddress(detail=error.detail)
        if addresses is None:
            return ClientAddress(detail="this version of the client does not report its address; qBittorrent 5.1 does")
        if not addresses:
            return ClientAddress(detail="the client has not learned its address yet: it needs an active torrent")
        return ClientAddress(addresses=addresses)
