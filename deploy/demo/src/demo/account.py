"""The account at MyAnonamouse in one line."""

from gapless_client.models import Account


def words_of(account: Account) -> str:
    """The standing, the room for further grabs, and the risks that are near."""
    standing, room = account.standing, account.room
    if standing is None or room is None:
        return "Account: the standing was never read."
    ratio = "infinite" if standing.ratio is None else f"{standing.ratio:g}"
    slots = f"{standing.unsatisfied} of {standing.unsatisfied_limit} torrents unsatisfied"
    parts = [
        f"{standing.username}, {standing.classname}, ratio {ratio}",
        f"{slots}, {room.reserved_slots} slots reserved, {room.slots_left} left",
        f"{standing.bonus_points:g} bonus points, {standing.wedges} wedges",
        *(f"{each.risk}: {each.words}" for each in account.warnings if each.near),
    ]
    return f"Account: {'; '.join(parts)}."
