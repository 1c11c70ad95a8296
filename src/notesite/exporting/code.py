"""Code as listings, and the labels that formulas give themselves."""

from __future__ import annotations

import re

_LANGUAGES = {
    "python": "Python", "py": "Python", "c": "C", "cpp": "C++", "c++": "C++", "java": "Java",
    "haskell": "Haskell", "hs": "Haskell", "r": "R", "sql": "SQL", "bash": "bash", "sh": "bash",
    "shell": "bash", "matlab": "Matlab", "octave": "Octave", "fortran": "Fortran", "html": "HTML",
    "xml": "XML", "tex": "[LaTeX]TeX", "latex": "[LaTeX]TeX", "perl": "Perl", "ruby": "Ruby",
    "lisp": "Lisp", "make": "make", "makefile": "make", "pascal": "Pascal", "php": "PHP",
    "prolog": "Prolog", "scala": "Scala", "ml": "ML", "ocaml": "[Objective]Caml",
    "mathematica": "Mathematica",
}  # fmt: skip
"""The names that the package listings gives to languages."""
_LABEL = re.compile(r"\\label\s*\{([^{}]+)\}")


def listing(content: str, language: str) -> str:
    """A block of code; what `listings` cannot take, such as letters beyond ASCII, is verbatim."""
    body = content.rstrip("\n")
    name = _LANGUAGES.get(language, "")
    if not body.isascii() or "\\end{lstlisting}" in body:
        safe = body.replace("\\end{Verbatim}", "\\end {Verbatim}")
        return f"\\begin{{Verbatim}}\n{safe}\n\\end{{Verbatim}}"
    option = f"[language={{{name}}}]" if name else ""
    return f"\\begin{{lstlisting}}{option}\n{body}\n\\end{{lstlisting}}"


def labels_in(tex: str) -> list[str]:
    """The labels in a formula, in order."""
    return [label.strip() for label in _LABEL.findall(tex)]
