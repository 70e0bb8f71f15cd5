"""Compares the public addresses of Gapless and of the torrent client: is the VPN up, and does the client use it?"""

from ipaddress import ip_address

from shared.contracts.downloads.client_address import ClientAddress
from shared.contracts.gateway.diagnostics import PublicAddresses
from shared.contracts.mam.account import TrackerAccess
from shared.contracts.mam.seedbox import SeedboxState
from shared.contracts.translatable import translatables, with_code
from shared.translatable import translatable

SAME_NETWORK = "send Gapless through the VPN of the client with MAM_PROXY, or check that the client uses its VPN"


def compare_addresses(access: TrackerAccess | None, client: ClientAddress | None) -> PublicAddresses:
    """The addresses, and which of them disagree. Addresses of different IP versions are not compared."""
    seen = access.egress.address if access and access.egress else ""
    seedbox = access.seedbox if access else None
    registered = seedbox.address if seedbox and seedbox.state is not SeedboxState.OFF else ""
    of_client = client.addresses if client else []
    findings = []
    shown = " and ".join(of_client)
    if differs(seen, of_client):
        words = f"MyAnonamouse sees Gapless at {seen}, but the torrent client is at {shown}: {SAME_NETWORK}"
        findings.append(translatable("addresses.client_elsewhere", words, seen=seen, client=of_client))
    if differs(registered, of_client):
        words = (
            f"{registered} is registered at MyAnonamouse, but the torrent client is at {shown}, so that the tracker may"
            f" refuse it: {SAME_NETWORK}"
        )
        findings.append(translatable("addresses.other_registered", words, registered=registered, client=of_client))
    if registered and differs(seen, [registered]):
        words = (
            f"MyAnonamouse sees Gapless at {seen}, but {registered} is registered: the task tracker_access registers a"
            " new address at most once an hour"
        )
        findings.append(translatable("addresses.old_registered", words, seen=seen, registered=registered))
    disagree = bool(findings)
    if seedbox and seedbox.state not in (SeedboxState.OFF, SeedboxState.NOT_YET, SeedboxState.REGISTERED):
        why = with_code(seedbox.detail, seedbox.translatable.get("detail"))
        words = f"the address could not be registered: {why}"
        findings.append(translatable("addresses.not_registered", words, why=why))
    if client and client.detail:
        words = f"the address of the torrent client is unknown: {client.detail}"
        findings.append(translatable("addresses.client_unknown", words, why=client.detail))
    known = [each for each in (seen, registered, *of_client[:1]) if each]
    return PublicAddresses(
        seen=seen,
        registered=registered,
        client=of_client,
        agree=None if len(known) < 2 else not disagree,
        findings=findings,
        translatable=translatables(findings=translatable("addresses.all", "; ".join(findings), all=findings))
        if findings
        else {},
    )


def differs(address: str, others: list[str]) -> bool:
    """Whether an address of the same IP version is known, and it is another one."""
    same_version = [each for each in others if address and _version(each) == _version(address)]
    return bool(same_version) and address not in same_version


def _version(address: str) -> int | None:
    try:
        return ip_address(address).version
    except ValueError:
        return None
