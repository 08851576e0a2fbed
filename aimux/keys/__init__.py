"""Keys and mouse: tmux's names, what an outer terminal sends, and what a pane's program receives.

`key` and `names` hold the vocabulary, `tokenizer` reads an outer terminal's bytes, `encode` writes
a pane's, `mouse` does both for the mouse. A leaf: it knows neither screens nor key tables.
"""
