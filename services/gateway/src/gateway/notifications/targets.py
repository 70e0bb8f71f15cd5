"""The targets of notifications: the URLs in NOTIFY_URLS, each for all kinds or for some."""

import re
from dataclasses import dataclass

from shared.chassis.sealing import KeyedHash, SecretKeys
from shared.contracts.gateway.notifications import NewsKind
from shared.translatable import translatable

from gateway.notifications.delivery import Address, silence_loggers
from gateway.notifications.kinds import default_kinds

_KINDS_BEFORE = re.compile(r"([a-z_,]+)=(?=[a-z0-9]+://)", re.IGNORECASE)


@dataclass(frozen=True)
class Target:
    """A URL and the kinds that are sent to it. `id` identifies it without revealing it.

    `former_ids` are its ids with a former SECRET_KEY.
    """

    id: str
    address: Address
    kinds: frozenset[NewsKind]
    former_ids: tuple[str, ...] = ()

    @property
    def service(self) -> str:
        return self.address.service


def targets(text: str, keys: SecretKeys) -> list[Target]:
    """Parse URLs separated by spaces or lines. Lines that start with # are ignored.

    Kinds may precede a URL: `failed,needs_person=tgram://…`. Raises `ValueError`, which gives the position of the URL
    and not the URL itself.
    """
    silence_loggers()
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    found: dict[str, Target] = {}
    for place, entry in enumerate((each for line in lines for each in line.split()), start=1):
        try:
            target = _target(entry, keys)
        except ValueError as error:
            words, why = f"address {place}: {error}", next(iter(error.args), None)
            raise ValueError(translatable("setting.wrong_target", words, place=place, why=why)) from error
        if target.id in found:
            words = f"address {place} is a duplicate"
            raise ValueError(translatable("setting.same_target", words, place=place))
        found[target.id] = target
    return [*found.values()]


def kinds_in(text: str) -> frozenset[NewsKind]:
    """Parse kinds separated by commas. Raises `ValueError`."""
    names = [name for part in text.split(",") if (name := part.strip())]
    unknown = [name for name in names if name not in {*NewsKind}]
    if unknown:
        words = f"unknown kind of notification {unknown[0]!r}; choose from: {', '.join(NewsKind)}"
        raise ValueError(translatable("setting.unknown_part", words, part=unknown[0], known=[*map(str, NewsKind)]))
    return frozenset(NewsKind(name) for name in names)


def _target(entry: str, keys: SecretKeys) -> Target:
    before = _KINDS_BEFORE.match(entry)
    url = entry[before.end() :] if before else entry
    kinds = kinds_in(before[1].lower()) if before else default_kinds()
    address = Address(url)
    service = url.partition("://")[0].lower()
    current, *former = (
        f"{service}-{mark.hex()[:8]}" for mark in KeyedHash(keys, "notification targets").known(url.encode())
    )
    return Target(current, address, kinds, tuple(former))
