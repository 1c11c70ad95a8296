"""What an engine complains about, in words for people."""

from __future__ import annotations

import re
from typing import NamedTuple

from notesite.math.reading import Problem
from notesite.patterns import pattern


class Complaint(NamedTuple):
    """A diagnostic's code, message and hints."""

    code: str
    message: str
    hints: tuple[str, ...] = ()


_KNOWN: tuple[tuple[str, Complaint], ...] = (
    (
        r'Unknown command "(?P<a>.*)"\.',
        Complaint("math-unknown-command", "there is no command '{a}'"),
    ),
    (
        r'Unknown environment "(?P<a>.*)"\.',
        Complaint("math-unknown-environment", "there is no environment '{a}'"),
    ),
    (r'Unknown color "(?P<a>.*)"\.', Complaint("math-syntax", "'{a}' is not a colour")),
    (
        r'An argument of "(?P<a>.*)" is missing\.',
        Complaint("math-syntax", "an argument of '{a}' is missing", ("write it in braces: {{…}}",)),
    ),
    (
        r'Expected closing token "(?P<a>.*)", but .*',
        Complaint("math-syntax", "'{a}' is missing", ("add the missing '{a}'",)),
    ),
    (r'Unmatched closing token: "(?P<a>.*)"\.', Complaint("math-syntax", "'{a}' closes nothing")),
    (
        r'"(?P<a>.*)" needs a delimiter',
        Complaint(
            "math-syntax",
            "'{a}' needs a delimiter",
            ("write one such as ( [ \\{{ | \\lVert, or . for none",),
        ),
    ),
    (
        r"(?:Duplicate subscript or superscript|'\^' or '_' directly followed by .*)\.",
        Complaint(
            "math-syntax",
            "a second superscript or subscript on one symbol",
            ("group what belongs together, as in {{x_a}}_b or x_{{a_b}}",),
        ),
    ),
    (
        r'Found "\\h\[dash\]line", which may only appear .*',
        Complaint(
            "math-syntax", "a line may stand only at the beginning of an array or after '\\\\'"
        ),
    ),
    (
        r'Found "(?P<a>[^"]*)", which may only appear (?P<b>.*)\.',
        Complaint("math-syntax", "'{a}' may stand only {b}"),
    ),
    (
        r"Expected a relation after \\not\.",
        Complaint("math-syntax", "'\\not' needs a relation, such as '='"),
    ),
    (
        r"Switch-like commands cannot be used as arguments\.",
        Complaint("math-syntax", "a switch cannot be an argument", ("put it in braces",)),
    ),
    (
        r"Not valid in text mode\.",
        Complaint("math-syntax", "this cannot stand in text", ("put it between dollars: $…$",)),
    ),
    (
        r"Not valid in math mode\.",
        Complaint("math-syntax", "this works only in text", ("put it into \\text{{…}}",)),
    ),
    (
        r"Found more than one infix fraction in a group\.",
        Complaint("math-syntax", "a second \\over in one group", ("use \\frac",)),
    ),
    (
        r"Direct Unicode input is not supported for this symbol yet: '(?P<a>.*)'\.",
        Complaint("math-unsupported", "the character '{a}' cannot be used", ("use its command",)),
    ),
    (
        r"Expected length with units, found \"(?P<a>.*)\"\.",
        Complaint("math-syntax", "'{a}' is not a length", ("write one such as 1em",)),
    ),
    (
        r'latex2mathml cannot render "(?P<a>.*)" here\.',
        Complaint(
            "math-unsupported",
            "the math engine of this site cannot render '{a}' here",
            ("the engine 'math-core' can",),
        ),
    ),
    (
        r"latex2mathml cannot (?P<a>read this formula|strike this out|break lines here)",
        Complaint(
            "math-unsupported",
            "the math engine of this site cannot {a}",
            ("the engine 'math-core' can",),
        ),
    ),
    (
        r"Could not extract text from the given macro\.",
        Complaint("math-unsupported", "this cannot stand in the name of an operator"),
    ),
    (
        r"Hard limit exceeded.*",
        Complaint("math-too-large", "the formula is too large"),
    ),
)
_PATTERNS = tuple((pattern(known, re.DOTALL), complaint) for known, complaint in _KNOWN)
_PROSE = pattern(r"(?:^|\s)[A-Za-z]{2,}(?:[,.;:]?\s+[A-Za-z]{2,}){2}|^\d[\d.,]*\s+[A-Za-z]{2,}\b")
_TEXT = pattern(r"\\(?:text|mathrm|operatorname)[a-z]*\{[^{}]*\}")


def in_plain_words(message: str) -> Complaint:
    """What an engine's message says, with a hint where there is one to give."""
    for known, complaint in _PATTERNS:
        match = known.fullmatch(message)
        if match is not None:
            words = match.groupdict()
            hints = tuple(hint.format(**words) for hint in complaint.hints)
            return Complaint(complaint.code, complaint.message.format(**words), hints)
    return Complaint("math-syntax", message.strip().rstrip("."))


def prose_hint(tex: str) -> tuple[str, ...]:
    """A hint when the formula reads like a sentence: its dollars may not be meant as math."""
    if _PROSE.search(_TEXT.sub(" ", tex)):
        return ("if this is not a formula, write its dollar signs as '\\$'",)
    return ()


_VERBATIM = pattern(r"\\verb\*?([^A-Za-z\s*])(?:(?!\1).)*\1")
_COMMENT = pattern(r"(?:[^\\%]|\\.)*(?<!\D\s)(?P<sign>%)(?!\s*(?:\w+:|$))")


def bars(tex: str) -> tuple[Problem, ...]:
    """Two bars in a row, of which nobody can tell whether they open, close or stand between."""
    start = tex.find("||")
    # In the columns of an array it is two lines, in a definition what stands around an argument.
    has_meaning = any(word in tex for word in ("{array}", "\\multicolumn", "DocumentCommand"))
    if start < 0 or (start and tex[start - 1] == "\\") or has_meaning:
        return ()
    message = "'||' is two signs, set as letters are"
    hints = (
        "a norm is written \\lVert x \\rVert, what stands between is \\parallel or \\mathbin\\|",
    )
    return (Problem("math-habit", message, start, start + 2, hints),)


def swallowed(tex: str) -> tuple[Problem, ...]:
    """A comment in a formula of one line, where a percent sign is more likely meant.

    With space before it that follows no number, a comment may well be one.
    """
    written = tex.strip()
    is_address = "\\url" in written or "\\href" in written
    if "\\verb" in written:
        tex = _VERBATIM.sub(lambda code: "x" * len(code[0]), tex)
    found = None if "\n" in written or is_address else _COMMENT.match(tex)
    if found is None:
        return ()
    start = found.start("sign")
    message = "'%' begins a comment: the rest of the line is not shown"
    hints = ("a percent sign is written '\\%'",)
    return (Problem("math-habit", message, start, len(tex.rstrip()), hints),)
