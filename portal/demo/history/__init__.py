"""Generated history of the demonstration city: two whole quarters and the running one, every row marked as such.

Each day is drawn by a generator of its own, seeded with its date: the same day always looks the same. Today is left
to whoever tries the portal. Old conversations are as the nightly job would have left them: counted, without words.
"""
