"""What each difference between two descriptions weighs, and from which distance on they are one work or two."""

WEIGHTS = {
    "title": 3.0,
    "author": 2.0,
    "author in text": 2.0,
    "place": 1.5,
    "kind": 4.0,
    "edition in another language": 0.3,
}
SAME_UP_TO = 0.25
DIFFERENT_FROM = 0.45
SERIES_ALIKE = 85
ONE_TELLS_NO_SERIES = 0.25
