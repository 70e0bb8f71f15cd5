"""One spelling for each person, and authors and narrators that were swapped, judged by a whole library."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from shared.books.records import record
from shared.books.text.names import Person, is_nobody, person, same_name, split_people
from shared.books.text.titles import fold
from shared.translatable import translatable

SAME_LETTERS, SAME_INITIALS, MISSPELLED = 0.97, 0.9, 0.85
"""Scores of two spellings: the same letters; initials of the only full name; a small misspelling with support."""
FEWEST_AS_READER = 2
"""A person who reads at least so many other books, and wrote none, is known as a narrator."""
CLOSEST_MISSPELLING = 90.0
MAX_PEOPLE_IN_BLOCK = 400


@record
class Spelling:
    """A name that should be written as `better`, how sure that is (0 to 1) and why."""

    name: str
    better: str
    score: float
    words: str


@dataclass(slots=True)
class Roles:
    """How often each person is an author and a narrator of different books, by the letters of the name."""

    as_author: Counter[str] = field(default_factory=Counter)
    as_reader: Counter[str] = field(default_factory=Counter)

    def add(self, authors: Iterable[str], narrators: Iterable[str]) -> None:
        """Count the people of one book. A person with both roles in it counts as an author only."""
        writers = letters_of(authors)
        self.as_author.update(writers)
        self.as_reader.update(letters_of(narrators) - writers)

    def readers(self) -> frozenset[str]:
        """Everybody who is known as a narrator and not as an author."""
        return frozenset(
            each for each, count in self.as_reader.items() if count >= FEWEST_AS_READER > self.as_author[each]
        )

    def is_reader(self, letters: str, *, without: int = 0) -> bool:
        """Whether somebody mostly reads, leaving out `without` books as an author."""
        return self.as_reader[letters] >= max(FEWEST_AS_READER, 3 * (self.as_author[letters] - without))

    def is_author(self, letters: str, *, without: int = 0) -> bool:
        """Whether somebody mostly writes, leaving out `without` books as a narrator."""
        return self.as_author[letters] >= max(1, 3 * (self.as_reader[letters] - without))


def letters_of(names: Iterable[str]) -> set[str]:
    """The letters of every person in the texts. Placeholders such as "Unknown" are left out."""
    return {letters for name in names for each in split_people(name) if (letters := person(each).letters)}


def spellings_to_change(counts: Mapping[str, int], support: Mapping[str, set[str]] | None = None) -> list[Spelling]:
    """The names of authors that are written in another way than the same person elsewhere in the library.

    `counts` are the books of each name. `support` are, by name, the letters of other spellings that a source of the
    same books has (their folders, or a series that both are in): a misspelling counts only with it.
    """
    by_letters: dict[str, list[str]] = defaultdict(list)
    for name in counts:
        if not is_nobody(name) and len(split_people(name)) == 1 and person(name).letters:
            by_letters[person(name).letters].append(name)
    found: list[Spelling] = []
    for names in by_letters.values():
        best = preferred(names, counts)
        found += [
            Spelling(name, best, SAME_LETTERS, f"“{name}” has the same letters as “{best}” ({counts[best]} books)")
            for name in names
            if name != best
        ]
    totals = {letters: sum(counts[name] for name in names) for letters, names in by_letters.items()}
    found += _joined(by_letters, totals, counts, support or {})
    return found


def preferred(names: Sequence[str], counts: Mapping[str, int]) -> str:
    """The spelling to keep: well formed, then the most frequent, then with accents, then the shortest."""
    return max(
        names,
        key=lambda name: (is_well_formed(name), counts[name], not name.isascii(), name.count("."), -len(name), name),
    )


def is_well_formed(name: str) -> bool:
    """Whether a name is written in its natural order with capitals: not "BAUM", "l. frank baum" or "Baum, L. Frank"."""
    words = [word for word in name.replace(",", " ").split() if any(char.isalpha() for char in word)]
    if "," in name or not words or "_" in name or "  " in name:
        return False
    long = [word for word in words if len(word.rstrip(".")) > 2 and "." not in word[:-1]]
    shouted = bool(long) and all(word.isupper() for word in long)
    return name != name.lower() and not shouted and words[0][0].isupper() | (not words[0][0].isascii())


def _joined(
    by_letters: Mapping[str, Sequence[str]],
    totals: Mapping[str, int],
    counts: Mapping[str, int],
    support: Mapping[str, set[str]],
) -> list[Spelling]:
    """Names with initials of one full name, and misspellings that other sources of the books confirm."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for letters, names in by_letters.items():
        blocks[person(names[0]).surname].append(letters)
    found: list[Spelling] = []
    for block in blocks.values():
        found += _short_names(block[:MAX_PEOPLE_IN_BLOCK], by_letters, totals, counts, support)
    changed = {spelling.name for spelling in found}
    for letters, others in ((each, support.get(name, set())) for each, names in by_letters.items() for name in names):
        for other in sorted(others & by_letters.keys() - {letters}):
            names = [name for name in by_letters[letters] if name not in changed]
            if names and _is_misspelled(letters, other, totals):
                best = preferred(by_letters[other], counts)
                words = f"other sources of the same books write “{best}” ({totals[other]} books)"
                words = translatable("finding.written_elsewhere", words, name=best, count=totals[other])
                found += [Spelling(name, best, MISSPELLED, words) for name in names]
                changed.update(names)
    return found


