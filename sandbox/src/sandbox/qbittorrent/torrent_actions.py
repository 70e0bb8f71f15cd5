"""The actions under `torrents/`."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sandbox.qbittorrent import answers, client_answers
from sandbox.qbittorrent.calls import Call, Rejected
from sandbox.qbittorrent.client import Client
from sandbox.torrent_client.torrents import AS_GLOBAL, NotATorrent, Torrent

_BAD_CATEGORY = "Incorrect category name"


class TorrentActions:
    """Each public method except `reads` and `writes` is an action.

    It returns text, JSON, or None for an empty answer, and raises Rejected if it fails.
    """

    def __init__(self, client: Client) -> None:
        self._client = client

    def reads(self) -> dict[str, Callable[[Call], Any]]:
        """The actions that change nothing, by name."""
        return {
            "info": self.info,
            "properties": lambda call: answers.properties(self._client, self._one(call)),
            "files": lambda call: answers.files(self._client, self._one(call)),
            "trackers": lambda call: answers.trackers(self._client, self._one(call)),
            "webseeds": lambda call: self._one(call) and [],
            "categories": lambda _: client_answers.categories(self._client),
            "tags": lambda _: sorted(self._client.tags),
        }

    def writes(self) -> dict[str, Callable[[Call], Any]]:
        """The actions that require POST, by name."""
        return {
            "add": self.add,
            "delete": self.delete,
            self._client.dialect.stop: self.stop,
            self._client.dialect.start: self.start,
            "setForceStart": self.force,
            "recheck": lambda call: self._each(call, self._client.recheck),
            "reannounce": lambda call: self._each(call, lambda _: None),
            "setLocation": self.set_location,
            "setCategory": self.set_category,
            "createCategory": self.create_category,
            "editCategory": self.edit_category,
            "removeCategories": self.remove_categories,
            "createTags": lambda call: self._client.put_tags(_words(call.required("tags"))),
            "addTags": self.add_tags,
            "removeTags": self.remove_tags,
            "rename": self.rename,
            "filePrio": self.prioritize_files,
            "setDownloadLimit": self.limit_download,
            "setShareLimits": self.limit_sharing,
            "setAutoManagement": self.manage_automatically,
        }

    def info(self, call: Call) -> list[dict[str, Any]]:
        """The matching torrents. Every torrent passes an unknown filter; an empty category means no category."""
        entries = [answers.info(self._client, torrent) for torrent in self._wanted(call)]
        if (sort := call.get("sort")) and all(sort in entry for entry in entries):
            entries.sort(key=lambda entry: entry[sort])
        if call.flag("reverse"):
            entries.reverse()
        offset, limit = call.number("offset", 0), call.number("limit", 0)
        return entries[offset:][: limit if limit > 0 else None]

    def add(self, call: Call) -> str | dict[str, Any]:
        """Add torrents. `Fails.` (409 in 5.3) if none was added, also for duplicates. 415 for an invalid file."""
        before = set(self._client.torrents)
        added = [self._add(call, self._parse(name, content)) for name, content in call.uploads]
        urls = [url for url in call.get("urls").split() if not url.startswith("magnet:")]
        added += [self._add(call, _magnet(url)) for url in call.get("urls").split() if url not in urls]
        if not self._client.dialect.answers_by_status:
            return "Ok." if any(added) or urls else "Fails."
        if not any(added) and not urls:
            raise Rejected(409, "Conflict")
        ids = [each for each in self._client.torrents if each not in before]
        return {
            "added_torrent_ids": ids,
            "failure_count": added.count(False),
            "pending_count": len(urls),
            "success_count": len(ids),
        }

    def delete(self, call: Call) -> None:
        """Remove torrents, and their files with `deleteFiles=true`."""
        hashes, with_files = call.required("hashes"), call.required("deleteFiles") == "true"
        for torrent in self._by_hashes(hashes):
            self._client.remove(torrent, with_files=with_files)

    def stop(self, call: Call) -> None:
        """Stop torrents."""
        for torrent in self._by_hashes(call.required("hashes")):
            torrent.stopped, torrent.forced = True, False
            self._client.store(torrent)

    def start(self, call: Call) -> None:
        """Start torrents."""
        for torrent in self._by_hashes(call.required("hashes")):
            torrent.forced = False
            self._client.start(torrent)

    def force(self, call: Call) -> None:
        """Start torrents, with or without force."""
        call.required("value")
        for torrent in self._by_hashes(call.required("hashes")):
            torrent.forced = call.flag("value")
            self._client.start(torrent)

    def set_location(self, call: Call) -> None:
        """Move torrents to another folder, and switch off their automatic management."""
        location = call.required("location")
        if not location:
            raise Rejected(400, "Save path cannot be empty")
        for torrent in self._by_hashes(call.required("hashes")):
            torrent.automatic = False
            try:
                self._client.move(torrent, Path(location))
            except OSError:
                raise Rejected(409, "Cannot make save path") from None

    def set_category(self, call: Call) -> None:
        """Set the category of torrents. An unknown category gives 409."""
        category = call.required("category")
        if category and category not in self._client.categories:
            raise Rejected(409, _BAD_CATEGORY)
        for torrent in self._by_hashes(call.required("hashes")):
            torrent.category = category
            self._client.follow_category(torrent)

    def create_category(self, call: Call) -> None:
        """Create a category. An invalid or existing name gives 409."""
        category = call.required("category")
        if not category:
            raise Rejected(400, "Category cannot be empty")
        if "\\" in category or "//" in category or category != category.strip("/"):
            raise Rejected(409, _BAD_CATEGORY)
        if category in self._client.categories:
            raise Rejected(409, "Unable to create category")
        self._client.put_category(category, call.get("savePath"))

    def edit_category(self, call: Call) -> None:
        """Change the folder of a category, and move its torrents with automatic management."""
        category = call.required("category")
        if category not in self._client.categories:
            by_status = self._client.dialect.answers_by_status
            raise Rejected(404, "Category does not exist") if by_status else Rejected(409, "Unable to edit category")
        self._client.put_category(category, call.required("savePath"))
        for torrent in self._client.torrents.values():
            if torrent.category == category:
                self._client.follow_category(torrent)

    def remove_categories(self, call: Call) -> None:
        """Remove categories, and clear the category of their torrents."""
        for category in call.required("categories").split("\n"):
            self._client.put_category(category, None)
            for torrent in self._client.torrents.values():
                if torrent.category == category:
                    torrent.category = ""
                    self._client.follow_category(torrent)

    def add_tags(self, call: Call) -> None:
        """Add tags to torrents. Creates tags that do not exist."""
        tags = _words(call.required("tags"))
        self._client.put_tags(tags)
        for torrent in self._by_hashes(call.required("hashes")):
            torrent.tags = sorted({*torrent.tags, *tags})
            self._client.store(torrent)

    def remove_tags(self, call: Call) -> None:
        """Remove tags, or all tags if none are named."""
        tags = _words(call.get("tags"))
        for torrent in self._by_hashes(call.required("hashes")):
            torrent.tags = [tag for tag in torrent.tags if tags and tag not in tags]
            self._client.store(torrent)

    def rename(self, call: Call) -> None:
        """Change the displayed name of a torrent."""
        torrent = self._one(call)
        if not call.required("name").strip():
            raise Rejected(409, "Incorrect torrent name")
        torrent.name = call.get("name")
        self._client.store(torrent)

    def prioritize_files(self, call: Call) -> None:
        """Set the priority of files by their indexes; 0 to not download them. 409 without metadata."""
        call.require("hash", "id", "priority")
        torrent, ids = self._one(call), call.required("id").split("|")
        priority = call.required("priority")
        if priority not in ("0", "1", "6", "7"):
            raise Rejected(400, "Priority is not valid")
        if not all(each.isdecimal() for each in ids):
            raise Rejected(400, "File IDs must be integers")
        if not torrent.has_metadata:
            raise Rejected(409, "Torrent's metadata has not yet downloaded")
        if any(int(each) >= len(torrent.files) for each in ids):
            raise Rejected(409, "File ID is not valid")
        self._client.choose(torrent, map(int, ids), int(priority))

    def limit_download(self, call: Call) -> None:
        """Limit the download speed of torrents, in bytes a second."""
        call.required("limit")
        for torrent in self._by_hashes(call.required("hashes")):
            torrent.download_limit = max(call.number("limit", 0), 0)
            self._client.store(torrent)

    def limit_sharing(self, call: Call) -> None:
        """Set the share limits of torrents. 400 without the parameters that the version requires."""
        call.require(*self._client.dialect.share_limits)
        for torrent in self._by_hashes(call.required("hashes")):
            torrent.ratio_limit = float(call.get("ratioLimit"))
            torrent.seeding_minutes_limit = call.number("seedingTimeLimit", AS_GLOBAL)
            self._client.store(torrent)

    def manage_automatically(self, call: Call) -> None:
        """Switch the automatic management of torrents on or off."""
        for torrent in self._by_hashes(call.required("hashes")):
            torrent.automatic = call.flag("enable")
            self._client.follow_category(torrent)

    def _parse(self, name: str, content: bytes) -> Torrent:
        try:
            return Torrent.from_metainfo(content)
        except NotATorrent:
            raise Rejected(415, f"Error: '{name}' is not a valid torrent file.") from None

    def _add(self, call: Call, torrent: Torrent | None) -> bool:
        if torrent is None:
            return False
        torrent.name = call.get("rename") or torrent.name
        torrent.category = call.get("category")
        torrent.tags = sorted(_words(call.get("tags")))
        torrent.automatic = call.flag("autoTMM")
        by_category = self._client.category_folder(torrent.category)
        default = str(self._client.default_save_path)
        torrent.save_path = by_category if torrent.automatic else call.get("savepath") or default
        torrent.stopped = call.flag(self._client.dialect.stopped)
        torrent.download_limit = max(call.number("dlLimit", 0), 0)
        torrent.ratio_limit = float(call.get("ratioLimit") or AS_GLOBAL)
        torrent.seeding_minutes_limit = call.number("seedingTimeLimit", AS_GLOBAL)
        return self._client.add(torrent)

    def _wanted(self, call: Call) -> Iterable[Torrent]:
        hashes = call.get("hashes")
        selected = self._by_hashes(hashes) if hashes else list(self._client.torrents.values())
        if "category" in call.parameters:
            selected = [torrent for torrent in selected if torrent.category == call.get("category")]
        if "tag" in call.parameters:
            tag = call.get("tag")
            selected = [torrent for torrent in selected if (tag in torrent.tags if tag else not torrent.tags)]
        return [torrent for torrent in selected if self._passes(torrent, call.get("filter"))]

    def _passes(self, torrent: Torrent, wanted: str) -> bool:
        state, active = self._client.state(torrent), self._client.speed(torrent) > 0
        filters = {
            "downloading": not torrent.complete,
            "seeding": torrent.complete and not torrent.stopped,
            "completed": torrent.complete,
            self._client.dialect.stopped: torrent.stopped,
            self._client.dialect.running: not torrent.stopped,
            "active": active,
            "inactive": not active,
            "stalled": state.startswith("stalled"),
            "stalled_uploading": state == "stalledUP",
            "stalled_downloading": state == "stalledDL",
            "checking": state.startswith("checking"),
            "moving": state == "moving",
            "errored": torrent.fault is not None,
        }
        return filters.get(wanted, True)

    def _one(self, call: Call) -> Torrent:
        torrent = self._client.torrents.get(call.required("hash").lower())
        if torrent is None:
            raise Rejected(404, "Not Found")
        return torrent

    def _by_hashes(self, hashes: str) -> list[Torrent]:
        """The torrents with these hashes. Unknown hashes are ignored, so actions on them succeed."""
        known = self._client.torrents
        if hashes == "all":
            return list(known.values())
        return [known[each] for each in hashes.lower().split("|") if each in known]

    def _each(self, call: Call, act: Callable[[Torrent], None]) -> None:
        for torrent in self._by_hashes(call.required("hashes")):
            act(torrent)


def _magnet(link: str) -> Torrent | None:
    try:
        return Torrent.from_magnet(link)
    except NotATorrent:
        return None


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]
