"""The public addresses of Gapless and of the torrent client are compared."""

from datetime import UTC, datetime

import pytest
from gateway.diagnostics.addresses import compare_addresses
from gateway.doctor.resource_checks import check_addresses
from shared.contracts.downloads.client_address import ClientAddress
from shared.contracts.gateway.diagnostics import PublicAddresses
from shared.contracts.gateway.doctor import Severity
from shared.contracts.mam.account import Egress, TrackerAccess
from shared.contracts.mam.seedbox import Seedbox, SeedboxState

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HERE, VPN, V6 = "198.51.100.1", "203.0.113.7", "2001:db8::1"


def compared(seen: str = "", registered: str = "", client: list[str] | None = None) -> PublicAddresses:
    access = TrackerAccess(
        seconds_between=3,
        egress=Egress(address=seen, seen_at=NOON) if seen else None,
        seedbox=Seedbox(state=SeedboxState.REGISTERED, address=registered) if registered else None,
    )
    return compare_addresses(access, ClientAddress(addresses=client or []))


@pytest.mark.parametrize(
    ("seen", "registered", "client", "agree", "words"),
    [
        (VPN, VPN, [VPN], True, []),
        (HERE, "", [VPN], False, ["MAM_PROXY"]),
        (VPN, VPN, [HERE], False, ["MAM_PROXY", "registered at MyAnonamouse"]),
        (VPN, HERE, [VPN], False, ["registered at MyAnonamouse", "tracker_access"]),
        (VPN, "", [V6], True, []),
        (VPN, "", [V6, VPN], True, []),
        (VPN, "", [], None, []),
        ("", "", [VPN], None, []),
    ],
)
def test_addresses_that_disagree_are_named_with_what_to_do(
    seen: str, registered: str, client: list[str], agree: bool | None, words: list[str]
) -> None:
    found = compared(seen, registered, client)
    assert found.agree is agree
    assert len(found.findings) == len(words)
    assert all(any(word in finding for finding in found.findings) for word in words)
    (finding,) = check_addresses(found)
    assert finding.severity is (Severity.WARNING if agree is False else Severity.OK)


def test_an_unknown_address_and_a_failed_registration_have_their_reasons() -> None:
    failed = Seedbox(state=SeedboxState.NOT_ALLOWED, detail="the session may not do that")
    found = compare_addresses(
        TrackerAccess(seconds_between=3, seedbox=failed), ClientAddress(detail="qBittorrent 5.1 reports it")
    )
    assert [each.rpartition(": ")[2] for each in found.findings] == [failed.detail, "qBittorrent 5.1 reports it"]
    assert compare_addresses(None, None) == PublicAddresses()
