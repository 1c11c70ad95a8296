"""What a fuzzer tries on each reader of what strangers write, and what must hold whatever it tries.

Used by the property tests here, briefly, and by `scripts/fuzz.py`, for as long as one likes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from notesite.config import MarkdownConfig, parse_config
from notesite.diagnostics import Diagnostic
from notesite.frontmatter import missed_front_matter, split_front_matter
from notesite.frontmatter.reading import parse_front_matter
from notesite.importing.quartz_site import QuartzError, read_typescript
from notesite.markdown.note import NoteParser
from notesite.math import MathSettings
from notesite.sources import decode_source

FRONT_MATTER = (
    *"abx12 \n\n:-'\"[]{}#&*!|>%@`,?\\\t~", "title: ", "tags: ", "date: 2026-01-01\n", "macros:\n  ",
    "draft: true\n", "order: 1\n", "aliases:\n- ", "&a ", "*a", "<<: ", "!!python/name:os ", "---\n",
    "...\n", "{{date}}", "<% x %>", "\\0", "\x01", "é", "\u2028", "\U0010ffff", "language: ",
    "permalink: ", "  ", "- ", "? ", "!!binary ", "!!set ", "!!omap ", ".nan", "0x1f", "1:2:3",
    "!!bool ", "!!int ", "!!float ", "!!timestamp ", "!!null ", "!!pairs ", "=", "{=: ",
)  # fmt: skip
NOTES = (
    *"ab1 \n\n*_`[]()!|#>-+:$\\~=^%{}<&\"'.@", "\n\n", "[[a]]", "![[b#c|d]]", "[[#^x]]", "$$\n", "\\(",
    "\\)", "\\[", "\\]", "> ", "> [!note] a\n", "> [!theorem]- b\n", "```\n", "```python\n",
    '::: theorem "a" {#b}\n', ":::\n", "- [x] ", "1. ", "| a | b |\n|-|-|\n", "[^1]", "[^1]: a\n",
    "^[a]", "^id\n", "%%", "==", "~~", "#tag", "https://a.b/c", "http://", "<div>\n", "</div>", "<b>",
    "<!--", "-->", '![a|100](b.png "c")', "[a](b c.pdf)", "{.a #b}", "\\begin{align}",
    "\\end{align}", "\\label{a}", "\\eqref{a}", "@a", "[@a, p. 1]", "\\cref{a,b}", "### Theorem.\n",
    "### Proof.\n", "Term\n: ", "---\n", "title: a\n", "\t", "    ", "é", "\u2028", "\0",
    "javascript:", "&#106;", "&lt;", "\ufdd0", "\ufdd20\ufdd3", "$x$", "$1 and $2 ",
)  # fmt: skip
CONFIGURATION = (
    *"ab1 \n\n=.[]{}\"',#-", "[site]\n", "title = ", "[[sections]]\n", "id = ", "[math.macros]\n",
    "R = '\\mathbb{R}'\n", "[diagnostics]\n", "link-not-found = ", "true", "2026-01-01", "1e400",
    '"""', "'''", "\\u0000", "[markdown]\n", "html = ", "ignore = [", "[strings]\n", "é", "\x00",
)  # fmt: skip
TYPESCRIPT = (
    *"ab1 \n,;:.()[]{}\"'`/*\\$=-?!|&", "const config: QuartzConfig = {", "configuration: {",
    "pageTitle: ", "baseUrl: ", "ignorePatterns: [", "Plugin.Latex({", "})", "=> ", "...", "as const",
    "satisfies X", "//", "/*", "*/", "${", "\\u{110000}", "\\x4", "0x", "1e999", "true", "undefined",
    "new Date()", "export default config\n", "theme: {", "colors: {", "é",
)  # fmt: skip

_PARSERS = {html: NoteParser(MarkdownConfig(html=html), MathSettings()) for html in (True, False)}


@dataclass(frozen=True)
class Target:
    """Something to fuzz: what its inputs are made of, and what is done with one."""

    pieces: tuple[str, ...]
    check: Callable[[str], None]


def check_front_matter(text: str) -> None:
    """Front matter is read or said to be wrong, at places that are there."""
    # Line ends are made line feeds where files are read.
    whole = f"---\n{text}\n---\n".replace("\r", "\n")
    block = split_front_matter(whole)
    if block is None:
        # Text without a key is no front matter, which is said.
        missed = missed_front_matter(whole, "a.md")
        assert missed
        _check_places([missed], whole)
        return
    matter, problems = parse_front_matter(block, "a.md")
    _check_places(problems, whole)
    assert not re.search("[\0\x01\x1b]", repr((matter.title, matter.tags, matter.language)))


def check_note(text: str) -> None:
    """A note is read; what is wrong is said at places that are there; a stranger's is safe."""
    source = decode_source(text.encode("utf-8", "surrogatepass"), "a.md", "a.md")
    if isinstance(source, Diagnostic):
        return
    for is_open, parser in _PARSERS.items():
        note = parser.parse(source)
        _check_places(note.diagnostics, source.text)
        html = "".join(piece for piece in note.body if isinstance(piece, str)) + note.title.html
        if not is_open:
            assert "<script" not in html
            assert "<iframe" not in html.replace('<iframe class="film"', "")
            assert not re.search(r'(?:href|src)="\s*(?:javascript|data|vbscript):', html)


def check_configuration(text: str) -> None:
    """A configuration is read, with everything that is wrong with it."""
    _, problems = parse_config(text)
    _check_places(problems, text)


def check_typescript(text: str) -> None:
    """A configuration of Quartz is read, or is none."""
    try:
        read_typescript(text, text)
    except QuartzError:
        return


def _check_places(problems: Iterable[Diagnostic], text: str) -> None:
    lines = text.count("\n") + 1
    for problem in problems:
        span = problem.span
        assert problem.message
        if span:
            assert 1 <= span.start.line <= lines + 1, problem
            assert span.start.column >= 1, problem
            assert span.start <= span.end, problem


TARGETS = {
    "front-matter": Target(FRONT_MATTER, check_front_matter),
    "notes": Target(NOTES, check_note),
    "configuration": Target(CONFIGURATION, check_configuration),
    "typescript": Target(TYPESCRIPT, check_typescript),
}
"""What can be fuzzed besides formulas, by name."""
