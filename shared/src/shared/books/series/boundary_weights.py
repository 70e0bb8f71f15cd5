"""The weights of the signs of a cut between a title and a series name, fitted by `bench.fitting.series_boundary`.

The words are general: English joining words, the most common English given names (US Social Security Administration,
names of the century), and nouns with which series names end.
"""

from shared.books.text.word_table import word_set

JOINING = word_set(
    """
    of the a an and in on to for with at by from or nor but as into upon under over my your his her our their is
    you & de la le never no not i
    """
)
SERIES_NOUNS = word_set(
    """
    trilogy chronicles chronicle saga cycle series mystery mysteries world tales online universe quartet files
    clues brothers wars diaries academy quest novels sequence archive archives legacy adventures investigations
    family duology duet realm realms legends cases rebellion league war heresy brotherhood sisters vampires club
    """
)
GIVEN_NAMES = word_set(
    """
    james john robert michael william david richard joseph thomas charles daniel matthew anthony mark paul
    steven andrew kenneth george joshua kevin brian edward ronald timothy jason jeffrey ryan jacob gary nicholas
    eric stephen jonathan larry justin scott brandon benjamin samuel gregory frank alexander raymond patrick
    jack dennis jerry tyler aaron henry peter adam nathan zachary walter kyle harold carl jeremy roger keith
    gerald ethan arthur lawrence sean christian albert joe harry luke alex mary patricia jennifer linda
    elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley kimberly emily donna
    michelle carol amanda melissa deborah stephanie rebecca laura sharon cynthia kathleen amy angela anna emma
    nicole helen samantha katherine christine rachel carolyn janet catherine maria heather diane ruth julie
    olivia joyce virginia victoria kelly lauren christina joan evelyn judith megan andrea cheryl hannah
    jacqueline martha gloria teresa ann sara madison kathryn janice jean alice abigail sophia grace denise amber
    doris marilyn danielle isabella theresa diana natalie rose anne kate jane lucy max sam ben tom will charlie
    nick kay molly nora inspector detective dr mr mrs miss lord lady sir agent captain
    """
)
WEIGHTS = {
    "series begins with The": 3.39,
    "series begins with a given name": 1.61,
    "series begins with a joining word": -3.18,
    "series is a given name": -0.63,
    "series is one plural": 0.03,
    "series noun with 1 words": -2.23,
    "series noun with 2 words": 0.25,
    "series noun with 3 words": 1.06,
    "series noun with 4 words": 0.66,
    "series words 1": -1.51,
    "series words 2": 0.71,
    "series words 3": 0.64,
    "series words 4": 0.37,
    "series words 5": 0.51,
    "series words 6": -0.93,
    "title ends in a given name": -0.96,
    "title ends in a joining word": -4.72,
    "title ends in a possessive": -2.67,
    "title is an article": -0.43,
    "title words 1": -1.62,
    "title words 2": 0.02,
    "title words 3": 1.03,
    "title words 4": 0.57,
    "title words 5": 0.11,
    "title words 6": 0.05,
}
