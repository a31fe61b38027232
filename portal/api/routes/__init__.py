"""The addresses of `/api/v1`, part by part."""
