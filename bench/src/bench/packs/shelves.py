"""The shelves of the table, and of its variants with other titles.

The works are in the public domain or invented. The playing times are invented.
"""

from bench.packs.composing import Shelf, Volume


def _shelf(
    author: str, series: str, titles: str, *, language: str = "en", narrator: str = "Clara Winterbourne"
) -> Shelf:
    volumes = tuple(
        Volume(place, title.strip(), 300 + (place * 97 + len(title) * 13) % 280, 1880 + place * 2)
        for place, title in enumerate(titles.split(";"), start=1)
    )
    strangers = _STRANGERS[language]
    return Shelf(author, series, volumes, strangers, narrator, language)


_STRANGERS = {
    "en": (
        ("H. G. Wells", "The Time Machine"),
        ("Anna Katharine Green", "The Leavenworth Case"),
        ("Zane Grey", "Desert Gold"),
    ),
    "de": (("Theodor Storm", "Der Schimmelreiter"), ("Wilhelm Raabe", "Stopfkuchen")),
    "fr": (("George Sand", "La Mare au diable"), ("Stendhal", "Le Rouge et le Noir")),
}

TABLE = {
    "en": _shelf(
        "L. Frank Baum", "Oz",
        "The Wonderful Wizard of Oz; The Marvelous Land of Oz; Ozma of Oz; Dorothy and the Wizard in Oz;"
        "The Road to Oz;"
        "The Emerald City of Oz; The Patchwork Girl of Oz; Tik-Tok of Oz; The Scarecrow of Oz; Rinkitink in Oz",
    ),
    "de": _shelf(
        "Karl May", "Orientzyklus",
        "Durch die Wüste; Durchs wilde Kurdistan; Von Bagdad nach Stambul; In den Schluchten des Balkan;"
        "Durch das Land der Skipetaren; Der Schut",
        language="de", narrator="Heiko Lindner",
    ),
    "fr": _shelf(
        "Maurice Leblanc", "Arsène Lupin",
        "Arsène Lupin, gentleman-cambrioleur; Arsène Lupin contre Herlock Sholmès; L'Aiguille creuse;"
        "Le Bouchon de cristal;"
        "Les Confidences d'Arsène Lupin; L'Éclat d'obus",
        language="fr", narrator="Julien Marchand",
    ),
}  # fmt: skip
"""One shelf for each language of the table."""

HELD_OUT = (
    {
        "en": _shelf(
            "Edgar Rice Burroughs", "Barsoom",
            "A Princess of Mars; The Gods of Mars; The Warlord of Mars; Thuvia, Maid of Mars; The Chessmen of Mars;"
            "The Master Mind of Mars; A Fighting Man of Mars; Swords of Mars; Synthetic Men of Mars; Llana of Gathol",
        ),
        "de": _shelf(
            "Felix Dahn", "Völkerwanderung",
            "Felicitas; Bissula; Gelimer; Die schlimmen Nonnen von Poitiers; Fredigundis; Attila",
            language="de", narrator="Greta Sommer",
        ),
        "fr": _shelf(
            "Paul Féval", "Les Habits noirs",
            "Les Habits noirs; Coeur d'acier; La Rue de Jérusalem; L'Arme invisible; Maman Léo; L'Avaleur de sabres",
            language="fr", narrator="Odile Garnier",
        ),
    },
    {
        "en": _shelf(
            "Edgar Rice Burroughs", "Tarzan",
            "Tarzan of the Apes; The Return of Tarzan; The Beasts of Tarzan; The Son of Tarzan;"
            "Tarzan and the Jewels of Opar;"
            "Jungle Tales of Tarzan; Tarzan the Untamed; Tarzan the Terrible; Tarzan and the Golden Lion;"
            "Tarzan and the Ant Men",
        ),
        "de": _shelf(
            "Balduin Möllhausen", "Die Mormonen",
            "Das Mormonenmädchen; Der Flüchtling; Die Kinder des Sträflings; Der Halbindianer;"
            "Der Piratenleutnant; Die Reiher",
            language="de", narrator="Heiko Lindner",
        ),
        "fr": _shelf(
            "Michel Zévaco", "Les Pardaillan",
            "Les Pardaillan; L'Épopée d'amour; La Fausta; Fausta vaincue; Pardaillan et Fausta; Les Amours du Chico",
            language="fr", narrator="Julien Marchand",
        ),
    },
    {
        "en": _shelf(
            "L. M. Montgomery", "Anne of Green Gables",
            "Anne of Green Gables; Anne of Avonlea; Anne of the Island; Anne of Windy Poplars; Anne's House of Dreams;"
            "Anne of Ingleside; Rainbow Valley; Rilla of Ingleside; Chronicles of Avonlea;"
            "Further Chronicles of Avonlea",
        ),
        "de": _shelf(
            "Gustav Freytag", "Die Ahnen",
            "Ingo und Ingraban; Das Nest der Zaunkönige; Die Brüder vom deutschen Hause; Marcus König; Die Geschwister;"
            "Aus einer kleinen Stadt",
            language="de", narrator="Greta Sommer",
        ),
        "fr": _shelf(
            "Émile Zola", "Les Rougon-Macquart",
            "La Fortune des Rougon; La Curée; Le Ventre de Paris; La Conquête de Plassans; La Faute de l'abbé Mouret;"
            "Son Excellence Eugène Rougon",
            language="fr", narrator="Odile Garnier",
        ),
    },
    {
        "en": _shelf(
            "Harriet Fernsby", "The Wenmoor Papers",
            "The Painted Locksmith; The Verdict of Crowholt; Ashes; The Second Ferryman; Winter Orchard; Seven Bells;"
            "The Hollow Regiment; A Duchess in Exile; The Cartographer; Nine",
        ),
        "de": _shelf(
            "Ottilie Brandner", "Kommissar Velten",
            "Kaltes Ufer; Der dritte Zeuge; Ohne Spur; Nebel über Lindau; Die Frau im Turm; Schuld",
            language="de", narrator="Heiko Lindner",
        ),
        "fr": _shelf(
            "Blanche Sorel", "Le Cycle de Brume",
            "Le Phare éteint; La Dernière Escale; Sang d'encre; Les Marées; Un hiver à Brest; Retour",
            language="fr", narrator="Odile Garnier",
        ),
    },
)  # fmt: skip
"""Other titles for the same patterns: real series, some named after their first book, and invented ones."""
