"""The three JSON formats in which Audiobookshelf returns an item.

As recorded from Audiobookshelf 2.36.0: a *row* of a list (names as strings), a *plain* item, and an *expanded* item
(the fields of both, and tracks).
"""

import mimetypes
import re
from pathlib import PurePosixPath
from typing import Any

from sandbox.audiobookshelf.items import VERSION, Audio, Item, Named, inode, stable_id

_LEADING_ARTICLE = re.compile(r"^(the|a|an) +(.+)$", re.IGNORECASE)


class ItemFormats:
    """Formats items of one library as JSON. `names` contains authors and series by id."""

    def __init__(self, library_id: str, folder_id: str, root: str, names: dict[str, Named]) -> None:
        self.library_id = library_id
        self.folder_id = folder_id
        self.root = root
        self.names = names

    def row(self, item: Item) -> dict[str, Any]:
        """The item as a row of a list."""
        metadata = {
            "title": item.title,
            "subtitle": item.subtitle,
            **self._joined_names(item),
            **self._details(item),
        }
        media = {
            "id": stable_id("media", item.id),
            "metadata": metadata,
            "coverPath": item.cover.path if item.cover else None,
            "tags": item.tags,
            **self._counts(item),
        }
        return {**self._head(item), "media": media, "numFiles": len(item.audio), "size": item.size_bytes}

    def plain(self, item: Item) -> dict[str, Any]:
        """The item as a single item without `expanded`."""
        media = {
            "id": stable_id("media", item.id),
            "libraryItemId": item.id,
            "metadata": self._full_metadata(item),
            "coverPath": item.cover.path if item.cover else None,
            "tags": item.tags,
            "audioFiles": [self._audio_file(item, index) for index in range(len(item.audio))],
            "chapters": self._chapters(item),
            "ebookFile": None,
        }
        return {
            **self._head(item),
            "lastScan": item.added_ms,
            "scanVersion": VERSION,
            "media": media,
            "libraryFiles": [self._library_file(item, index) for index in range(len(item.audio))],
        }

    def expanded(self, item: Item) -> dict[str, Any]:
        """The item as a single item with `expanded=1`."""
        expanded = self.plain(item)
        description = re.sub(r"<[^>]+>", "", item.description) if item.description is not None else None
        expanded["media"]["metadata"] |= {**self._joined_names(item), "descriptionPlain": description}
        expanded["media"] |= {**self._counts(item), "tracks": self._tracks(item)}
        return expanded | {"numFiles": len(item.audio), "size": item.size_bytes}

    def series_of(self, item: Item) -> list[dict[str, Any]]:
        """The series of an item with id, name and sequence."""
        return [{"id": key, "name": self.names[key].name, "sequence": sequence} for key, sequence in item.series]

    def _head(self, item: Item) -> dict[str, Any]:
        return {
            "id": item.id,
            "ino": inode(item.id),
            "oldLibraryItemId": None,
            "libraryId": self.library_id,
            "folderId": self.folder_id,
            "path": f"{self.root}/{item.folder}",
            "relPath": item.folder,
            "isFile": item.is_file,
            "mtimeMs": item.added_ms,
            "ctimeMs": item.added_ms,
            "birthtimeMs": item.added_ms,
            "addedAt": item.added_ms,
            "updatedAt": item.updated_ms,
            "isMissing": item.missing,
            "isInvalid": False,
            "mediaType": "book",
        }

    def _joined_names(self, item: Item) -> dict[str, Any]:
        authors = [self.names[key].name for key in item.authors]
        series_names = [
            f"{each['name']} #{each['sequence']}" if each["sequence"] else each["name"] for each in self.series_of(item)
        ]
        return {
            "titleIgnorePrefix": ignoring_article(item.title),
            "authorName": ", ".join(authors),
            "authorNameLF": ", ".join(last_first(name) for name in authors),
            "narratorName": ", ".join(item.narrators),
            "seriesName": ", ".join(series_names),
        }

    def _details(self, item: Item) -> dict[str, Any]:
        return {
            "genres": item.genres,
            "publishedYear": item.publishedYear,
            "publishedDate": item.publishedDate,
            "publisher": item.publisher,
            "description": item.description,
            "isbn": item.isbn,
            "asin": item.asin,
            "language": item.language,
            "explicit": item.explicit,
            "abridged": item.abridged,
        }

    def _full_metadata(self, item: Item) -> dict[str, Any]:
        return {
            "title": item.title,
            "subtitle": item.subtitle,
            "authors": [{"id": key, "name": self.names[key].name} for key in item.authors],
            "narrators": item.narrators,
            "series": self.series_of(item),
            **self._details(item),
        }

    def _counts(self, item: Item) -> dict[str, Any]:
        files = len(item.audio)
        return {
            "numTracks": files,
            "numAudioFiles": files,
            "numChapters": files if item.chapters is None else len(item.chapters),
            "duration": json_number(item.duration_seconds),
            "size": item.size_bytes,
        }

    def _file(self, item: Item, index: int) -> dict[str, Any]:
        audio = item.audio[index]
        relative = PurePosixPath(item.folder).name if item.is_file else audio.name
        return {
            "ino": inode(f"{item.id}/{audio.name}"),
            "metadata": {
                "filename": PurePosixPath(audio.name).name,
                "ext": PurePosixPath(audio.name).suffix,
                "path": f"{self.root}/{item.folder}" + ("" if item.is_file else f"/{audio.name}"),
                "relPath": relative,
                "size": audio.size_bytes,
                "mtimeMs": item.added_ms,
                "ctimeMs": item.added_ms,
                "birthtimeMs": item.added_ms,
            },
            "addedAt": item.added_ms,
            "updatedAt": item.added_ms,
        }

    def _library_file(self, item: Item, index: int) -> dict[str, Any]:
        return {**self._file(item, index), "isSupplementary": None, "fileType": "audio"}

    def _audio_file(self, item: Item, index: int) -> dict[str, Any]:
        audio = item.audio[index]
        mpeg_layer_3 = audio.name.lower().endswith(".mp3")
        several = len(item.audio) > 1
        return {
            "index": index + 1,
            **self._file(item, index),
            "trackNumFromMeta": index + 1 if several else None,
            "discNumFromMeta": None,
            "trackNumFromFilename": index + 1 if several else None,
            "discNumFromFilename": None,
            "manuallyVerified": False,
            "exclude": False,
            "error": None,
            "format": "MP2/3 (MPEG audio layer 2/3)" if mpeg_layer_3 else "QuickTime / MOV",
            "duration": json_number(audio.duration_seconds),
            "bitRate": int(audio.size_bytes * 8 / audio.duration_seconds) if audio.duration_seconds else 0,
            "language": None if mpeg_layer_3 else "und",
            "codec": "mp3" if mpeg_layer_3 else "aac",
            "timeBase": "1/14112000" if mpeg_layer_3 else "1/8000",
            "channels": 1,
            "channelLayout": "mono",
            "chapters": [] if mpeg_layer_3 else [_chapter(0, 0.0, audio)],
            "embeddedCoverArt": None,
            "metaTags": _tags_of(item, audio),
            "mimeType": mimetypes.guess_type(audio.name)[0] or "audio/mp4",
        }

    def _tracks(self, item: Item) -> list[dict[str, Any]]:
        tracks, start = [], 0.0
        for index, audio in enumerate(item.audio):
            file = self._audio_file(item, index)
            position = {"startOffset": json_number(start), "contentUrl": f"/api/items/{item.id}/file/{file['ino']}"}
            tracks.append({**file, "title": file["metadata"]["filename"], **position})
            start += audio.duration_seconds
        return tracks

    def _chapters(self, item: Item) -> list[dict[str, Any]]:
        if item.chapters is not None:
            return [
                {"id": place, "start": json_number(each.start), "end": json_number(each.end), "title": each.title}
                for place, each in enumerate(item.chapters)
            ]
        chapters, start = [], 0.0
        for index, audio in enumerate(item.audio):
            chapters.append(_chapter(index, start, audio))
            start += audio.duration_seconds
        return chapters


def _tags_of(item: Item, audio: Audio) -> dict[str, Any]:
    """The tags of a file. If a book of the world has several files, their albums are unknown."""
    album = audio.album or (item.title if len(item.audio) == 1 else None)
    return {"tagAlbum": album, "tagTitle": item.title} if album else {"tagTitle": PurePosixPath(audio.name).stem}


def _chapter(index: int, start: float, audio: Audio) -> dict[str, Any]:
    end = start + audio.duration_seconds
    title = PurePosixPath(audio.name).stem
    return {"id": index, "start": json_number(start), "end": json_number(end), "title": title}


def json_number(value: float) -> float | int:
    """The number as JavaScript writes it: 600, not 600.0."""
    return int(value) if value == int(value) else round(value, 6)


def ignoring_article(title: str | None) -> str | None:
    """'The Sign of the Four' as 'Sign of the Four, The'."""
    found = _LEADING_ARTICLE.match(title or "")
    return f"{found[2]}, {found[1]}" if found else title


def last_first(name: str) -> str:
    """'L. Frank Baum' as 'Baum, L. Frank'."""
    first, _, last = name.rpartition(" ")
    return f"{last}, {first}" if first else name
