"""Who is who among authors."""

import pytest
from library_scanner.domain.identity import by_person, key_of_series


@pytest.mark.parametrize(
    ("names", "together"),
    [
        (["Wilkie Collins", "W. Collins"], [[0, 1]]),
        (["R. A. Freeman", "Richard Austin Freeman"], [[1, 0]]),
        (["Arthur Conan Doyle", "Doyle"], [[0, 1]]),
        (["Wilkie Collins", "Suzanne Collins"], [[0], [1]]),
        (["Wilkie Collins", "William Collins", "W. Collins"], [[0], [1], [2]]),
        (["Alexandre Dumas", "Dumas"], [[0, 1]]),
        ([], []),
    ],
)
def test_a_name_by_initials_goes_with_the_only_full_one(names: list[str], together: list[list[int]]) -> None:
    assert by_person(names) == together


def test_a_series_is_one_however_its_doctor_is_written() -> None:
    assert key_of_series("Dr. Dolittle") == key_of_series("The Doctor Dolittle Series")
