"""A note as a paper: LaTeX from the tokens of its Markdown, and PDF from that or from its page."""
