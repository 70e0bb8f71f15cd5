"""The value of a field of a book as text."""

LONGEST = 60


def value_text(value: object) -> str:
    """A text, number, list of names or list of series as one line of at most `LONGEST` characters; – if empty."""
    if value in (None, "", []):
        return "–"
    text = ", ".join(_one(each) for each in value) if isinstance(value, list) else str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}…"


def _one(value: object) -> str:
    name, sequence = getattr(value, "name", None), getattr(value, "sequence", None)
    return str(value) if name is None else f"{name} #{sequence}" if sequence else str(name)
