"""Hardcover's GraphQL queries. Every top-level field counts as a request, so each query has one."""

SEARCH = """
query Search($text: String!, $kind: String!) {
  search(query: $text, query_type: $kind, per_page: 25, page: 1) { error ids results }
}
"""

_PEOPLE = "contributions { contribution author { name } }"
_EDITION = f"""
  id title asin isbn_10 isbn_13 reading_format_id audio_seconds release_date users_count cached_image
  publisher {{ name }} language {{ language }} {_PEOPLE}
"""

BOOKS = f"""
query Books($where: books_bool_exp!, $editions: editions_bool_exp!, $limit: Int!, $offset: Int!) {{
  books(where: $where, order_by: [{{users_count: desc}}, {{id: asc}}], limit: $limit, offset: $offset) {{
    id title subtitle description release_date users_count compilation audio_seconds cached_tags cached_image
    {_PEOPLE}
    book_series {{ position details compilation series {{ id name }} }}
    default_audio_edition {{ {_EDITION} }}
    editions(where: $editions, order_by: [{{users_count: desc}}, {{id: asc}}], limit: 5) {{ {_EDITION} }}
  }}
}}
"""