def _short_names(
    block: Sequence[str],
    by_letters: Mapping[str, Sequence[str]],
    totals: Mapping[str, int],
    counts: Mapping[str, int],
    support: Mapping[str, set[str]],
) -> list[Spelling]:
    """Pairs of a name with initials and the only full name that it can be. The rarer spelling is changed."""
    people = {letters: person(by_letters[letters][0]) for letters in block}
    short = [letters for letters in block if _is_short(people[letters])]
    full = [letters for letters in block if letters not in short]
    found: list[Spelling] = []
    for letters in short:
        fitting = [
            each
            for each in full
            if same_name(people[letters], people[each]) and _initials_fit(people[letters], people[each])
        ]
        if len(fitting) > 1:
            named = set().union(*(support.get(name, set()) for name in by_letters[letters]))
            fitting = [each for each in fitting if each in named]
        if len(fitting) != 1:
            continue
        other = fitting[0]
        supported = any(other in support.get(name, set()) for name in by_letters[letters]) or any(
            letters in support.get(name, set()) for name in by_letters[other]
        )
        rare, common = (letters, other) if totals[letters] <= totals[other] else (other, letters)
        best = preferred(by_letters[common], counts)
        score = SAME_INITIALS if supported else SAME_INITIALS - 0.3
        count = totals[common]
        words = f"“{best}” ({count} books) is the only name that these initials fit"
        if supported:
            words += ", and other sources of the same books write it"
            words = translatable("finding.initials_supported", words, name=best, count=count)
        else:
            words = translatable("finding.initials", words, name=best, count=count)
        found += [Spelling(name, best, score, words) for name in by_letters[rare]]
    return found


def _is_short(one: Person) -> bool:
    return bool(one.given) and len(one.given[0]) == 1


def _initials_fit(short: Person, full: Person) -> bool:
    """Whether every initial of the short name is one of the full name, in the same order."""
    initials = [name[0] for name in full.given]
    mine = [name[0] for name in short.given]
    return mine == initials[: len(mine)] or (len(mine) > len(initials) and mine[: len(initials)] == initials)


def _is_misspelled(letters: str, other: str, totals: Mapping[str, int]) -> bool:
    return totals[other] > totals[letters] and len(letters) > 6 and fuzz.ratio(letters, other) >= CLOSEST_MISSPELLING


@record
class RightPeople:
    """The authors and narrators as they should be, how sure that is (0 to 1) and why."""

    authors: tuple[str, ...]
    narrators: tuple[str, ...]
    score: float
    words: str


def right_people(
    authors: Sequence[str], narrators: Sequence[str], roles: Roles, *, folder: str | None
) -> RightPeople | None:
    """The people of a book whose author and narrator are swapped, or whose narrator is listed as an author; else None.

    `folder` is the path of the book. `roles` include this book.
    """
    writers, readers = letters_of(authors), letters_of(narrators)
    if not writers or writers == readers:
        return None
    if readers and not writers & readers:
        return _swapped(authors, narrators, roles, folder)
    return _listed_too(authors, narrators, roles, folder)


def _swapped(authors: Sequence[str], narrators: Sequence[str], roles: Roles, folder: str | None) -> RightPeople | None:
    writers, readers = letters_of(authors), letters_of(narrators)
    if len(writers) != 1 or len(readers) != 1:
        return None
    (writer,), (reader,) = writers, readers
    in_folder = names_in_path(folder)
    if writer in in_folder or not roles.is_reader(
        writer, without=roles.as_author[writer] if roles.as_author[writer] < 3 else 1
    ):
        return None
    writes_elsewhere = roles.as_author[reader] > 0 and roles.is_author(reader, without=roles.as_reader[reader])
    if not writes_elsewhere and reader not in in_folder:
        return None
    if roles.as_reader[reader] > 2 * roles.as_author[reader] and reader not in in_folder:
        return None
    both = writes_elsewhere and reader in in_folder
    author, narrator, count = narrators[0], authors[0], roles.as_reader[writer]
    if writes_elsewhere:
        words = f"{author} is an author elsewhere, {narrator} reads {count} other books"
        words = translatable("finding.author_elsewhere", words, author=author, narrator=narrator, count=count)
    else:
        words = f"the folder names {author}, {narrator} reads {count} other books"
        words = translatable("finding.author_in_folder", words, author=author, narrator=narrator, count=count)
    return RightPeople(tuple(narrators), tuple(authors), 0.97 if both else 0.9, words)


def _listed_too(
    authors: Sequence[str], narrators: Sequence[str], roles: Roles, folder: str | None
) -> RightPeople | None:
    """The narrator listed as a further author, or as the only author of a book without a narrator."""
    in_folder = names_in_path(folder)
    known = [name for name in authors if (letters := person(name).letters) and letters not in in_folder
             and roles.as_author[letters] * 3 <= roles.as_reader[letters] + 3
             and roles.as_reader[letters] >= FEWEST_AS_READER]  # fmt: skip
    rest = [name for name in authors if name not in known]
    mine = letters_of(narrators)
    if not known or not rest or any(mine and person(name).letters not in mine for name in known):
        return None
    who = ", ".join(known)
    count = roles.as_reader[person(known[0]).letters]
    words = f"{who} reads {count} other books of the library and wrote none"
    words = translatable("finding.only_reads", words, name=who, count=count)
    return RightPeople(tuple(rest), tuple(narrators) or tuple(known), 0.93, words)


def names_in_path(path: str | None) -> set[str]:
    """The letters of everything in a path that may be a name: folders, and their parts between dashes."""
    found: set[str] = set()
    for folder in (path or "").split("/"):
        for part in (folder, *folder.split(" - "), *folder.split(", ")):
            if 1 < len(fold(part).split()) <= 5:
                found |= letters_of([part])
    return found
