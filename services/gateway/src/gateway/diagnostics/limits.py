"""The rate limits of all outside systems, in one format."""

from collections.abc import Iterator, Sequence

from shared.contracts.gateway.diagnostics import OutgoingLimit
from shared.contracts.mam.account import TrackerAccess
from shared.contracts.metadata.providers import Provider
from shared.contracts.translatable import translatables
from shared.translatable import translatable

TRACKER = "myanonamouse"


def of_tracker(access: TrackerAccess) -> Iterator[OutgoingLimit]:
    """The pace of the tracker account, and each of its budgets of a day."""
    known = {"client": TRACKER, "service": "mam-search"}
    pace = translatable(
        "limits.pace", f"one request every {access.seconds_between:g} s", seconds=access.seconds_between
    )
    yield OutgoingLimit.model_validate(
        {
            **known,
            "words": pace,
            "translatable": translatables(words=pace),
            "renewed_at": access.next_request_at,
            "closed_until": access.closed_until,
            "closed_because": access.closed_because,
        }
    )
    for each in access.budgets:
        counts = {"limit": each.limit, "left": each.left}
        left = f"{each.left} of {each.limit} {each.kind} a day are left"
        words = translatable("limits.day", left, left=each.left, limit=each.limit, kind=each.kind)
        renewed = {"renewed_at": each.renewed_at}
        yield OutgoingLimit.model_validate(
            {**known, "words": words, "translatable": translatables(words=words), **counts, **renewed}
        )


def of_providers(providers: Sequence[Provider]) -> Iterator[OutgoingLimit]:
    """Every limit of every enabled provider. A provider without a limit has one entry."""
    for each in providers:
        if not each.enabled:
            continue
        closed = {"closed_until": each.blocked_until, "closed_because": each.detail if each.blocked_until else ""}
        known = {"client": each.name, "service": "metadata", **closed}
        if not each.quota:
            unlimited = translatable("limits.unknown", "no limit is known")
            yield OutgoingLimit.model_validate(
                {**known, "words": unlimited, "translatable": translatables(words=unlimited)}
            )
        for quota in each.quota:
            counts = {"limit": quota.limit, "left": quota.left}
            left = f"{quota.left} of {quota.limit} requests a {quota.span} are left"
            words = translatable("limits.span", left, left=quota.left, limit=quota.limit, span=quota.span)
            renewed = {"renewed_at": quota.renewed_at}
            yield OutgoingLimit.model_validate(
                {**known, "words": words, "translatable": translatables(words=words), **counts, **renewed}
            )
