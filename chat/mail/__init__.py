"""Written questions by e-mail: letters come out of a mailbox into the one queue, answers go back into the thread."""
