"""Tables of words, written as plain text so that they stay readable however long they grow."""


def word_set(text: str) -> frozenset[str]:
    """The words of a text, parted by space and line ends."""
    return frozenset(text.split())


def phrase_set(text: str) -> frozenset[str]:
    """The phrases of a text, separated by semicolons; spaces and line ends within a phrase count as one space."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split(";"))
