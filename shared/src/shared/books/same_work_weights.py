"""What each difference between two descriptions weighs, and from which distance on they are one work or two."""

WEIGHTS = {"title": 3.0, "author": 2.0, "author in text": 1.0, "place": 2.0, "kind": 3.0}
SAME_UP_TO = 0.2
DIFFERENT_FROM = 0.4
