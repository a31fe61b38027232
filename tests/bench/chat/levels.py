"""How SQLite is set up, read back from a line of the product's own."""

import django

if __name__ == "__main__":
    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        level = cursor.execute("PRAGMA synchronous").fetchone()[0]
    print(f"journal_mode = {mode}, synchronous = {level} ({['OFF', 'NORMAL', 'FULL', 'EXTRA'][level]})")
