"""`make bench-search DATA=folder[,folder…]`: how well, how alike and how fast search answers."""
