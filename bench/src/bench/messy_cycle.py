"""Puts a messy library with planted faults in order through the REST API of a running installation, and undoes it.

`python -m bench.messy_cycle --seed 7 --books 1000` scans the library, refreshes it, checks it, accepts every proposal,
and compares each item of Audiobookshelf with its true fields. Then it undoes all corrections and compares each item
with its state at the beginning, byte by byte.
"""

import argparse
import io
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from harness.secret_search import known_secrets
from harness.trial import Trial, trial
from PIL import Image
from rich.console import Console
from sandbox.audiobookshelf.items import stable_id
from sandbox.world import World
from sandbox.worldmaking.messy.faults import MessyItem, TrueFields
from sandbox.worldmaking.messy.library import MessyLibrary, messy_library
from shared.books.gaps.works import series_key
from shared.books.text.titles import fold

from bench.measurement import NotMeasured, ShowProgress, run_task
from bench.messy_library import REPAIRABLE

FIELDS = ("title", "authors", "narrators", "series", "language", "abridged")
SETTINGS = {
    "LOG_LEVEL": "WARNING", "RATE_LIMIT_PER_KEY": "100000000", "RATE_LIMIT_PER_ADDRESS": "100000000",
    "COVERS_PRIVATE_HOSTS": "true", "COVER_SIZES_PER_DAY": "100000", "AUDIBLE_INTERVAL": "0", "HARDCOVER_INTERVAL": "0",
    "TASK_LIBRARY_SCAN_CRON": "by hand", "TASK_LIBRARY_CHECK_CRON": "by hand", "TASK_METADATA_DAILY_CRON": "by hand",
}  # fmt: skip
WITHIN_SECONDS = 1_800.0
ROUNDS = 4
"""Rounds of accepting: a corrected field may show another fault of the same field."""
Items = Mapping[str, Any]


