"""Retention of the pages' tables: public texts, nothing about a person."""

from portal.core.retention import Row

ROWS: dict[str, Row] = {}
NOT_PERSONAL = {"pages.EasyPage", "pages.HomePage", "pages.InformationPage", "pages.NewsItem", "pages.NewsList"}
