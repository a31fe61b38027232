"""PostgreSQL itself keeps two programmes of one person from running at once; SQLite has the lock of `sign` alone.

Where the extension `btree_gist` does not come with the server, the lock is all there is on PostgreSQL as well.
"""

from typing import Any

from django.db import migrations

NAME = "one_programme_of_a_person_runs_at_a_time"


def keep_apart(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("select 1 from pg_available_extensions where name = 'btree_gist'")
        if cursor.fetchone() is None:
            return
        cursor.execute("create extension if not exists btree_gist")
        cursor.execute(
            f"alter table registry_programme add constraint {NAME} exclude using gist "
            "(recipient_id with =, daterange(since, runs_until, '[]') with &&) where (state <> 'draft') "
            "deferrable initially deferred"
        )


def let_go(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"alter table registry_programme drop constraint if exists {NAME}")


class Migration(migrations.Migration):
    dependencies = [("registry", "0015_all_acts_go_to_paper")]

    operations = [migrations.RunPython(keep_apart, let_go)]
