"""The tracker's responses, with its field names.

Numbers may come as text and text as numbers. Unknown keys are ignored.
"""

import json
from math import isfinite
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field


def _text(value: Any) -> str:
    """A text. JSON that is not inside a string is encoded as one."""
    if isinstance(value, (dict, list)):
        return json.dumps(value)
    return "" if value is None else str(value)


def _flag(value: Any) -> bool:
    return str(value).strip().lower() in {"1", "true", "yes"}


def _count(value: Any) -> int:
    try:
        return int(float(str(value).replace(",", "")))
    except (ValueError, OverflowError):
        return 0


def _number(value: Any) -> float | None:
    """None if it is not a number, such as the ratio "Inf" of a member who never downloaded."""
    try:
        number = float(str(value).replace(",", ""))
    except ValueError:
        return None
    return number if isfinite(number) else None


Text = Annotated[str, BeforeValidator(_text)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Count = Annotated[int, BeforeValidator(_count)]
Number = Annotated[float | None, BeforeValidator(_number)]


class Row(BaseModel):
    """One torrent of a search response."""

    id: Annotated[int, Field(gt=0), BeforeValidator(_count)]
    title: Text = ""
    name: Text = ""
    added: Text = ""
    author_info: Text = ""
    narrator_info: Text = ""
    series_info: Text = ""
    tags: Text = ""
    catname: Text = ""
    main_cat: Count = 0
    mediatype: Count = 0
    size: Text = ""
    numfiles: Count = 0
    filetype: Text = ""
    lang_code: Text = ""
    seeders: Count = 0
    leechers: Count = 0
    times_completed: Count = 0
    free: Flag = False
    vip: Flag = False
    fl_vip: Flag = False
    personal_freeleech: Flag = False
    my_snatched: Flag = False
    browseflags: Count = 0
    isbn: Text = ""
    mediainfo: Text = ""


class SearchAnswer(BaseModel):
    """A page of torrents, or an error."""

    data: list[Row] | None = None
    error: Text = ""
    message: Text = ""


class Address(BaseModel):
    """Our address as the tracker sees it."""

    ip: Annotated[str, Field(min_length=2, max_length=45)]
    ASN: Text = ""
    AS: Text = ""


class Unsatisfied(BaseModel):
    """The number of unsatisfied torrents, and how many are allowed."""

    count: Count = 0
    limit: Count = 0


class SnatchSummary(BaseModel):
    """The summary of the account's torrents. Only the unsatisfied ones are read."""

    unsat: Unsatisfied | None = None


class Member(BaseModel):
    """The account. The summary is nested since September 2026 and was at the top level before. Both are parsed."""

    username: Text
    classname: Text = ""
    ratio: Number = None
    uploaded_bytes: Number = None
    downloaded_bytes: Number = None
    uploaded: Text = ""
    downloaded: Text = ""
    seedbonus: Number = None
    wedges: Count = 0
    vip_until: Text = ""
    unsat: Unsatisfied | None = None
    snatch_summary: SnatchSummary | None = None
