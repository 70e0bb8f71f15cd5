"""The rate limits of all outside systems, in one format."""

from collections.abc import Iterator, Sequence

from shared.contracts.gateway.diagnostics import OutgoingLimit
from shared.contracts.mam.account import TrackerAccess
from shared.contracts.metadata.providers import Provider

TRACKER = "myanonamouse"


def of_tracker(access: TrackerAccess) -> Iterator[OutgoingLimit]:
    """The pace of the tracker account, and each of its budgets of a day."""
    known = {"client": TRACKER, "service": "mam-search"}
    yield OutgoingLimit.model_validate(
        {
            **known,
            "words": f"one request every {access.seconds_between:g} s",
            "renewed_at": access.next_request_at,
            "closed_until": access.closed_until,
            "closed_because": access.closed_because,
        }
    )
    for each in access.budgets:
        words = f"{each.left} of {each.limit} {each.kind} a day are left"
        counts = {"limit": each.limit, "left": each.left, "renewed_at": each.renewed_at}
        yield OutgoingLimit.model_validate({**known, "words": words, **counts})


def of_providers(providers: Sequence[Provider]) -> Iterator[OutgoingLimit]:
    """Every limit of every enabled provider. A provider without a limit has one entry."""
    for each in providers:
        if not each.enabled:
            continue
        closed = {"closed_until": each.blocked_until, "closed_because": each.detail if each.blocked_until else ""}
        known = {"client": each.name, "service": "metadata", **closed}
        if not each.quota:
            yield OutgoingLimit.model_validate({**known, "words": "no limit is known"})
        for quota in each.quota:
            words = f"{quota.left} of {quota.limit} requests a {quota.span} are left"
            yield OutgoingLimit.model_validate(
                {**known, "words": words, "limit": quota.limit, "left": quota.left, "renewed_at": quota.renewed_at}
            )
