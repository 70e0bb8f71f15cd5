"""The offers that the stand-in of the client can download."""

from sandbox.testing import an_offer

MINUTES = 300
GOOD = an_offer(
    id="900001", size_bytes=144_000_000, files=[{"name": "The Marvelous Land of Oz.m4b", "duration_minutes": MINUTES}]
)
CUT_OFF = an_offer(
    id="900002",
    size_bytes=144_000_000,
    files=[{"name": "Land of Oz.m4b", "duration_minutes": MINUTES, "truncated": True}],
)
SAME_NAME = an_offer(
    id="900004",
    size_bytes=144_000_000,
    files=[{"name": "The Marvelous Land of Oz.m4b", "duration_minutes": MINUTES, "truncated": True}],
)
DEAD = an_offer(
    id="900003",
    size_bytes=144_000_000,
    health="dead",
    files=[{"name": "Marvelous Oz.m4b", "duration_minutes": MINUTES}],
)
OTHER_BOOK = an_offer(
    id="900005", size_bytes=144_000_000, files=[{"name": "Bram Stoker - Dracula.m4b", "duration_minutes": MINUTES}]
)
SISTER = an_offer(
    id="900006",
    size_bytes=144_000_000,
    files=[{"name": "L. Frank Baum - Queen Zixi of Ix.m4b", "duration_minutes": MINUTES}],
)
PACK = an_offer(
    id="900007",
    title="Oz Series, Books 2-6",
    series=[{"name": "Oz", "sequence": "2-6"}],
    size_bytes=720_000_000,
    folder="Oz Series 2-6",
    files=[
        {"name": f"{place:02} - {title}/{title}.m4b", "duration_minutes": MINUTES}
        for place, title in enumerate(
            (
                "The Marvelous Land of Oz",
                "Ozma of Oz",
                "Dorothy and the Wizard in Oz",
                "The Road to Oz",
                "The Emerald City of Oz",
            ),
            2,
        )
    ],
)
LISTED_AS_ONE_BOOK = PACK.model_copy(
    update={
        "id": "900008",
        "folder": "Oz",
        "files": [file.model_copy(update={"name": file.name.partition("/")[2]}) for file in PACK.files],
    }
)
"""The files of the pack without numbers."""
OFFERS = (GOOD, CUT_OFF, SAME_NAME, DEAD, OTHER_BOOK, SISTER, PACK, LISTED_AS_ONE_BOOK)
