"""Sends one message to one Apprise URL and reports the result.

An Apprise URL is a secret: Apprise logs its host, and urllib3 its whole path. Their log lines are therefore discarded.
This module reads them only to find out why a message failed, and reports that in its own words.

Apprise is imported with the first address, because it takes several MiB and a gateway without targets does not need it.
"""

import logging
import re
from dataclasses import dataclass

from shared.contracts.gateway.notifications import Outcome
from shared.translatable import translatable

from gateway.notifications.kinds import Severity

_WRONG_URL = translatable("setting.wrong_url", "Apprise does not support this URL, or the URL is incomplete")
SEND_TIMEOUT_SECONDS = 30.0


CONNECT_SECONDS, READ_SECONDS = 10.0, 15.0
"""Longer than Apprise's 4 s, because after a timeout it is unknown whether the message arrived."""


NOISY_LOGGERS = ("apprise", "urllib3", "requests", "requests_oauthlib", "oauthlib")


_STATUS = re.compile(r"\berror=(\d{3})\b")


_PERHAPS_DELIVERED = frozenset({502, 504})
"""A proxy that answers so may have delivered the message."""


_NEVER_ARRIVED = re.compile(
    r"NewConnectionError|ConnectTimeout|NameResolutionError|Failed to establish|Connection refused|Name or service not"
    r"|SSLError|CERTIFICATE_VERIFY|No route to host|Network is unreachable",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class DeliveryResult:
    """The result of sending a message. `words` do not contain the URL."""

    outcome: Outcome
    words: str


class Address:
    """One Apprise URL, ready for sending. `service` is Apprise's name of the service, such as Telegram."""

    def __init__(self, url: str) -> None:
        """Raises `ValueError`, without the URL in it, when Apprise does not support the URL."""
        from apprise import Apprise, AppriseAsset  # noqa: PLC0415 - see above
        from apprise.common import OverflowMode  # noqa: PLC0415
        from apprise.plugins.base import NotifyBase  # noqa: PLC0415

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
            raise ValueError(_WRONG_URL)
        # One message is one request, whatever the URL says. A second request could deliver it twice.
        plugin.retry, plugin.optional, plugin.overflow_mode = 0, False, OverflowMode.TRUNCATE
        plugin.socket_connect_timeout, plugin.socket_read_timeout = CONNECT_SECONDS, READ_SECONDS
        self.service = str(plugin.service_name)
        self._several = len(plugin) > 1
        self._apprise = Apprise(asset=asset)
        self._apprise.add(plugin)

    async def send(self, title: str, body: str, severity: Severity) -> DeliveryResult:
        """Send the message once. Returns within `SEND_TIMEOUT_SECONDS` and raises no error."""
        from apprise import NotifyFormat, NotifyType  # noqa: PLC0415 - see above
        from apprise.result import AppriseResultStatus  # noqa: PLC0415

        result = await self._apprise.async_notify(
            body=body,
            title=title,
            notify_type=NotifyType(severity),
            body_format=NotifyFormat.TEXT,
            timeout=SEND_TIMEOUT_SECONDS,
            log_level=logging.DEBUG,
        )
        if result.status is AppriseResultStatus.SUCCESS:
            words = translatable("delivery.accepted", f"{self.service} accepted it", service=self.service)
            return DeliveryResult(Outcome.SENT, words)
        if result.status is AppriseResultStatus.TIMEOUT:
            words, seconds = f"no answer from {self.service} within {SEND_TIMEOUT_SECONDS:.0f} s", SEND_TIMEOUT_SECONDS
            words = translatable("delivery.no_answer", words, service=self.service, seconds=seconds)
            return DeliveryResult(Outcome.UNKNOWN, words)
        delivered = _failed(self.service, [entry.message for entry in result.logs()])
        if self._several and delivered.outcome is Outcome.REFUSED:
            words = f"{delivered.words}; some recipients of this target may have received it"
            words = translatable("delivery.some", words, why=delivered.words)
            return DeliveryResult(Outcome.UNKNOWN, words)
        return delivered


def silence_loggers() -> None:
    """Discard the log lines of Apprise and its HTTP client. Apprise reports why a message failed only at DEBUG."""
    logging.getLogger("apprise").setLevel(logging.DEBUG)
    for name in NOISY_LOGGERS:
        talkative = logging.getLogger(name)
        talkative.propagate = False
        if not talkative.handlers:
            talkative.addHandler(logging.NullHandler())


def _failed(service: str, log_lines: list[str]) -> DeliveryResult:
    lines = "\n".join(log_lines)
    statuses = [int(each) for each in _STATUS.findall(lines)]
    if statuses:
        outcome = Outcome.UNKNOWN if statuses[-1] in _PERHAPS_DELIVERED else Outcome.REFUSED
        words = f"{service} answered {statuses[-1]}"
        return DeliveryResult(
            outcome, translatable("delivery.answered", words, service=service, status=str(statuses[-1]))
        )
    if _NEVER_ARRIVED.search(lines):
        words = translatable("delivery.away", f"{service} cannot be reached", service=service)
        return DeliveryResult(Outcome.REFUSED, words)
    words = translatable("delivery.unconfirmed", f"{service} did not confirm it", service=service)
    return DeliveryResult(Outcome.UNKNOWN, words)
