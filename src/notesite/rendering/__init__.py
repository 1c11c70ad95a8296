"""Pages from a linked site: the Jinja environment and what templates see."""
