"""Search: what of each note can be found, and the index that Pagefind makes of it."""
