"""sync/maindata: the changes since the last request of a session."""

from typing import Any

Whole = dict[str, Any]


class SyncSession:
    """The last answer to one session. `rid` is the number of its answers."""

    def __init__(self) -> None:
        self._rid = 0
        self._last: Whole = {}

    def answer(self, whole: Whole, rid: int) -> dict[str, Any]:
        """Only the changes if `rid` is that of the last answer, otherwise everything."""
        full = rid == 0 or rid != self._rid
        content = {"full_update": True, **whole} if full else _changes(self._last, whole)
        self._last = whole
        self._rid += 1
        return {"rid": self._rid, **content}


def _changes(before: Whole, now: Whole) -> Whole:
    changes: Whole = {}
    torrents = _changed_entries(before.get("torrents", {}), now.get("torrents", {}))
    changes |= _part("torrents", torrents, _removed(before, now, "torrents"))
    for part in ("categories", "trackers"):
        old, new = before.get(part, {}), now.get(part, {})
        changed = {key: value for key, value in new.items() if old.get(key) != value}
        changes |= _part(part, changed, _removed(before, now, part))
    tags = [tag for tag in now.get("tags", []) if tag not in before.get("tags", [])]
    changes |= _part("tags", tags, _removed(before, now, "tags"))
    return changes | _part("server_state", _changed_fields(before["server_state"], now["server_state"]), [])


def _part(part: str, changed: Any, removed: list[str]) -> Whole:
    return ({part: changed} if changed else {}) | ({f"{part}_removed": removed} if removed else {})


def _removed(before: Whole, now: Whole, part: str) -> list[str]:
    return [key for key in before.get(part, {}) if key not in now.get(part, {})]


def _changed_entries(before: Whole, now: Whole) -> Whole:
    changed = {key: _changed_fields(before.get(key, {}), entry) for key, entry in now.items()}
    return {key: fields for key, fields in changed.items() if fields}


def _changed_fields(before: Whole, now: Whole) -> Whole:
    return {field: value for field, value in now.items() if field not in before or before[field] != value}
