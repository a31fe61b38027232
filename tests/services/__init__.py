"""The real services that tests need, started for one run and ended after it.

`python -m tests.services COMMAND …` installs what is missing (as root, with apt), starts PostgreSQL, Redis and
Elasticsearch on free ports in folders that are thrown away, puts their addresses into the environment
(POSTGRES_URL, REDIS_URL, ELASTICSEARCH_URL, CHROMIUM), runs the command and ends everything.
"""
