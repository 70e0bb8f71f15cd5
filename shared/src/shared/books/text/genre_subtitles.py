"""Words that describe the genre of a novel ("A Regency Romance", "A Christmas Novel") and never name its series.

Source: the subject headings of the Library of Congress and the genres of BISAC, with the nationalities and seasons that
publishers put before "novel", "mystery" and "thriller".
"""

from shared.books.text.word_table import word_set

GENRE_WORDS = word_set(
    """
    graphic historical history romance romantic love short true crime detective murder mystery cozy cosy culinary
    psychological suspense suspenseful legal medical political spy espionage military war wartime naval sea science
    fiction sci-fi scifi fantasy epic urban dark high low heroic gothic horror ghost supernatural paranormal
    vampire werewolf shifter fae dystopian post-apocalyptic apocalyptic apocalypse zombie survival disaster alien
    space opera steampunk cyberpunk litrpg gamelit progression cultivation isekai portal comic comedy comedic
    humorous funny satirical literary contemporary modern classic classical debut first second third new great
    american british english scottish irish welsh french german italian spanish russian canadian australian
    southern western northern eastern nordic scandinavian swedish norwegian danish icelandic victorian edwardian
    regency georgian medieval tudor roman greek viking renaissance colonial christian amish biblical inspirational
    faith holiday christmas halloween easter valentine summer winter spring autumn fall beach small-town small
    town billionaire mafia cowboy sports hockey football baseball office boss military rockstar royal fake dating
    enemies lovers enemies-to-lovers friends second-chance reverse harem standalone stand-alone full-length complete
    family coming-of-age young adult middle grade children childrens kids teen ya new-adult adult bedtime fairy folk
    fable moral philosophical autobiographical biographical nonfiction non-fiction verse epistolary adventure thriller
    novel novella story tale action conspiracy techno eco climate domestic noir hard-boiled hardboiled
    locked-room whodunit police procedural courtroom heist cold case serial killer international global cuban
    and or of a an the in with for fast-paced gripping page-turning heartwarming hilarious sweet clean steamy spicy
    twisted thrilling unputdownable unforgettable powerful moving sweeping brand bestselling award-winning
    """
)
