"""What each difference between two descriptions weighs, and from which distance on they are one work or two.

Fitted by `bench.fitting.same_work` and rounded; the thresholds stand where that script's precision begins to fall.
"""

from shared.books.text.word_table import word_set

WEIGHTS = {
    "title": 3.0,
    "author": 3.0,
    "author in text": 2.5,
    "place": 2.0,
    "kind": 6.0,
    "edition in another language": 0.3,
}
SAME_UP_TO = 0.2
DIFFERENT_FROM = 0.4
TITLE_AT_MOST = 0.5
"""The most a title may count where author, series and place agree: it may be translated or renamed."""
SERIES_ALIKE = 85
"""Ratio of words (0 to 100) from which two series' names are one."""
ANY_SERIES = word_set("the a an of and series saga cycle trilogy novel novels book books mystery mysteries")
"""Words that tell no series from another."""
ONE_TELLS_NO_SERIES = 0.25
