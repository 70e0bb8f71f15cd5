"""The bonus store of MyAnonamouse. What it spends cannot be returned, so no request is ever repeated here."""

from datetime import datetime

import httpx
from pydantic import BaseModel, TypeAdapter
from shared.contracts.mam.spending import SpendingKind
from shared.translatable import translatable

from mam_search.adapters.mam.requests import TrackerRequests
from mam_search.adapters.mam.schemas import Number, Text
from mam_search.adapters.mam.values import shown_text
from mam_search.domain.account_ports import StoreAnswer
from mam_search.domain.spending import Purchase

PATH = "/json/bonusBuy.php"
_NO_REASON = translatable("account.no_reason", "the store gave no reason")


class _Answer(BaseModel):
    success: bool
    error: Text = ""
    type: Text = ""
    amount: Text = ""
    seedbonus: Number = None


_ANSWER = TypeAdapter(_Answer)


class Store:
    """Buys what is bought automatically. Gifts do not exist here."""

    def __init__(self, requests: TrackerRequests) -> None:
        self._requests = requests

    async def buy(self, purchase: Purchase, now: datetime) -> StoreAnswer:
        """Send one purchase. Raises the `RemoteError` family; the purchase may then have been carried out anyway."""
        path, query = _request(purchase, now)
        answer = await self._requests.request(path, query, self._parse)
        if not answer.success:
            return StoreAnswer(bought=False, words=shown_text(answer.error) or _NO_REASON)
        words = shown_text(f"{answer.type} {answer.amount}")
        return StoreAnswer(bought=True, words=words, bonus_points=answer.seedbonus)

    def _parse(self, response: httpx.Response) -> _Answer:
        return self._requests.json(response, _ANSWER)


def _request(purchase: Purchase, now: datetime) -> tuple[str, dict[str, str]]:
    """The path and the query. `_` prevents a cached answer."""
    milliseconds = str(int(now.timestamp() * 1000))
    match purchase.kind:
        case SpendingKind.VIP:
            return PATH, {"spendtype": "VIP", "duration": "max", "_": milliseconds}
        case SpendingKind.UPLOAD:
            return PATH, {"spendtype": "upload", "amount": f"{purchase.amount:g}", "_": milliseconds}
        case SpendingKind.WEDGE:
            torrent = {"torrentid": purchase.torrent_id or "", "timestamp": milliseconds}
            return f"{PATH}/{milliseconds}", {"spendtype": "personalFL", **torrent}
