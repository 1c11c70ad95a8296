"""The generators that are compared: what each needs beside the notes, and how it is called."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

from bench.corpus import Corpus, Shape

TOOLS = Path(__file__).parent / ".tools"
"""The environment that `python -m bench install` makes for the other generators."""

PACKAGES = ("hugo", "zensical", "mkdocs-material", "sphinx", "myst-parser")


@dataclass(frozen=True)
class Peer:
    """A generator in one configuration.

    `files` are written beside the notes, which go into the folder `notes`; `clean` are what a build
    from nothing must not find. `{python}` in the command is notesite's interpreter. `patience` says
    how many times longer than others it may take.
    """

    name: str
    command: tuple[str, ...]
    notes: str
    files: dict[str, str] = field(default_factory=dict)
    clean: tuple[str, ...] = ()
    index: str = "index.md"
    environment: dict[str, str] = field(default_factory=dict)
    patience: int = 1

    def executable(self) -> str | None:
        """The program, from the tools' environment or the path; None if it is not here."""
        if self.command[0] == "{python}":
            return sys.executable
        own = TOOLS / "bin" / self.command[0]
        return str(own) if own.exists() else shutil.which(self.command[0])

    def prepare(self, folder: Path, count: int, shape: Shape) -> None:
        """Write a site of `count` notes."""
        Corpus(count, shape=shape).write(folder / self.notes, index=self.index)
        for name, text in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")

    def wipe(self, folder: Path) -> None:
        """Take away what earlier builds left."""
        for name in self.clean:
            shutil.rmtree(folder / name, ignore_errors=True)


_HUGO = {
    "layouts/single.html": (
        "<!doctype html><title>{{ .Title }}</title><main>{{ .Content }}</main>\n"
    ),
    "layouts/home.html": (
        "<!doctype html><title>{{ .Title }}</title>"
        "{{ range site.RegularPages }}<a href='{{ .RelPermalink }}'>{{ .Title }}</a> {{ end }}\n"
    ),
    "layouts/section.html": "<!doctype html><title>{{ .Title }}</title>{{ .Content }}\n",
    "layouts/term.html": (
        "<!doctype html><title>{{ .Title }}</title>"
        "{{ range .Pages }}<a href='{{ .RelPermalink }}'>{{ .Title }}</a> {{ end }}\n"
    ),
    "layouts/taxonomy.html": "<!doctype html><title>{{ .Title }}</title>\n",
}
_HUGO_SITE = """baseURL = "https://a.example/"
title = "Bench"
[markup.highlight]
noClasses = false
"""
_PASSTHROUGH = """[markup.goldmark.extensions.passthrough]
enable = true
[markup.goldmark.extensions.passthrough.delimiters]
block = [["$$", "$$"]]
inline = [["$", "$"]]
"""
_MATHML = (
    '{{ $display := eq .Type "block" }}'
    '{{ transform.ToMath .Inner (dict "displayMode" $display "output" "mathml") }}'
)
_MKDOCS = """site_name: Bench
theme:
  name: material
markdown_extensions:
  - pymdownx.highlight
  - pymdownx.superfences
  - pymdownx.arithmatex:
      generic: true
"""
_SPHINX = """project = "Bench"
extensions = ["myst_parser", "sphinx.ext.mathjax"]
myst_enable_extensions = ["dollarmath", "amsmath"]
html_theme = "basic"
suppress_warnings = ["toc.not_included", "myst.xref_missing"]
"""
_NOTESITE = """[site]
title = "Bench"
base_url = "https://a.example/"
git_dates = false
[theme]
cards = false
"""
_HUGO_COMMAND = ("hugo", "build", "--quiet", "--cacheDir", "{folder}/cache")
_HUGO_LEFT = ("public", "cache", "resources")

NOTESITE = Peer(
    "notesite", ("{python}", "-m", "notesite", "build", "--quiet", "--keep-going"), "notes",
    {"notesite.toml": _NOTESITE}, ("output", "cache"),
    environment={"XDG_CACHE_HOME": "{folder}/cache"}, patience=8,
)  # fmt: skip
NOTESITE_PLAIN = Peer(
    "notesite, no search", NOTESITE.command, "notes",
    {"notesite.toml": _NOTESITE + "[search]\nenabled = false\n"}, ("output", "cache"),
    environment={"XDG_CACHE_HOME": "{folder}/cache"}, patience=8,
)  # fmt: skip
"""As Hugo has it, which makes no index."""
PARTS = Peer(
    "its parts alone", ("{python}", str(Path(__file__).with_name("parts.py"))), "notes",
    clean=("output",), patience=8,
)  # fmt: skip
HUGO = Peer(
    "Hugo, no math", _HUGO_COMMAND, "content",
    {**_HUGO, "hugo.toml": _HUGO_SITE}, _HUGO_LEFT, index="_index.md",
)  # fmt: skip
HUGO_MATH = Peer(
    "Hugo, math", _HUGO_COMMAND, "content",
    {
        **_HUGO, "hugo.toml": _HUGO_SITE + _PASSTHROUGH,
        "layouts/_markup/render-passthrough.html": _MATHML,
    },
    _HUGO_LEFT, index="_index.md",
)  # fmt: skip
ZENSICAL = Peer(
    "Zensical", ("zensical", "build"), "docs",
    {"mkdocs.yml": _MKDOCS}, ("site", ".cache"),
)  # fmt: skip
MKDOCS = Peer(
    "MkDocs, Material", ("mkdocs", "build", "--quiet"), "docs",
    {"mkdocs.yml": _MKDOCS}, ("site", ".cache"), environment={"NO_MKDOCS_2_WARNING": "1"},
)  # fmt: skip
SPHINX = Peer(
    "Sphinx, MyST", ("sphinx-build", "-q", "-j", "auto", ".", "_build"), ".",
    {"conf.py": _SPHINX}, ("_build",),
)  # fmt: skip

PEERS = (NOTESITE, NOTESITE_PLAIN, PARTS, HUGO, HUGO_MATH, ZENSICAL, MKDOCS, SPHINX)

MATH = {
    "notesite": "MathML, at build time",
    "notesite, no search": "MathML, at build time",
    "its parts alone": "MathML, at build time",
    "Hugo, no math": "left as it is written",
    "Hugo, math": "MathML, at build time (KaTeX)",
    "Zensical": "left to a script in the browser",
    "MkDocs, Material": "left to a script in the browser",
    "Sphinx, MyST": "left to a script in the browser",
}
"""What each does about formulas."""
