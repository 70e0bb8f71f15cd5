"""Every check of the books of one author."""

from collections.abc import Callable, Iterable

from library_scanner.domain.checks.double_checks import check_doubles
from library_scanner.domain.checks.edition_checks import check_editions
from library_scanner.domain.checks.found import Found
from library_scanner.domain.checks.group import Group
from library_scanner.domain.checks.item_checks import check_abridged, check_contents, check_nested_items
from library_scanner.domain.checks.language_checks import check_languages
from library_scanner.domain.checks.people_checks import check_people, check_spellings
from library_scanner.domain.checks.series_checks import check_places, check_series, check_series_names
from library_scanner.domain.checks.title_checks import check_titles

CHECK_VERSION = 5
"""The version of the rules of the checks. Raise it with every change of their results: the next check then looks at
every book again."""
CHECKS: tuple[Callable[[Group], Iterable[Found]], ...] = (
    check_contents,
    check_nested_items,
    check_doubles,
    check_series,
    check_places,
    check_series_names,
    check_titles,
    check_people,
    check_spellings,
    check_languages,
    check_abridged,
    check_editions,
)


def check_group(group: Group) -> list[Found]:
    """Return everything that is wrong with these books."""
    return [found for check in CHECKS for found in check(group)]
