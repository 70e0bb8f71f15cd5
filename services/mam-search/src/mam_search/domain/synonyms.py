"""Words that people use for the terms of a private tracker, its clients and audiobooks.

Each line is a group of words with one meaning, written as stems are formed from them by Postgres.
"""

GROUPS = tuple(
    tuple(line.split())
    for line in """
        seed seeding upload share sharing
        leech leeching downloading
        ban banned disabled suspended removed
        unsatisfied outstanding unfinished
        limit maximum cap allowed quota
        ratio buffer
        points bonus
        buy spend purchase cost price
        freeleech free wedge
        torrent release upload
        rule forbidden prohibited disallowed
        client program software application app
        port forwarding connectable reachable firewall router
        vpn proxy
        ip address network
        isp provider
        cgnat carrier nat
        tts speech computer robot synthetic voice
        update change changed edit
        server machine seedbox computer box
        migrate switch move moving
        redownload download
        slow speed fast
        session cookie login logged
        password credentials
        error problem trouble failing broken fails
        fix solve repair resolve
        narrator reader narrated voice
        audiobook book
        format codec container filetype
        m4b mp3 aac
        chapter chapters marks
        bitrate kbps quality
        name naming title filename
        folder directory path
        series sequence
        cover art image picture artwork
        metadata tags tag tagging
        request ask wanted
        duplicate dupe trump replace
        rank class promotion level promoted
        invite invitation friend
        forum board thread topic
        staff moderator admin
        delete remove
        rename renaming
        stop pause stopped
        restart resume
        hour hours day days time long
        mobile phone
        ebook epub
        edition version recording
        abridged shortened
        duration length runtime
        warning penalty hnr punished
        language foreign translation
        announce tracker
        vip membership
        gift donate donation
        new beginner newbie start
    """.strip().splitlines()
)


ASKING = frozenset(
    ("may use get got getting need want make way know happen happens thing things idea ok okay good please tell anyone"
     " someone something much many often long mean means do does can could should would must after else").split()
)  # fmt: skip
"""Words of questions that say nothing about their subject."""


def synonyms(word: str) -> set[str]:
    """The other words of each group that contains this word, in lower case."""
    return {each for group in GROUPS if word in group for each in group} - {word}
