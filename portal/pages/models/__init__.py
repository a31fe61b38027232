"""Wagtail pages: few and thin. What a visitor reads stands in our own tables, in four languages."""

from portal.pages.models.easy import EasyPage
from portal.pages.models.home import HomePage
from portal.pages.models.information import InformationPage
from portal.pages.models.news import NewsItem, NewsList

__all__ = ["EasyPage", "HomePage", "InformationPage", "NewsItem", "NewsList"]
