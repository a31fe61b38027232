"""A table that may hold something about a person says how long, or the build fails."""

from django.apps import apps

from portal.core import retention

OURS = ("portal.", "charter", "kb", "chat")


def our_tables() -> set[str]:
    return {
        model._meta.label_lower
        for config in apps.get_app_configs()
        if config.name.startswith(OURS)
        for model in config.get_models(include_auto_created=False)
    }


def test_every_table_of_ours_stands_in_a_retention_list() -> None:
    assert our_tables() - set(retention.rows()) - retention.not_personal() == set()


def test_no_row_speaks_of_a_table_that_is_gone() -> None:
    known = {model._meta.label_lower for model in apps.get_models()}
    assert (set(retention.rows()) | retention.not_personal()) - known == set()
