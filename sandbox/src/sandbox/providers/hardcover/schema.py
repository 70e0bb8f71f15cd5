"""The part of Hardcover's GraphQL schema that the stand-in supports, generated from a table of types.

Hasura generates the arguments of every list (`where`, `order_by`, `distinct_on`, `limit`, `offset`) from the columns
and relations of its type. So does this module. Pattern operators such as `_ilike` are disabled at Hardcover.
"""

from graphql import GraphQLSchema, build_schema

TYPES: dict[str, dict[str, str]] = {
    "books": {
        "id": "Int!",
        "slug": "String",
        "title": "String",
        "subtitle": "String",
        "description": "String",
        "headline": "String",
        "release_date": "date",
        "release_year": "Int",
        "rating": "numeric",
        "ratings_count": "Int!",
        "users_count": "Int!",
        "users_read_count": "Int!",
        "compilation": "Boolean!",
        "is_partial_book": "Boolean!",
        "canonical_id": "Int",
        "book_category_id": "Int!",
        "literary_type_id": "Int",
        "audio_seconds": "Int",
        "pages": "Int",
        "editions_count": "Int!",
        "cached_tags": "jsonb",
        "cached_image": "jsonb",
        "contributions": "[contributions!]!",
        "book_series": "[book_series!]!",
        "featured_book_series": "book_series",
        "editions": "[editions!]!",
        "default_audio_edition": "editions",
        "default_ebook_edition": "editions",
        "default_physical_edition": "editions",
        "book_mappings": "[book_mappings!]!",
    },
    "editions": {
        "id": "Int!",
        "book_id": "Int!",
        "title": "String",
        "subtitle": "String",
        "asin": "String",
        "isbn_10": "String",
        "isbn_13": "String",
        "reading_format_id": "Int!",
        "edition_format": "String",
        "audio_seconds": "Int",
        "pages": "Int",
        "release_date": "date",
        "release_year": "Int",
        "users_count": "Int!",
        "cached_image": "jsonb",
        "publisher": "publishers",
        "language": "languages",
        "book": "books!",
        "contributions": "[contributions!]!",
    },
    "series": {
        "id": "Int!",
        "name": "String!",
        "slug": "String!",
        "description": "String",
        "canonical_id": "Int",
        "is_completed": "Boolean",
        "books_count": "Int!",
        "primary_books_count": "Int",
        "author": "authors",
        "book_series": "[book_series!]!",
    },
    "authors": {
        "id": "Int!",
        "name": "String!",
        "slug": "String",
        "books_count": "Int!",
        "users_count": "Int!",
        "canonical_id": "Int",
        "contributions": "[contributions!]!",
    },
    "book_series": {
        "id": "Int!",
        "book_id": "Int!",
        "series_id": "Int!",
        "position": "float8",
        "details": "String",
        "featured": "Boolean!",
        "compilation": "Boolean!",
        "book": "books!",
        "series": "series!",
    },
    "contributions": {
        "id": "Int!",
        "contribution": "String",
        "contributable_type": "String!",
        "contributable_id": "Int!",
        "author_id": "Int!",
        "author": "authors!",
        "book": "books",
    },
    "book_mappings": {"id": "Int!", "external_id": "String", "platform": "platforms"},
    "platforms": {"id": "Int!", "name": "String!"},
    "publishers": {"id": "Int!", "name": "String"},
    "lists": {
        "id": "Int!",
        "name": "String!",
        "slug": "String",
        "books_count": "Int!",
        "user": "users!",
        "list_books": "[list_books!]!",
    },
    "list_books": {
        "id": "Int!",
        "list_id": "Int!",
        "book_id": "Int!",
        "edition_id": "Int",
        "position": "Int",
        "book": "books!",
        "edition": "editions",
    },
    "users": {"id": "Int!", "username": "String!"},
    "languages": {"id": "Int!", "language": "String!", "code2": "String", "code3": "String"},
}
ROOTS = ("books", "editions", "series", "authors", "book_series", "contributions", "lists")

_SCALARS = {"Int", "String", "Boolean", "date", "numeric", "float8", "json", "jsonb"}
_HEAD = """
scalar date
scalar numeric
scalar float8
scalar jsonb
enum order_by { asc asc_nulls_first asc_nulls_last desc desc_nulls_first desc_nulls_last }
type SearchOutput {
  error: String ids: [Int] page: Int per_page: Int query: String query_type: String results: jsonb
}
"""
_SEARCH = (
    "search(query: String!, query_type: String, per_page: Int, page: Int, sort: String, fields: String,"
    " weights: String, typos: String): SearchOutput"
)


def plain(declared: str) -> str:
    """The name of a type without list and non-null marks: "books" for "[books!]!"."""
    return declared.strip("[]!")


def is_column(declared: str) -> bool:
    """Whether a type is a scalar and not a relation."""
    return plain(declared) in _SCALARS


def build() -> GraphQLSchema:
    """The schema with a list and a `_by_pk` field for each root type, and `search`."""
    compared = sorted(_SCALARS - {"json", "jsonb"})
    parts = [_HEAD, *(_comparison(each) for each in compared), *(_type(name) for name in TYPES)]
    roots = [f"{name}{_arguments(name)}: [{name}!]!" for name in ROOTS]
    by_key = [f"{name}_by_pk(id: Int!): {name}" for name in ROOTS]
    parts.append("type Query {\n" + "\n".join([_SEARCH, *roots, *by_key]) + "\n}")
    return build_schema("\n".join(parts))


def _type(name: str) -> str:
    fields = TYPES[name]
    columns = [field for field, declared in fields.items() if is_column(declared)]
    declarations = [f"{field}{_field_arguments(declared)}: {declared}" for field, declared in fields.items()]
    conditions = [
        f"{field}: {_condition(declared)}" for field, declared in fields.items() if plain(declared) != "jsonb"
    ]
    orders = [
        f"{field}: {'order_by' if is_column(declared) else plain(declared) + '_order_by'}"
        for field, declared in fields.items()
        if not declared.startswith("[")
    ]
    logic = f"_and: [{name}_bool_exp!] _or: [{name}_bool_exp!] _not: {name}_bool_exp"
    return "\n".join(
        [
            f"type {name} {{ {' '.join(declarations)} }}",
            f"enum {name}_select_column {{ {' '.join(columns)} }}",
            f"input {name}_bool_exp {{ {logic} {' '.join(conditions)} }}",
            f"input {name}_order_by {{ {' '.join(orders)} }}",
        ]
    )


def _field_arguments(declared: str) -> str:
    return _arguments(plain(declared)) if declared.startswith("[") else ""


def _arguments(name: str) -> str:
    return (
        f"(where: {name}_bool_exp, order_by: [{name}_order_by!], distinct_on: [{name}_select_column!],"
        " limit: Int, offset: Int)"
    )


def _condition(declared: str) -> str:
    return f"{plain(declared)}_comparison_exp" if is_column(declared) else f"{plain(declared)}_bool_exp"


def _comparison(scalar: str) -> str:
    one = " ".join(f"{operator}: {scalar}" for operator in ("_eq", "_neq", "_gt", "_gte", "_lt", "_lte"))
    return f"input {scalar}_comparison_exp {{ {one} _in: [{scalar}!] _nin: [{scalar}!] _is_null: Boolean }}"
