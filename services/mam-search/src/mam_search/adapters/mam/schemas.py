"""The tracker's responses about the account, with its field names.

Numbers may come as text and text as numbers. Unknown keys are ignored.
"""

from typing import Annotated

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
