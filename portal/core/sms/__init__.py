"""Short messages to phones: one port, `SMS_BACKENDS` names who sends."""

from portal.core.sms.base import NotSent, Sms, sms

__all__ = ["NotSent", "Sms", "sms"]
