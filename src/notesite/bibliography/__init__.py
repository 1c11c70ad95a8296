"""Bibliographies: reading them, and what citations and lists of references say.

`reading` turns files into entries, `pages` the citations of one page into text by a style. The
libraries that read BibTeX and CSL are imported only where a site has such files.
"""
