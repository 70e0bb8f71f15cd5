"""Tables of words written as plain text, so that long ones stay readable."""


def word_set(text: str) -> frozenset[str]:
    """The words of a text, separated by spaces and line ends."""
    return frozenset(text.split())


def phrase_set(text: str) -> frozenset[str]:
    """The phrases of a text, separated by semicolons. Whitespace within a phrase counts as one space."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split(";"))
