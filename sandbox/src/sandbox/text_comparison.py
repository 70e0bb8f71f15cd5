"""How the scorer compares texts: ignoring case, accents, punctuation and a leading article.

The scorer does not use the rules of the services, because then it would not find their mistakes.
"""

import re
import unicodedata

_SERIES_WORDS = ("series", "saga", "trilogy", "books", "novels", "mysteries")

_OTHER_BOOK_WORDS = set(
    "abridged adaptation anthology box boxed collection companion dramatised dramatized excerpt guide novelization "
    "omnibus part preview sampler set summary edition german deutsch french spanish italian swedish".split()
)


def folded(text: str) -> str:
    """`The Emerald City of Oz!` as `emerald city of oz`."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words = re.sub(r"[^\w]+|_", " ", plain.casefold().replace("&", " and ").replace("'", "").replace("’", "")).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words)


def folded_series(name: str) -> str:
    """`The Barsoom Series` as `barsoom`."""
    words = folded(name).split()
    return " ".join(words[:-1] if len(words) > 1 and words[-1] in _SERIES_WORDS else words)


def folded_sequence(text: str) -> str:
    """`02` and `2.0` as `2`, `1-03` as `1-3`."""
    return "-".join(re.sub(r"\.0*$", "", part.strip()).lstrip("0") or "0" for part in text.split("-"))


def same_person(one: str, other: str) -> bool:
    """Whether two names can mean one person: in either order, with or without initials or an honorific."""
    mine, theirs = _words(one), _words(other)
    if "".join(mine) == "".join(theirs):
        return True
    if min(len(mine), len(theirs)) > 1 and (set(mine) <= set(theirs) or set(theirs) <= set(mine)):
        return True
    short, long = sorted((mine, theirs), key=len)
    return len(short) > 1 and short[-1] == long[-1] and _given_names_match(short[:-1], long[:-1])


def _given_names_match(short: list[str], long: list[str]) -> bool:
    """Whether the given names match in order; some may be initials and some may be missing: "R." and "Richard"."""
    rest = iter(long)
    matches = all(any(a == b or (a[0] == b[0] and 1 in (len(a), len(b))) for b in rest) for a in short)
    return matches and bool(long) and short[0][0] == long[0][0]


def _words(name: str) -> list[str]:
    """The folded words of a name, first name first."""
    last, comma, first = name.partition(",")
    return folded(f"{first} {last}" if comma else name).split()


def folded_list(text: str) -> frozenset[str]:
    """`A, B` as a set, for any order and separator."""
    return frozenset(folded(part) for part in re.split(r"[,;&]|\band\b", text) if part.strip())


def short_titles(title: str) -> set[str]:
    """The title without brackets and without the part after a colon; empty if such a title can be another book."""
    if _OTHER_BOOK_WORDS & set(folded(title).split()):
        return set()
    without_brackets = re.sub(r"\s*[(\[][^)\]]*[)\]]", "", title)
    shorter = (title, without_brackets, re.split(r":| - ", without_brackets)[0])
    return {folded(each) for each in shorter if folded(each)}
