"""The table of 60 composed packs: how trackers, rippers and listeners name and arrange several books in one release."""

from bench.packs.composing import Case, Line

L = Line
CASES: tuple[Case, ...] = (
    # One folder for each book.
    Case(
        "folders with titles", "{s} Series Books 1-{n} by {a}", (L("{p:02} - {t}/{t}.m4b"), L("{p:02} - {t}/cover.jpg"))
    ),
    Case("folders, tracks with titles", "{a} - {s} 01-{n:02}", (L("{s} {p:02} - {t}/{c:02} - {t}.mp3", tracks=12),)),
    Case(
        "folders, bare tracks",
        "{s} (Books 1 - {n})",
        (L("{s} {p} - {t}/{c:03}.mp3", tracks=20), L("{s} {p} - {t}/folder.jpg")),
    ),
    Case("folders with year", "{a} - {s} Collection", (L("{y} - {t}/{t} - {c:02}.mp3", tracks=15),)),
    Case("folders with author and reader", "{s} Complete Series", (L("{a} - {t} (read by {r})/{t}.m4b"),)),
    Case("folders without numbers", "{a} - {s} - Complete", (L("{t}/Chapter {c:02}.mp3", tracks=18),)),
    Case("folders Book N - title", "{s} Books 1-{n} [MP3]", (L("Book {p} - {t}/Track {c:02}.mp3", tracks=14),)),
    Case("folders Vol.", "{s} Vol 1-{n} - {a}", (L("Vol. {p} {t}/{c:02} {t}.mp3", tracks=11),)),
    Case("folders with rates", "{a} {s} 1-{n} 64k", (L("{s} {p:02} - {t} 64k {r}/{p:02}-{c:02}.mp3", tracks=9),)),
    Case("folders with hash", "{s} series", (L("{t} ({s} #{p})/{t} ({s} #{p}).m4b"), L("{t} ({s} #{p})/metadata.opf"))),
    Case("folders with underscores", "{s}_Complete_Collection", (L("{p:02}_{tu}/{tu}_{c:02}.mp3", tracks=10),)),
    Case(
        "folders in a scene style",
        "{s}.Books.1-{n}.Audiobook.MP3-GRP",
        (L("{td}.Unabridged.MP3/{c:02}-{td}.mp3", tracks=13),),
    ),
    # Nested folders.
    Case("author and series above", "{a} Audiobooks", (L("{a}/{s}/{p:02} - {t}/{t}.m4b"),), folder="{a} Audiobooks"),
    Case("series folder above", "{a} - The Complete Works", (L("{s} Series/{p}. {t}/{t} {c:02}.mp3", tracks=16),)),
    Case(
        "discs in each book", "{s} 1-{n} (Unabridged)", (L("{p:02} {t}/CD{d}/{c:02} Track {c}.mp3", tracks=8, discs=4),)
    ),
    Case("Disc N of M", "{s} Books 1-{n}", (L("{t}/Disc {d} of 3/{c:02}.mp3", tracks=12, discs=3),)),
    Case("disc folders beside each other", "{s} 1-{n} by {a}", (L("{t} CD{d}/{c:02}.mp3", tracks=10, discs=3),)),
    Case(
        "disc folders with titles",
        "{s} 1-{n} by {a}",
        (L("{p:02} - {t}/{t} - Disc {d:02}/{d:02}-{c:02}.mp3", tracks=9, discs=3),),
    ),
    Case("format folders inside", "{s} 1-{n} [MP3]", (L("{p:02} - {t}/MP3 64k/{c:02}.mp3", tracks=20),)),
    Case("parts inside", "{s} Books 1-{n}", (L("{p} - {t}/Part {d}/{c:02} - {t}.mp3", tracks=9, discs=2),)),
    # Flat files.
    Case("flat m4b with titles", "{s} Books 1-{n} by {a} [ENG / M4B]", (L("{s} {p:02} - {t}.m4b"), L("cover.jpg"))),
    Case("flat m4b, author first", "{s} Collection [M4B]", (L("{a} - {s} {p:02} - {t}.m4b"),)),
    Case("flat m4b, only titles", "{a} - {s} (1-{n})", (L("{t}.m4b"), L("{t}.jpg"), L("{t}.cue"))),
    Case("flat m4b, four segments", "{s} 1-{n}", (L("{a} - {s} - {p:02} - {t}.m4b"),)),
    Case("flat tracks with titles", "{s} Books 1-{n}", (L("{t} - {c:02}.mp3", tracks=14),)),
    Case("flat tracks, place and track", "{s} Books 1-{n} - {a}", (L("{s} {p:02} - {t} - {c:03}.mp3", tracks=22),)),
    Case("flat tracks with chapter titles", "{s} Books 1-{n}", (L("{t} - {c:02} - {ct}.mp3", tracks=12),)),
    Case("flat tracks, part of", "{s} 1 to {n} by {a}", (L("{t} (Part {c} of 6).mp3", tracks=6),)),
    Case("flat with series in brackets", "{a} {s} Audiobook Collection", (L("{t} [{s} {p}] ({y}).m4b"),)),
    Case("flat scene files", "{s}.1-{n}.M4B", (L("{l}.{s}.{p:02}.{td}.m4b"),), folder="{s}.1-{n}.M4B"),
    # Flat or nested, with numbers alone.
    Case("folders Book N", "{s} Books 1-{n} by {a}", (L("Book {p}/{c:02}.mp3", tracks=17),)),
    Case("folders series N", "{a} - {s} 1-{n}", (L("{s} {p}/{s} {p} - {c:02}.mp3", tracks=12),)),
    Case("files Book N", "{s} Books 1-{n} - {a}", (L("Book {p:02}.m4b"),)),
    Case("files series N", "{a} - {s} 1-{n}", (L("{s} {p:02}.m4b"),)),
    Case("files NN", "{s} Books 1-{n} by {a} [M4B]", (L("{p:02}.m4b"),), span="1-{n}"),
    Case("files series N and track", "{s} Books 1-{n} by {a}", (L("{s} {p} - {c:02}.mp3", tracks=13),)),
    Case(
        "numbers without playing times",
        "{s} Books 1-{n} by {a}",
        (L("{p:02}.mp3"),),
        known_minutes=False,
        separable=False,
    ),
    Case("one row of tracks", "{s} Books 1-{n} by {a}", (L("{c:03}.mp3", tracks=120),), separable=False),
    Case("tracks of all books", "{s} Books 1-{n} by {a}", (L("Track {c:03} - {ct}.mp3", tracks=90),), separable=False),
    # Omnibus editions: nothing can be taken.
    Case(
        "omnibus in one file",
        "{s} Omnibus (Books 1-{n}) by {a}",
        (L("{s} Omnibus.m4b", minutes=1500), L("cover.jpg")),
        separable=False,
    ),
    Case(
        "omnibus of tracks",
        "The Complete {s} by {a}",
        (L("The Complete {s} - {c:03}.mp3", tracks=80),),
        separable=False,
    ),
    Case(
        "omnibus among books",
        "{s} 1-{n}",
        (L("{s} 1-3.m4b", only=[1], minutes=1200, own=False), L("{p:02} - {t}.m4b", only=[4, 5])),
        wanted=[2, 4, 5],
    ),
    # Several copies of one book.
    Case(
        "m4b and mp3 of each",
        "{s} 1-{n}",
        (L("{p:02} - {t}/{t}.m4b", copy="m4b"), L("{p:02} - {t}/mp3/{t} - {c:02}.mp3", tracks=12, copy="mp3")),
    ),
    Case(
        "format folders on top",
        "{s} Books 1-{n} MP3 & M4B",
        (L("M4B/{t}.m4b", copy="m4b"), L("MP3/{t}/{c:02} - {t}.mp3", tracks=10, copy="mp3")),
    ),
    Case(
        "mixed formats",
        "{a} - {s} 1-{n}",
        (L("{p:02} - {t}.m4b", only=[1, 3, 5]), L("{p:02} - {t}/{c:02}.mp3", only=[2, 4], tracks=20)),
    ),
    Case(
        "abridged beside unabridged",
        "{s} Collection by {a}",
        (L("{p} - {t} (Unabridged)/{t}.m4b"), L("{p} - {t} (Abridged)/{t}.m4b", only=[2, 3], own=False, minutes=150)),
    ),
    # What is missing or between.
    Case("missing volumes", "{s} Books 1-{n}", (L("{p:02} - {t}/{t}.m4b", only=[1, 2, 5]),), wanted=[2, 3, 5]),
    Case(
        "a missing disc",
        "{s} Books 1-{n}",
        (
            L("{t}/CD{d}/{c:02}.mp3", only=[1, 2, 4, 5], tracks=8, discs=4),
            L("{t}/CD{d}/{c:02}.mp3", only=[3], tracks=8, discs=4, skip=[-2], own=False),
        ),
    ),
    Case(
        "a missing track",
        "{s} Books 1-{n}",
        (
            L("{p} - {t}/{c:02} - {t}.mp3", only=[1, 3, 4, 5], tracks=12),
            L("{p} - {t}/{c:02} - {t}.mp3", only=[2], tracks=12, skip=[5], own=False),
        ),
    ),
    Case(
        "samples and extras",
        "{s} 1-{n} by {a}",
        (
            L("{p:02} - {t}/{t}.m4b"),
            L("{p:02} - {t}/{t} - sample.mp3", minutes=3, own=False),
            L("Extras/Interview with {a}.mp3", minutes=20),
            L("info.nfo"),
        ),
    ),
    Case(
        "other authors between",
        "{s} and other classics",
        (L("{a}/{p:02} - {t}/{t}.m4b"), L("{oa}/{ot}/{ot}.m4b", stranger=0), L("{oa}/{ot}/{ot}.m4b", stranger=1)),
        folder="Classics",
        authors=False,
    ),
    Case(
        "other authors in flat files",
        "Classic Audiobooks Mega Pack",
        (L("{a} - {t}.m4b"), L("{oa} - {ot}.m4b", stranger=0), L("{oa} - {ot}.m4b", stranger=1)),
        authors=False,
    ),
    Case("owned books between", "{s} Books 1-{n}", (L("{p:02}. {t}.m4b"),), owned=[1, 2, 4], volumes=7),
    Case(
        "books with their texts",
        "{s} 1-{n} audio and ebooks",
        (L("{t}/{t}.m4b"), L("{t}/{t}.epub"), L("ebooks/{t}.mobi")),
    ),
    # German and French.
    Case(
        "German, Band in folders",
        "{a} - {s} Band 1-{n} (Hörbuch)",
        (L("Band {p} - {t}/{c:02} - {t}.mp3", tracks=14),),
        language="de",
        volumes=6,
    ),
    Case(
        "German, numbers and titles",
        "{a} {s} 1-{n} Komplett ungekürzt",
        (L("{p:02} {t}/{p:02} {t} - Kapitel {c:02}.mp3", tracks=10),),
        language="de",
        volumes=6,
    ),
    Case(
        "German, Teil and CD",
        "{a} - {s} (1 bis {n})",
        (L("{s} {p} - {t} (gelesen von {r})/CD {d}/{c:02}.mp3", tracks=9, discs=2),),
        language="de",
        volumes=6,
    ),
    Case(
        "French, Tome in folders",
        "{a} - {s} Tomes 1 à {n}",
        (L("Tome {p} - {t}/{c:02} - {t}.mp3", tracks=12),),
        language="fr",
        volumes=6,
    ),
    Case(
        "French, flat",
        "{s} - L'intégrale - {a} [FRE / M4B]",
        (L("{a} - {s} T{p:02} - {t}.m4b"),),
        language="fr",
        volumes=6,
    ),
    Case(
        "French, read by",
        "{a} {s} Intégrale (livre audio)",
        (L("{t} (lu par {r})/{c:03}.mp3", tracks=16),),
        language="fr",
        volumes=6,
    ),
)
"""Sixty packs."""
