"""What people look for and do not find: gathered from every side, joined across languages, closed by editors."""
