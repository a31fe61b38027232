"""The consultant's desk: queue, conversation and knowledge on one screen; phone contacts and requests beside it."""
