"""The shape of what programs get. Texts are `{language: text}`, with those languages only that people may read."""
