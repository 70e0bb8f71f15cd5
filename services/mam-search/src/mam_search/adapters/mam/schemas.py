"""The tracker's responses about the account, with its field names.

Numbers may come as text and text as numbers. Unknown keys are ignored.
"""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field

from mam_search.adapters.mam.values import count, number, text

Text = Annotated[str, BeforeValidator(text)]
Count = Annotated[int, BeforeValidator(count)]
Number = Annotated[float | None, BeforeValidator(number)]


class Address(BaseModel):
    """Our address as the tracker sees it."""

    ip: Annotated[str, Field(min_length=2, max_length=45)]
    ASN: Text = ""
    AS: Text = ""


class Bucket(BaseModel):
    """A part of the account's torrents. `limit` is in the bucket of the unsatisfied ones. None: not a number."""

    count: Number = None
    limit: Number = None


def _bucket(value: Any) -> Any:
    return value if isinstance(value, dict) else None


OptionalBucket = Annotated[Bucket | None, BeforeValidator(_bucket)]


class SnatchSummary(BaseModel):
    """The summary of the account's torrents, as far as it is read."""

    unsat: OptionalBucket = None
    seedHnr: OptionalBucket = None
    inactHnr: OptionalBucket = None
    connectable: Text = ""


class Member(SnatchSummary):
    """The account. The summary is nested since September 2026 and was at the top level before. Both are parsed."""

    username: Text
    uid: Count = 0
    classname: Text = ""
    ratio: Number = None
    uploaded_bytes: Number = None
    downloaded_bytes: Number = None
    uploaded: Text = ""
    downloaded: Text = ""
    seedbonus: Number = None
    wedges: Count = 0
    vip_until: Text = ""
    snatch_summary: Annotated[SnatchSummary | None, BeforeValidator(_bucket)] = None
