"""Plain text as LaTeX that typesets it."""

from __future__ import annotations

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#",
    "_": r"\_", "$": r"\$", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\textquotedbl{}",
    "\u00a0": "~", "\u00ad": r"\-", "–": "--", "—": "---", "‘": "`", "’": "'", "“": "``", "”": "''",
    "…": r"\ldots{}",
}  # fmt: skip
_IN_ADDRESS = {"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20", "^": "%5E", "~": "%7E", "\n": ""}
_TABLE = str.maketrans(_SPECIAL)


def escape_latex(text: str) -> str:
    """`text` with every character that LaTeX treats specially written as a command."""
    return text.translate(_TABLE)


def latex_address(address: str) -> str:
    r"""An address as `\href` takes it, also in the argument of another command."""
    safe = "".join(_IN_ADDRESS.get(character, character) for character in address)
    return safe.replace("%", "\\%").replace("#", "\\#")
