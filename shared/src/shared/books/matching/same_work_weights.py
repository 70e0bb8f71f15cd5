"""The weight of each difference between two descriptions, and the distances up to which they are one work.

Fitted by `bench.fitting.same_work` and rounded. The thresholds are where the precision in that script begins to fall.
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
"""The highest title penalty if author, series and place agree: the title may be translated or renamed."""
SERIES_ALIKE = 85
"""The lowest ratio of words (0 to 100) at which two series names are one series."""
ANY_SERIES = word_set("the a an of and series saga cycle trilogy novel novels book books mystery mysteries")
"""Words that do not distinguish one series from another."""
ONE_WITHOUT_SERIES = 0.25
"""The place penalty if only one of the descriptions names a series."""
