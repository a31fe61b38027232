"""What the portal itself keeps about cases: the link, what is still to be sent, and who opened one."""

from portal.cases.models.link import CaseLink, Opening
from portal.cases.models.outbox import Kind, OutboxItem, Progress, RegistryCursor

__all__ = ["CaseLink", "Kind", "Opening", "OutboxItem", "Progress", "RegistryCursor"]
