"""`make chaos`: everything is killed while people talk, and nothing they were told is stored may be lost."""
