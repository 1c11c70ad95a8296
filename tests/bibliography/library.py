"""A small bibliography that the tests share, and what they ask of it."""

from __future__ import annotations

from notesite.bibliography.citing import BRACKET, Citation, Item, Words
from notesite.bibliography.reading import Library, read_library
from notesite.bibliography.runs import plain, to_text
from notesite.bibliography.styles import built_in

BIBTEX = r"""
@string{nips = {Advances in Neural Information Processing Systems}}
@inproceedings{jacot2018,
  author = {Jacot, Arthur and Gabriel, Franck and Hongler, Cl{\'e}ment},
  title = {Neural Tangent Kernel: {C}onvergence and Generalization in Neural Networks},
  booktitle = nips, volume = 31, year = 2018, pages = {8571--8580},
  eprint = {1806.07572}, archiveprefix = {arXiv}, primaryclass = {cs.LG},
}
@misc{saxe2014,
  author = {Saxe, Andrew M. and McClelland, James L. and Ganguli, Surya},
  title = {Exact solutions}, year = 2014, eprint = {1312.6120}, eprinttype = {arxiv},
}
@misc{saxe2014b,
  author = {Saxe, Andrew M. and McClelland, James L. and Ganguli, Surya},
  title = {Another title}, year = 2014,
}
@book{axler2015,
  author = {Axler, Sheldon}, title = {Linear Algebra Done Right}, edition = 3, year = 2015,
  publisher = {Springer}, series = {Undergraduate Texts in Mathematics},
}
@article{riesz1907,
  author = {Riesz, Fr{\'e}d{\'e}ric and von Neumann, John},
  title = {On $L^2$ and $\mathbb{R}^d$}, journal = {Comptes rendus}, volume = 144, number = 2,
  pages = {1409-1411}, year = 1907, doi = {https://doi.org/10.1000/a_b},
}
@misc{anonymous, title = {Nobody's paper}, howpublished = {\url{https://example.org/a_b}}}
"""


def library(more: str = "") -> Library:
    return read_library(BIBTEX + more, "references.bib")


def cite(*items: Item | str, form: str = BRACKET) -> Citation:
    return Citation(tuple(Item(i) if isinstance(i, str) else i for i in items), form)


def item(key: str, before: str = "", locator: str = "", after: str = "", **more: object) -> Item:
    label = {"p": "page", "sec": "section", "thm": "theorem"}.get(locator.partition(".")[0], "page")
    found = (label, locator.rsplit(" ", maxsplit=1)[-1]) if locator else None
    return Item(key, plain(before), plain(after), found, locator, **more)  # type: ignore[arg-type]


def said(style: str, *citations: Citation) -> list[str]:
    """What the citations of one page say in a built-in style."""
    chosen = built_in(style)
    assert chosen
    return [to_text(text, {}) for text in chosen.format(citations, library(), Words()).citations]


def listed(style: str, *keys: str, more: str = "") -> list[str]:
    """The list of references of a page that cites these keys, labels in front."""
    chosen = built_in(style)
    assert chosen
    lines = chosen.format([cite(key) for key in keys], library(more), Words()).references
    return [f"{line.label} {to_text(line.text, {})}".strip() for line in lines]
