"""Search by an Elasticsearch cluster: core features only, the same tokens and sums as the embedded engine."""

from kb.search.engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
