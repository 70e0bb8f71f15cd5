"""sync/maindata: what has changed since a session asked last."""

from typing import Any

Whole = dict[str, Any]


class SyncSession:
    """One logged-in session's view. `rid` counts its answers."""

    def __init__(self) -> None:
        self._rid = 0
        self._last: Whole = {}

    def answer(self, whole: Whole, rid: int) -> dict[str, Any]:
        """Only the changes if `rid` is that of the last answer, else everything."""
        full = rid == 0 or rid != self._rid
        told = {"full_update": True, **whole} if full else _changes(self._last, whole)
        self._last = whole
        self._rid += 1
        return {"rid": self._rid, **told}


def _changes(before: Whole, now: Whole) -> Whole:
    told: Whole = {}
    torrents = _changed_entries(before.get("torrents", {}), now.get("torrents", {}))
    told |= _named("torrents", torrents, _gone(before, now, "torrents"))
    for part in ("categories", "trackers"):
        old, new = before.get(part, {}), now.get(part, {})
        changed = {key: value for key, value in new.items() if old.get(key) != value}
        told |= _named(part, changed, _gone(before, now, part))
    tags = [tag for tag in now.get("tags", []) if tag not in before.get("tags", [])]
    told |= _named("tags", tags, _gone(before, now, "tags"))
    return told | _named("server_state", _fields(before["server_state"], now["server_state"]), [])


def _named(part: str, changed: Any, removed: list[str]) -> Whole:
    return ({part: changed} if changed else {}) | ({f"{part}_removed": removed} if removed else {})


def _gone(before: Whole, now: Whole, part: str) -> list[str]:
    return [key for key in before.get(part, {}) if key not in now.get(part, {})]


def _changed_entries(before: Whole, now: Whole) -> Whole:
    changed = {key: _fields(before.get(key, {}), entry) for key, entry in now.items()}
    return {key: fields for key, fields in changed.items() if fields}


def _fields(before: Whole, now: Whole) -> Whole:
    return {field: value for field, value in now.items() if field not in before or before[field] != value}
