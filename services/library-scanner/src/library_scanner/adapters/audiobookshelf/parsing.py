"""Converts between the API of Audiobookshelf and the domain. Payloads are checked here, because some crash the server.

Source: Audiobookshelf 2.36. Null in `authors` or `series` crashes it, authors sent as strings remove all authors, a
sequence that is not a string becomes null, and one series without a name discards the whole list.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from shared.contracts.library.field_values import FIELDS, MARKS, names_in, places_in
from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.values import SeriesPlace

from library_scanner.adapters.audiobookshelf.schemas import ItemShape, MinifiedShape
from library_scanner.domain.contents import CONTENTS
from library_scanner.domain.field_writes import UnwritableValue, clean_text, why_unwritable
from library_scanner.domain.item import AudioFile, Item, ItemChapter, ItemMark

MAX_CHAPTERS = 5000
"""Chapters read of one item."""
MAX_FILES = 2000
"""Audio files read of one item."""
_LONGEST_FILE_PATH = 500

_KEYS: dict[FieldName, str] = {name: name for name in FIELDS} | {"published_year": "publishedYear"}


def mark_of(row: MinifiedShape) -> ItemMark:
    """Convert a row of a list."""
    return ItemMark(
        abs_id=row.id,
        updated_ms=row.updatedAt,
        path=_path(row.relPath),
        missing=row.isMissing,
        has_audio=row.media.numAudioFiles != 0,
    )


def item_of(shape: ItemShape) -> Item:
    """Convert an item. Texts are trimmed, empty ones become None, and lists have no empty or repeated names."""
    metadata, path = shape.media.metadata, _path(shape.relPath)
    return Item(
        abs_id=shape.id,
        library_id=shape.libraryId,
        path=path,
        added_at=datetime.fromtimestamp(shape.addedAt / 1000, UTC),
        updated_ms=shape.updatedAt,
        missing=shape.isMissing,
        title=clean_text(metadata.title) or path.rpartition("/")[2],
        subtitle=clean_text(metadata.subtitle),
        authors=_texts([author.name for author in metadata.authors]),
        narrators=_texts(metadata.narrators),
        series=_places(shape),
        isbn=clean_text(metadata.isbn),
        asin=clean_text(metadata.asin),
        publisher=clean_text(metadata.publisher),
        published_year=clean_text(None if metadata.publishedYear is None else str(metadata.publishedYear)),
        language=clean_text(metadata.language),
        description=clean_text(metadata.description),
        genres=_texts(metadata.genres),
        tags=_texts(shape.media.tags),
        cover_path=clean_text(shape.media.coverPath),
        chapters=tuple(
            ItemChapter(each.title, each.start, each.end) for each in shape.media.chapters[:MAX_CHAPTERS] if each
        ),
        duration_seconds=_duration_seconds(shape),
        size_bytes=_size_bytes(shape),
        format=_format(shape),
        abridged=bool(metadata.abridged),
        files=_files(shape),
    )


def media_payload(values: Mapping[FieldName, FieldValue]) -> dict[str, Any]:
    """Return the body of a PATCH of the media. Tags are not part of the metadata.

    Raises `UnwritableValue` for values that Audiobookshelf would misinterpret.
    """
    metadata = metadata_payload({field: value for field, value in values.items() if field != "tags"})
    tags = {"tags": metadata_payload({"tags": values["tags"]})["tags"]} if "tags" in values else {}
    return {"metadata": metadata, **tags}


def batch_payload(values: Mapping[str, Mapping[FieldName, FieldValue]]) -> list[dict[str, Any]]:
    """Return the body of an update of several items, by their ids. An entry without `mediaPayload` crashes the server.

    Raises `UnwritableValue` for values that Audiobookshelf would misinterpret.
    """
    return [{"id": abs_id, "mediaPayload": media_payload(each)} for abs_id, each in values.items()]


def metadata_payload(values: Mapping[FieldName, FieldValue]) -> dict[str, Any]:
    """Return the `metadata` of a PATCH. Raises `UnwritableValue` for values that Audiobookshelf would misinterpret."""
    payload: dict[str, Any] = {}
    for field, value in values.items():
        why = f"{field} is not part of the metadata" if field in CONTENTS else why_unwritable(field, value)
        if why is not None:
            raise UnwritableValue(why)
        payload[_KEYS[field]] = _payload_value(field, value)
    return payload


def _payload_value(field: FieldName, value: FieldValue) -> Any:
    if field == "authors":
        return [{"name": clean_text(name)} for name in names_in(value)]
    if field == "series":
        return [{"name": clean_text(each.name), "sequence": clean_text(each.sequence)} for each in places_in(value)]
    if field in ("narrators", "genres", "tags"):
        return [clean_text(name) for name in names_in(value)]
    if field in MARKS:
        return bool(value)
    return clean_text(str(value)) if value is not None else None


def _places(shape: ItemShape) -> tuple[SeriesPlace, ...]:
    found: dict[str, SeriesPlace] = {}
    for place in shape.media.metadata.series:
        name = clean_text(place.name)
        if name:
            found.setdefault(name, SeriesPlace(name=name, sequence=clean_text(_plain(place.sequence))))
    return tuple(found.values())


def _duration_seconds(shape: ItemShape) -> float | None:
    if shape.media.duration is not None:
        return shape.media.duration
    lengths = [file.duration for file in shape.media.audioFiles if file.duration is not None]
    return sum(lengths) if lengths else None


def _size_bytes(shape: ItemShape) -> int | None:
    if shape.media.size is not None:
        return shape.media.size
    sizes = [file.metadata.size for file in shape.media.audioFiles if file.metadata.size is not None]
    return sum(sizes) if sizes else None


def _format(shape: ItemShape) -> str | None:
    """The most frequent file extension of the audio files."""
    endings = [(file.metadata.ext or "").lstrip(".").lower() for file in shape.media.audioFiles]
    most_common = Counter(ending for ending in endings if ending.isalnum()).most_common(1)
    return most_common[0][0] if most_common else None


def _files(shape: ItemShape) -> tuple[AudioFile, ...]:
    """The audio files that are played, with their paths below the item's folder."""
    found = [(file, _path(file.metadata.relPath or "")) for file in shape.media.audioFiles[:MAX_FILES]]
    return tuple(
        AudioFile(path, file.duration, clean_text(file.metaTags.tagAlbum) if file.metaTags else None)
        for file, path in found
        if path and len(path) <= _LONGEST_FILE_PATH and not file.exclude
    )


def _plain(sequence: str | float | None) -> str | None:
    return f"{sequence:g}" if isinstance(sequence, float) else sequence


def _path(path: str) -> str:
    return path.replace("\x00", "").strip("/")


def _texts(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for each in texts if (text := clean_text(each))))
