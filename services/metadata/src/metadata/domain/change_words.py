"""The values and reasons of a change, as timelines and plans show them."""

from collections.abc import Sequence
from textwrap import shorten

from shared.contracts.library.field_values import display_text
from shared.contracts.library.metadata_writes import FieldValue
from shared.contracts.translatable import with_code
from shared.contracts.values import Reason
from shared.translatable import TranslatableText, all_of

MAX_SHOWN = 200
"""Characters of a value."""


def shown_value(value: FieldValue) -> str:
    """A value of a field, shortened."""
    text = display_text(value)
    return text if isinstance(text, TranslatableText) else shorten(text, MAX_SHOWN, placeholder=" …")


def why_of(reasons: Sequence[Reason]) -> str:
    """The reasons in one line; empty if there is none."""
    return all_of([with_code(each.words, each.translatable.get("words")) for each in reasons])
