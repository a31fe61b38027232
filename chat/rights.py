"""Rows of the rights matrix for consultations."""

from chat.access import ROLES
from portal.core.rights import everyone, receipt_holder, staff

RIGHTS = {
    "chat:start": everyone(),
    "chat:answers": everyone(),
    "chat:resume": everyone(),
    "chat:ask_callback": everyone(),
    "chat:leave": everyone(),
    "chat:leave_quickly": everyone(),
    "chat:no_news": everyone(),  # whoever holds a message of ours; it opens nothing
    "chat:erased": everyone(),
    "chat:consultation": receipt_holder(),
    "chat:events": receipt_holder(),
    "chat:go_on": receipt_holder(),
    "chat:attach": receipt_holder(),
    "chat:file": receipt_holder(),
    "chat:transcript": receipt_holder(),
    "chat:export": receipt_holder(),
    "chat:news": receipt_holder(),
    "chat:request": receipt_holder(),
    "chat:callback": receipt_holder(),
    "chat:end": receipt_holder(),
    "chat:rate": receipt_holder(),
    "chat:erase": receipt_holder(),
    "cti:calls": everyone(),  # signed by the exchange; without a valid signature nothing happens
    "desk:*": staff(*ROLES),
    "ws:consultation": receipt_holder(),
    "ws:consultation_events": receipt_holder(),
    "ws:desk": staff(*ROLES),
}
