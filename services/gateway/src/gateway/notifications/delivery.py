"""One message to one address of Apprise, and what came of it.

An address is a secret, and so is much of what is said of it: Apprise logs its host, urllib3 the whole path. Their log
lines therefore go nowhere; those of a message are read here for why it failed, and only words of our own leave.
"""

import logging
import re
from dataclasses import dataclass

from apprise import Apprise, AppriseAsset, NotifyFormat, NotifyType
from apprise.common import OverflowMode
from apprise.plugins.base import NotifyBase
from apprise.result import AppriseResultStatus
from shared.contracts.gateway.notifications import Outcome

SEND_TIMEOUT_SECONDS = 30.0


CONNECT_SECONDS, READ_SECONDS = 10.0, 15.0
"""Longer than Apprise's own 4 s: an answer that is not waited for leaves it unknown whether the message arrived."""


NOISY_LOGGERS = ("apprise", "urllib3", "requests", "requests_oauthlib", "oauthlib")


_STATUS = re.compile(r"\berror=(\d{3})\b")


_PERHAPS_TAKEN = frozenset({502, 504})
"""A proxy that says so may have passed the message on."""


_NEVER_ARRIVED = re.compile(
    r"NewConnectionError|ConnectTimeout|NameResolutionError|Failed to establish|Connection refused|Name or service not"
    r"|SSLError|CERTIFICATE_VERIFY|No route to host|Network is unreachable",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class DeliveryResult:
    """What came of a message, in words without the address."""

    outcome: Outcome
    words: str


class Address:
    """One address, ready to send to. `service` is what Apprise calls its kind, such as Telegram."""

    def __init__(self, url: str) -> None:
        """Raises `ValueError` when Apprise does not know such an address; the words do not repeat it."""
        asset = AppriseAsset(
            app_id="Gapless",
            app_desc="Gapless",
            app_url="",
            image_url_mask="",
            image_url_logo="",
            storage_mode="memory",
        )
        plugin = Apprise.instantiate(url, asset=asset)
        if not isinstance(plugin, NotifyBase):
            raise ValueError("Apprise knows no such address, or something is missing in it")
        # One message is one request, whatever the address asks for: a second one could bring it twice.
        plugin.retry, plugin.optional, plugin.overflow_mode = 0, False, OverflowMode.TRUNCATE
        plugin.socket_connect_timeout, plugin.socket_read_timeout = CONNECT_SECONDS, READ_SECONDS
        self.service = str(plugin.service_name)
        self._several = len(plugin) > 1
        self._apprise = Apprise(asset=asset)
        self._apprise.add(plugin)

    async def send(self, title: str, body: str, notify_type: NotifyType) -> DeliveryResult:
        """Send it once, within `SEND_TIMEOUT_SECONDS`."""
        result = await self._apprise.async_notify(
            body=body,
            title=title,
            notify_type=notify_type,
            body_format=NotifyFormat.TEXT,
            timeout=SEND_TIMEOUT_SECONDS,
            log_level=logging.DEBUG,
        )
        if result.status is AppriseResultStatus.SUCCESS:
            return DeliveryResult(Outcome.SENT, f"{self.service} took it")
        if result.status is AppriseResultStatus.TIMEOUT:
            return DeliveryResult(Outcome.UNKNOWN, f"no answer from {self.service} within {SEND_TIMEOUT_SECONDS:.0f} s")
        told = [entry.message for entry in result.logs()]
        delivered = _failed(self.service, told)
        if self._several and delivered.outcome is Outcome.REFUSED:
            words = f"{delivered.words}; some of the recipients of this address may have it"
            return DeliveryResult(Outcome.UNKNOWN, words)
        return delivered


def silence_loggers() -> None:
    """Keep what Apprise and its HTTP client log from our log; why a message failed Apprise tells only at DEBUG."""
    logging.getLogger("apprise").setLevel(logging.DEBUG)
    for name in NOISY_LOGGERS:
        talkative = logging.getLogger(name)
        talkative.propagate = False
        if not talkative.handlers:
            talkative.addHandler(logging.NullHandler())


def _failed(service: str, told: list[str]) -> DeliveryResult:
    lines = "\n".join(told)
    statuses = [int(each) for each in _STATUS.findall(lines)]
    if statuses:
        outcome = Outcome.UNKNOWN if statuses[-1] in _PERHAPS_TAKEN else Outcome.REFUSED
        return DeliveryResult(outcome, f"{service} answered {statuses[-1]}")
    if _NEVER_ARRIVED.search(lines):
        return DeliveryResult(Outcome.REFUSED, f"{service} cannot be reached")
    return DeliveryResult(Outcome.UNKNOWN, f"{service} did not confirm it")
