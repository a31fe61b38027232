"""A name is one key, however it was written."""

import pytest

from portal.core.text_keys import likeness, name_key, phone_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Петрова, Анна", "anna PETROVA"),
        ("Шевченко Оксана", "Oksana Shevchenko"),
        ("Žukauskienė Rūta", "Ruta Zukauskiene"),
        ("Йонас Щербак", "Jonas Shcherbak"),
        ("Юлія Ковальчук", "Yuliia Kovalchuk"),
        ("Alice", "Allice"),
    ],
)
def test_alphabet_order_and_marks_do_not_matter(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


def test_different_people_stay_different() -> None:
    assert name_key("Anna Petrova") != name_key("Anna Pavlova")
    assert likeness(name_key("Anna Petrova"), name_key("Ana Petrovaite")) > 0.8
    assert likeness(name_key("Anna Petrova"), name_key("Jonas Kazlauskas")) < 0.5


def test_a_phone_is_known_with_any_prefix() -> None:
    assert phone_key("+370 600 00000") == phone_key("8 600 00000") == "60000000"
    assert phone_key("112") == ""
