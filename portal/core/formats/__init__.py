"""How numbers are written where Django's own forms differ from the language's."""
