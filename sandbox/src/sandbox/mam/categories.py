"""The categories of MyAnonamouse, as its clients list them."""

_AUDIOBOOKS = {
    39: "Action/Adventure", 49: "Art", 50: "Biographical", 83: "Business", 51: "Computer/Internet", 97: "Crafts",
    40: "Crime/Thriller", 41: "Fantasy", 106: "Food", 42: "General Fiction", 52: "General Non-Fic",
    98: "Historical Fiction", 54: "History", 55: "Home/Garden", 43: "Horror", 99: "Humor", 84: "Instructional",
    44: "Juvenile", 56: "Language", 45: "Literary Classics", 57: "Math/Science/Tech", 85: "Medical", 87: "Mystery",
    119: "Nature", 88: "Philosophy", 58: "Pol/Soc/Relig", 59: "Recreation", 46: "Romance", 47: "Science Fiction",
    53: "Self-Help", 89: "Travel/Adventure", 100: "True Crime", 108: "Urban Fantasy", 48: "Western",
    111: "Young Adult",
}  # fmt: skip
_E_BOOKS = {
    60: "Action/Adventure", 62: "Crime/Thriller", 63: "Fantasy", 64: "General Fiction", 102: "Historical Fiction",
    66: "Juvenile", 67: "Literary Classics", 94: "Mystery", 68: "Romance", 69: "Science Fiction", 112: "Young Adult",
}  # fmt: skip
_MAIN = {13: "Audiobooks", 14: "Ebooks", 15: "Musicology", 16: "Radio"}

NEW_CATEGORIES = {41: [13], 47: [45], 108: [53], 39: [1], 63: [13], 69: [45]}
"""Ids of the newer categories by the id of the older one. Many uploads have none."""


def category_name(category: int, main_category: int) -> str:
    """The value of `catname`, such as "Audiobooks - Fantasy"."""
    names = _AUDIOBOOKS if main_category == 13 else _E_BOOKS
    return f"{_MAIN[main_category]} - {names.get(category, 'Other')}"
