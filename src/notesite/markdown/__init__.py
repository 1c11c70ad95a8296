"""Markdown: from one source to a note, by way of markdown-it and a rule a file."""
