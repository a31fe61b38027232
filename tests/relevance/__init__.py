"""Whether people find what answers them: golden questions on the demonstration city, and measures for any folder."""
