"""`make bench-chat`: how many messages a second, how soon, at what price, stored and seen by the other side."""
