"""The words that LaTeX puts by itself, and the numbers, as the site has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notesite.exporting.inlines import Inlines
    from notesite.exporting.material import Material

_BABEL = {"de": "ngerman", "fr": "french"}
"""What babel calls the languages that LaTeX needs to be told of: for where words are parted."""


def hyphenation(material: Material) -> list[str]:
    """Where words of the note's language may be parted, if this TeX knows."""
    name = _BABEL.get(material.words.tag.partition("-")[0], "")
    # Without shorthands: a quotation mark in a note is one.
    load = f"\\usepackage[shorthands=off,{name}]{{babel}}"
    return [f"\\IfFileExists{{{name}.ldf}}{{{load}}}{{}}"] if name else []


def words(material: Material, inlines: Inlines) -> list[str]:
    """What a note in another language than English calls proofs, equations, its references."""
    catalogue, kinds = material.words, material.kinds
    if catalogue.tag.partition("-")[0] == "en":
        return []
    text = inlines.text
    proof = text(kinds.by_id("proof").title_in(catalogue))
    and_ = text(catalogue.text("list.and", first="", last=""))
    comma = text(catalogue.text("list.comma", first="", rest=""))
    lines = [f"\\renewcommand{{\\proofname}}{{{proof}}}"]
    if inlines.citations:
        title = text(catalogue.text("references.title"))
        lines.append(f"\\renewcommand{{\\refname}}{{{title}}}")
    section = kinds.by_id("section")
    lines += [
        _called(
            "equation", *(text(catalogue.text(f"{key}.equation")) for key in ("short", "shorts"))
        ),
        _called("section", text(section.title_in(catalogue)), text(section.plural_in(catalogue))),
        "\\AtBeginDocument{%",
        f"  \\def\\crefpairconjunction{{{and_}}}\\def\\creflastconjunction{{{and_}}}%",
        f"  \\def\\crefmiddleconjunction{{{comma}}}\\def\\crefrangeconjunction{{--}}}}",
    ]
    return lines


def _called(counter: str, one: str, several: str) -> str:
    return f"\\crefname{{{counter}}}{{{one}}}{{{several}}}"


def counted_by_section(counter: str) -> str:
    """The number with its section's, without one where no section has begun."""
    shown = f"\\ifnum\\value{{section}}>0 \\thesection.\\fi\\arabic{{{counter}}}"
    return f"\\renewcommand{{\\the{counter}}}{{{shown}}}"
