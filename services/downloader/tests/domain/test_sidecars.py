"""Files with the metadata of a book, as Audiobookshelf reads them."""

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import fromstring

from downloader.domain.download import Download
from downloader.domain.sidecars import METADATA_JSON, METADATA_OPF, NAMES, sidecars_of
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release

DC, OPF = "{http://purl.org/dc/elements/1.1/}", "{http://www.idpf.org/2007/opf}"


def test_metadata_json_has_the_work_and_the_edition_in_the_form_of_audiobookshelf(
    a_download: Callable[..., Download], a_missing_book: Callable[..., MissingBook], a_release: Callable[..., Release]
) -> None:
    wanted = a_missing_book(published_year=1904, narrators=["Another Reader"])
    download = a_download(wanted=wanted, release=a_release(asin="B0OZ000002", abridged=True))
    values = json.loads(sidecars_of(download, [METADATA_JSON])[Path(METADATA_JSON)])
    assert {name: value for name, value in values.items() if value} == {
        "title": "The Marvelous Land of Oz",
        "authors": ["L. Frank Baum"],
        "narrators": ["Tom Reed"],
        "series": ["Oz #2"],
        "publishedYear": "1904",
        "asin": "B0OZ000002",
        "language": "English",
        "abridged": True,
    }


def test_metadata_opf_is_valid_xml_whatever_the_title_is(
    a_download: Callable[..., Download], a_missing_book: Callable[..., MissingBook], a_release: Callable[..., Release]
) -> None:
    wanted = a_missing_book(title="A <b>&\x00 Z")
    opf = fromstring(sidecars_of(a_download(wanted=wanted, release=a_release()), NAMES)[Path(METADATA_OPF)])
    metadata = opf.find(f"{OPF}metadata")
    assert metadata is not None
    assert metadata.findtext(f"{DC}title") == "A <b>&  Z"
    creators = [(each.get(f"{OPF}role"), each.text) for each in metadata.findall(f"{DC}creator")]
    assert creators == [("aut", "L. Frank Baum"), ("nrt", "Tom Reed")]
    series = {each.get("name"): each.get("content") for each in metadata.findall(f"{OPF}meta")}
    assert series == {"calibre:series": "Oz", "calibre:series_index": "2"}
