"""One finished improvement handed to another town: its promises, standards, answers and survey as files."""
