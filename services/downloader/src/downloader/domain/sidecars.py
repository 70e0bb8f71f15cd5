"""Files with the metadata of an imported book that are placed beside its audio on request.

`metadata.json` has the form in which Audiobookshelf writes it, and which it reads before the tags of the audio:
https://www.audiobookshelf.org/docs#book-metadata. `metadata.opf` is an OPF 2.0 package, which Audiobookshelf, Calibre
and many players read: https://idpf.org/epub/20/spec/OPF_2.0_final_spec.html.
"""

import json
from collections.abc import Callable, Collection
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from downloader.domain.download import Download
from downloader.domain.edition_contents import COVER
from downloader.domain.release_metadata import imported_edition

METADATA_JSON, METADATA_OPF = "metadata.json", "metadata.opf"
_DC, _OPF = "http://purl.org/dc/elements/1.1/", "http://www.idpf.org/2007/opf"
register_namespace("dc", _DC)
register_namespace("opf", _OPF)


def sidecars_of(download: Download, names: Collection[str]) -> dict[Path, bytes]:
    """The content of the files with these names: the work of the missing book, and the edition of the release.

    The cover is not among them, because it has to be fetched.
    """
    return {Path(name): _WRITERS[name](download) for name in names if name in _WRITERS}


def _metadata_json(download: Download) -> bytes:
    wanted, edition = download.wanted, imported_edition(download)
    series = f"{wanted.series} #{wanted.sequence}" if wanted.series and wanted.sequence else wanted.series
    values = {
        "tags": [],
        "chapters": [],
        "title": wanted.title,
        "subtitle": wanted.subtitle,
        "authors": wanted.authors,
        "narrators": edition.narrators if edition else [],
        "series": [series] if series else [],
        "genres": [],
        "publishedYear": str(wanted.published_year) if wanted.published_year else None,
        "publishedDate": None,
        "publisher": None,
        "description": None,
        "isbn": edition.isbn if edition else None,
        "asin": edition.asin if edition else None,
        "language": wanted.language,
        "explicit": False,
        "abridged": bool(download.release and download.release.abridged),
    }
    return json.dumps(values, indent=2, ensure_ascii=False).encode()


def _metadata_opf(download: Download) -> bytes:
    wanted, edition = download.wanted, imported_edition(download)
    package = Element(f"{{{_OPF}}}package", {"version": "2.0", "unique-identifier": "id"})
    metadata = SubElement(package, f"{{{_OPF}}}metadata")

    def add(name: str, text: str | None, **attributes: str) -> None:
        if text:
            element = SubElement(metadata, f"{{{_DC}}}{name}", {f"{{{_OPF}}}{key}": v for key, v in attributes.items()})
            element.text = _printable(text)

    def add_meta(name: str, content: str | None) -> None:
        if content:
            SubElement(metadata, f"{{{_OPF}}}meta", {"name": name, "content": _printable(content)})

    SubElement(metadata, f"{{{_DC}}}identifier", {"id": "id"}).text = f"urn:uuid:{download.id}"
    add("title", wanted.title)
    for author in wanted.authors:
        add("creator", author, role="aut")
    for narrator in edition.narrators if edition else []:
        add("creator", narrator, role="nrt")
    add("date", str(wanted.published_year) if wanted.published_year else None)
    add("language", wanted.language)
    add("identifier", edition.isbn if edition else None, scheme="ISBN")
    add("identifier", edition.asin if edition else None, scheme="ASIN")
    add_meta("calibre:series", wanted.series)
    add_meta("calibre:series_index", wanted.sequence if wanted.series else None)
    indent(package)
    document: bytes = tostring(package, encoding="utf-8", xml_declaration=True)
    return document


def _printable(text: str) -> str:
    """Without the control characters that XML does not allow."""
    return "".join(char if char.isprintable() else " " for char in text)


_WRITERS: dict[str, Callable[[Download], bytes]] = {METADATA_JSON: _metadata_json, METADATA_OPF: _metadata_opf}
NAMES = frozenset({*_WRITERS, COVER})
"""The names of the files that can be requested."""