@dataclass
class Order:
    """What became of one library."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    repaired: Counter[str] = field(default_factory=Counter)
    accepted: int = 0
    corrected: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    not_restored: list[str] = field(default_factory=list)


def with_one_item_for_each_folder(library: MessyLibrary) -> MessyLibrary:
    """The library without the second items of folders, which a world does not have, and without their faults."""
    first = {item.fields["folder"]: item for item in reversed(library.items)}
    items = [item for item in library.items if first[item.fields["folder"]] is item]
    ids = {item.fields["id"] for item in items}
    return MessyLibrary(library.seed, items, [each for each in library.planted if ids.issuperset(each.books)])


def world_of(library: MessyLibrary) -> World:
    """A world with this library, whose editions are at Audible."""
    records = {each.id: (item, each) for item in library.items for each in item.editions}
    audible = [
        {
            "id": key.partition(":")[2], "title": item.truth.title, "authors": item.truth.authors,
            "narrators": item.truth.narrators, "asin": key.partition(":")[2], "language": listed.language,
            "series": [{"name": listed.series, "sequence": listed.place}] if listed.series else [],
            "duration_minutes": listed.duration_minutes, "abridged": listed.abridged,
        }
        for key, (item, listed) in records.items()
    ]  # fmt: skip
    books = [each.model_dump() for each in library.books()]
    providers = {"audible": audible, "hardcover": []}
    return World.model_validate({"name": "messy", "works": [], "library": books, "providers": providers})


def put_in_order(library: MessyLibrary, installed: Trial, show_progress: ShowProgress) -> Order:
    """Scan, refresh, check, accept, compare, undo, and compare again."""
    processes, began = installed.processes, datetime.now(UTC)
    items = {stable_id("book", each.fields["id"]): each for each in library.items}
    show_progress("uploading covers")
    _upload_covers(installed, items)
    before, order, api = installed.items(), Order(), processes.api
    key = {"X-Api-Key": processes.installation.api_key}
    with httpx.Client(base_url=f"http://127.0.0.1:{processes.port}", headers=key, timeout=120) as rest:

        def run(task: str) -> None:
            run_task(api, task, show_progress, within_seconds=WITHIN_SECONDS)

        run("library_scan")
        run("library_check")
        kinds = _kinds_found(rest)
        run("metadata_full_refresh")
        _settle(rest, show_progress, "proposed")
        for _ in range(ROUNDS):
            run("library_check")
            time.sleep(3)  # proposals are stored after the check has ended
            for abs_id, found in _kinds_found(rest).items():
                kinds[abs_id] |= found
            accepted = _accept_all(rest)
            order.accepted += accepted
            _settle(rest, show_progress, "proposed")
            if not accepted:
                break
            run("library_scan")
        after = installed.items()
        _compare(library, items, kinds, before, after, order)
        show_progress("undoing")
        begun = rest.post("/api/metadata/corrections/undo", json={"filter": {"made_from": began.isoformat()}})
        begun.raise_for_status()
        while begun.json()["remaining"]:
            _settle(rest, show_progress, "undoing")
            begun = rest.post("/api/metadata/corrections/undo", json={"filter": {"made_from": began.isoformat()}})
        _settle(rest, show_progress, "undoing")
    restored = installed.items()
    order.not_restored = [f"{each}: {_difference(before[each], restored[each])}" for each in before
                          if before[each] != restored[each]]  # fmt: skip
    api.close()
    return order


def _upload_covers(installed: Trial, items: Mapping[str, MessyItem]) -> None:
    """Give each item a cover of its size, if it has one."""
    key = {"Authorization": f"Bearer {known_secrets(installed.processes, installed.world)['ABS_TOKEN']}"}
    pictures: dict[int, bytes] = {}
    with httpx.Client(base_url=installed.processes.sandbox_addresses["audiobookshelf"], headers=key) as shelf:
        for abs_id, item in items.items():
            if item.cover_pixels:
                picture = pictures.setdefault(item.cover_pixels, _picture(item.cover_pixels))
                file = {"cover": ("cover.jpg", picture, "image/jpeg")}
                shelf.post(f"/api/items/{abs_id}/cover", files=file).raise_for_status()


def _picture(pixels: int) -> bytes:
    content = io.BytesIO()
    Image.linear_gradient("L").resize((pixels, pixels)).save(content, "JPEG", quality=30)
    return content.getvalue()


def _kinds_found(rest: httpx.Client) -> dict[str, set[str]]:
    """The kinds of the open findings of each item."""
    shown = {each["id"]: each["abs_id"] for status in ("active", "duplicate")
             for each in _all(rest, "/api/books", status=status)}  # fmt: skip
    kinds: dict[str, set[str]] = defaultdict(set)
    for finding in _all(rest, "/api/findings", sort="found_at"):
        for book_id in finding["book_ids"]:
            kinds[shown.get(book_id, book_id)].add(finding["kind"])
    return kinds


def _all(rest: httpx.Client, path: str, **query: Any) -> Iterator[dict[str, Any]]:
    offset, total = 0, 1
    while offset < total:
        page = rest.get(path, params={"limit": 500, "offset": offset, **query}).raise_for_status().json()
        yield from page["items"]
        offset, total = offset + 500, page["total"]


def _accept_all(rest: httpx.Client) -> int:
    accepted = 0
    while True:
        answer = rest.post("/api/metadata/proposals/accept", json={"filter": {"score_at_least": 0.7}})
        decided: dict[str, int] = answer.raise_for_status().json()
        accepted += decided["decided"]
        if not decided["decided"] or not decided["remaining"]:
            return accepted


def _settle(rest: httpx.Client, show_progress: ShowProgress, status: str) -> None:
    """Wait until no correction has this status."""
    deadline = time.monotonic() + WITHIN_SECONDS
    query: dict[str, str | int] = {"status": status, "limit": 1}
    while left := rest.get("/api/metadata/corrections", params=query).raise_for_status().json()["total"]:
        show_progress(f"{left} corrections are {status}")
        if time.monotonic() > deadline:
            raise NotMeasured(f"{left} corrections are still {status}")
        time.sleep(0.5)


def _compare(
    library: MessyLibrary, items: Mapping[str, MessyItem], kinds: Mapping[str, set[str]], before: Items, after: Items,
    order: Order,
) -> None:  # fmt: skip
    ids = {item.fields["id"]: abs_id for abs_id, item in items.items()}
    for abs_id, item in items.items():
        for name in FIELDS:
            old, new = (_value(shelf[abs_id], name) for shelf in (before, after))
            order.corrected += old != new
            if old != new and not _is_true(name, new, item.truth):
                order.wrong.append(
                    f"{name} {old!r} to {new!r}, not {_true(name, item.truth)!r} at {item.fields['folder']!r}"
                )
    for planted in library.planted:
        shown = [ids[each] for each in planted.books]
        if all(_is_hidden(planted.fault, before[each], items[each]) for each in shown):
            continue
        order.planted[planted.fault] += 1
        found = all(planted.finding in kinds[each] for each in shown)
        repairs = REPAIRABLE.get(planted.fault)
        repaired = repairs is not None and all(
            _is_true(repairs, _value(after[each], repairs), items[each].truth) for each in shown
        )
        order.found[planted.fault] += found
        order.repaired[planted.fault] += repaired
        if not (found if repairs is None else repaired):
            order.missed.append(f"{planted.fault} at {[items[each].fields['folder'] for each in shown]}")


def _is_hidden(fault: str, shown: Any, item: MessyItem) -> bool:
    """Whether Audiobookshelf, which keeps one spelling of names that differ in case, does not show the fault."""
    name = {"author_spelled": "authors", "series_named_twice": "series"}.get(fault)
    return name is not None and _value(shown, name) == _true(name, item.truth)


def _value(shown: Any, name: str) -> Any:
    metadata = shown["media"]["metadata"]
    if name == "authors":
        return sorted(each["name"] for each in metadata["authors"])
    if name == "narrators":
        return sorted(metadata["narrators"])
    if name == "series":
        return [(each["name"], each["sequence"]) for each in metadata["series"]]
    return metadata[name]


def _true(name: str, truth: TrueFields) -> Any:
    if name in ("authors", "narrators"):
        return sorted(getattr(truth, name))
    return list(truth.series) if name == "series" else getattr(truth, name)


def _is_true(name: str, value: Any, truth: TrueFields) -> bool:
    same: Callable[[Any], Any] = {
        "title": lambda text: fold(str(text)),
        "authors": lambda names: sorted(each.casefold() for each in names),
        "series": lambda places: [(series_key(series), place) for series, place in places],
    }.get(name, lambda other: other)
    return bool(same(value) == same(_true(name, truth)))


def _difference(one: Any, other: Any) -> str:
    if isinstance(one, dict) and isinstance(other, dict):
        parts = [f"{key} {_difference(one.get(key), other.get(key))}" for key in one.keys() | other.keys()
                 if one.get(key) != other.get(key)]  # fmt: skip
        return "; ".join(parts)
    return f"{str(one)[:200]!r} became {str(other)[:200]!r}"


def main() -> int:
    """The exit status: 0 if nothing is wrong and everything was restored."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--books", type=int, default=1_000)
    parser.add_argument("--list", type=int, default=10, help="how many wrong, missed and changed results to print")
    given = parser.parse_args()
    library = with_one_item_for_each_folder(messy_library(given.seed, given.books))
    console, began = Console(), time.monotonic()
    with console.status("starting") as status, tempfile.TemporaryDirectory(prefix="gapless-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        world = folder / "world.json"
        world.write_text(world_of(library).model_dump_json(exclude_defaults=True))

        def show_progress(message: str) -> None:
            status.update(f"{time.monotonic() - began:4.0f} s  {message}")

        with trial(world, SETTINGS, on_disk=True) as installed:
            order = put_in_order(library, installed, show_progress)
    write = sys.stdout.write
    for fault in sorted(order.planted):
        repaired = f"repaired {order.repaired[fault]:4}" if fault in REPAIRABLE else ""
        write(f"{fault:20} planted {order.planted[fault]:4}  found {order.found[fault]:4}  {repaired}\n")
    write(f"{order.accepted} proposals accepted, {order.corrected} fields corrected in {len(library.items)} items\n")
    write(f"wrong: {len(order.wrong)}, not restored: {len(order.not_restored)}\n")
    for kind, lines in (("wrong", order.wrong), ("missed", order.missed), ("not restored", order.not_restored)):
        for line in lines[: given.list]:
            write(f"{kind}: {line}\n")
    return 1 if order.wrong or order.not_restored else 0


if __name__ == "__main__":
    sys.exit(main())
