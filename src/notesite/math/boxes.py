"""Commands that the engines lack and that MathML Core can say, as holes in the formula."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notesite.math.engines.alphabets import in_alphabet
from notesite.math.lengths import in_em, leading_length
from notesite.math.limits import forbidden_character
from notesite.math.reading import Wrapped
from notesite.math.tex import join
from notesite.patterns import pattern
from notesite.text import did_you_mean, escape_html

if TYPE_CHECKING:
    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token

SIZES: dict[str, str] = {
    "tiny": "50%", "sixptsize": "60%", "scriptsize": "70%", "footnotesize": "80%", "small": "90%",
    "normalsize": "100%", "large": "120%", "Large": "144%", "LARGE": "173%", "huge": "207%",
    "Huge": "249%",
}  # fmt: skip
"""The size switches of LaTeX at 10 points, by what they come to."""

PADDED: dict[str, str] = {
    "llap": "math-llap", "mathllap": "math-llap", "rlap": "math-rlap", "mathrlap": "math-rlap",
    "clap": "math-clap", "mathclap": "math-clap",
}  # fmt: skip
"""The commands whose argument takes no room, by the class that places it."""

COLORS: dict[str, str] = {
    "red": "#ff0000", "green": "#008000", "blue": "#0000ff", "cyan": "#00ffff",
    "magenta": "#ff00ff", "yellow": "#ffff00", "black": "#000000", "white": "#ffffff",
    "gray": "#808080", "grey": "#808080", "darkgray": "#a9a9a9", "lightgray": "#d3d3d3",
    "brown": "#a52a2a", "lime": "#00ff00", "olive": "#808000", "orange": "#ffa500",
    "pink": "#ffc0cb", "purple": "#800080", "teal": "#008080", "violet": "#ee82ee",
}  # fmt: skip
"""The colours that the LaTeX package xcolor always knows, as style sheets and KaTeX mix them.

The package's own green is too light to be read on paper.
"""

_CSS_NAMES = """
    aliceblue antiquewhite aqua aquamarine azure beige bisque blanchedalmond blueviolet burlywood
    cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson darkblue darkcyan
    darkgoldenrod darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid
    darkred darksalmon darkseagreen darkslateblue darkslategray darkslategrey darkturquoise
    darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite forestgreen
    fuchsia gainsboro ghostwhite gold goldenrod greenyellow honeydew hotpink indianred indigo
    ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan
    lightgoldenrodyellow lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue
    lightslategray lightslategrey lightsteelblue lightyellow limegreen linen maroon
    mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue
    mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin
    navajowhite navy oldlace olivedrab orangered orchid palegoldenrod palegreen paleturquoise
    palevioletred papayawhip peachpuff peru plum powderblue rebeccapurple rosybrown royalblue
    saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue slateblue slategray
    slategrey snow springgreen steelblue tan thistle tomato turquoise wheat whitesmoke yellowgreen
"""
CSS_COLORS = frozenset(_CSS_NAMES.split())
"""The colours that style sheets know besides."""

_OPERATOR_NAMES = """
    times div pm mp cdot ast star circ bullet cap cup sqcap sqcup vee wedge land lor setminus
    oplus ominus otimes oslash odot amalg uplus le leq ge geq ll gg ne neq equiv sim simeq approx
    cong propto prec succ preceq succeq subset supset subseteq supseteq in ni notin to rightarrow
    leftarrow Rightarrow Leftarrow leftrightarrow Leftrightarrow longrightarrow Longrightarrow
    longleftarrow mapsto implies iff hookrightarrow rightharpoonup mid parallel perp vdash models
    xrightarrow xleftarrow cdots int iint iiint oint coloneqq bmod
"""
_OPERATORS = frozenset(_OPERATOR_NAMES.split())
_SIMPLE_NAME = pattern(r"(?:[A-Za-z0-9 '/.,:-]|\\[,;:! ]|~)*")
_HEX_COLOR = pattern(r"#(?:[0-9A-Fa-f]{3}){1,2}")
_SCHEME = pattern(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SAFE_SCHEMES = frozenset({"http:", "https:", "mailto:"})
_TEXT_BOXES = frozenset({"llap", "rlap", "clap"})
_GROUPS = {"{": 1, "}": -1, "\\left": 1, "\\right": -1, "\\begin": 1, "\\end": -1}


def _wrap(reader: FormulaReader, token: Token, before: str, content: list[Token], tag: str) -> None:
    inner = reader.part(content, token)
    reader.emit_hole(Wrapped(before, inner, f"</{tag}>", reader.is_in_script), token)


def rest_of_group(reader: FormulaReader) -> list[Token]:
    """What is left of the group or cell being read, for commands that act up to its end."""
    content: list[Token] = []
    depth = 0
    for token in reader.stream:
        depth += _GROUPS.get(token.text, 0)
        if depth < 0 or (depth == 0 and token.text in {"&", "\\\\", "\\cr"}):
            reader.stream.push([token])
            break
        content.append(token)
    return content


def size(reader: FormulaReader, token: Token) -> None:
    r"""`\small` and its like: the size of what is left of the group, or until the next such."""
    if reader.inside("text"):
        reader.emit(token)
        return
    before = f'<mstyle mathsize="{SIZES[token.name]}">'
    content = rest_of_group(reader)
    depth = 0
    for index, each in enumerate(content):
        depth += _GROUPS.get(each.text, 0)
        if depth == 0 and each.name in SIZES:
            reader.stream.push(content[index:])
            del content[index:]
            break
    _wrap(reader, token, before, content, "mstyle")


def padded(reader: FormulaReader, token: Token) -> None:
    r"""`\mathclap` and its like: something that takes no width."""
    content = reader.stream.argument()
    if token.name in _TEXT_BOXES:
        content = [token.replaced("\\text"), token.replaced("{"), *content, token.replaced("}")]
    before = f'<mpadded width="0" class="{PADDED[token.name]}"><mrow>'
    inner = reader.part(content, token)
    reader.emit_hole(Wrapped(before, inner, "</mrow></mpadded>", reader.is_in_script), token)


def smash(reader: FormulaReader, token: Token) -> None:
    r"""`\smash` with its option `t` or `b`: something that takes no height, depth, or both."""
    side = join(reader.stream.bracketed() or []).strip()
    sizes = {"t": ' height="0"', "b": ' depth="0"'}.get(side, ' height="0" depth="0"')
    _wrap(reader, token, f"<mpadded{sizes}>", reader.stream.argument(), "mpadded")


def rule(reader: FormulaReader, token: Token) -> None:
    r"""`\rule[raise]{width}{height}`: a filled box."""
    lift = reader.stream.bracketed()
    written = [join(reader.stream.argument()) for _ in range(2)]
    width, height = (in_em(length) for length in written)
    raised = 0.0 if lift is None else in_em(join(lift))
    if width is None or height is None or raised is None:
        message = "'\\rule' needs a width and a height, such as {1em}{0.4pt}"
        reader.problem("math-syntax", message, token)
        return
    extent = f'width="{width:.4g}em" height="{height:.4g}em"'
    box = f'<mspace class="math-rule" {extent}/>'
    if raised:
        box = f'<mpadded voffset="{raised:.4g}em">{box}</mpadded>'
    reader.emit_hole(Wrapped(box, (), ""), token)


def kern(reader: FormulaReader, token: Token) -> None:
    r"""`\kern` and its like."""
    length = length_that_follows(reader, token)
    if length is not None:
        _emit_space(reader, token, length)


def length_that_follows(reader: FormulaReader, token: Token) -> float | None:
    """A length in em that needs no braces, as TeX reads it; None after a problem."""
    reader.stream.skip_space()
    ahead = reader.stream.upcoming(12)
    if ahead and ahead[0].text == "{":
        reader.stream.push(reader.stream.argument())
        ahead = reader.stream.upcoming(12)
    found = leading_length("".join(part.text for part in ahead))
    if found is None:
        message = f"'{token.text}' needs a length, such as 1em"
        reader.problem("math-syntax", message, token)
        return None
    length, used = found
    taken = 0
    while taken < used:
        character = reader.stream.first_character()
        taken += len(character.text) if character else used
    return length


def space(reader: FormulaReader, token: Token) -> None:
    r"""`\hspace{…}` and `\mspace{…}`."""
    reader.stream.take("*")
    written = join(reader.stream.argument())
    length = in_em(written)
    if length is None:
        message = f"'{written}' is not a length"
        reader.problem("math-syntax", message, token, ("write one such as 1em or 3mu",))
        return
    _emit_space(reader, token, length)


def _emit_space(reader: FormulaReader, token: Token, length: float) -> None:
    reader.emit(*(token.replaced(text) for text in ("\\hspace", "{", f"{length:.4f}em", "}")))


def _color_value(reader: FormulaReader, token: Token) -> str | None:
    """The colour that follows as `#rrggbb` or a name of CSS, None after a problem."""
    model = join(reader.stream.bracketed() or []).strip()
    written = join(reader.stream.argument()).strip()
    value = f"#{written}" if model == "HTML" else COLORS.get(written, written)
    if model in {"rgb", "RGB", "gray"}:
        value = _mixed(model, written) or ""
    if _HEX_COLOR.fullmatch(value):
        return value
    if not model and len(value) == 6 and _HEX_COLOR.fullmatch(f"#{value}"):
        return f"#{value}"
    if not model and written.lower() in CSS_COLORS:
        return written.lower()
    hints = did_you_mean(written, [*COLORS, *CSS_COLORS])
    reader.problem("math-syntax", f"'{written}' is not a colour", token, hints)
    return None


def _mixed(model: str, written: str) -> str | None:
    scale = 1 if model == "RGB" else 255
    try:
        parts = [round(float(part) * scale) for part in written.split(",")]
    except ValueError:
        return None
    parts = parts * 3 if model == "gray" else parts
    return "#" + "".join(f"{min(max(part, 0), 255):02x}" for part in parts)


def color(reader: FormulaReader, token: Token) -> None:
    r"""`\textcolor` with its argument, and `\color` for what is left of the group."""
    value = _color_value(reader, token)
    is_switch = token.name == "color"
    content = rest_of_group(reader) if is_switch else reader.stream.argument()
    if value is None:
        return
    if reader.inside("text"):
        _color_in_text(reader, token, value, content)
        return
    _wrap(reader, token, f'<mrow mathcolor="{value}">', content, "mrow")


def _color_in_text(reader: FormulaReader, token: Token, value: str, content: list[Token]) -> None:
    """Has the coloured text read as math inside of the text that holds it."""
    before = ("$", "\\textcolor", "{", value, "}", "{", "\\text", "{")
    opening = [token.replaced(text) for text in before]
    closing = [token.replaced(text) for text in ("}", "}", "$")]
    reader.stream.push([*opening, *content, *closing])


def colored_box(reader: FormulaReader, token: Token) -> None:
    r"""`\colorbox{colour}{text}`, and `\fcolorbox` with the colour of its frame before."""
    frame = _color_value(reader, token) if token.name == "fcolorbox" else ""
    value = _color_value(reader, token)
    content = reader.stream.argument()
    if value is None or frame is None:
        return
    text = [token.replaced("\\text"), token.replaced("{"), *content, token.replaced("}")]
    before = f'<mrow class="math-colorbox" mathbackground="{value}">'
    after = "</mrow>"
    if frame:
        before = f'<mrow class="math-frame" mathbackground="{frame}">{before}'
        after += "</mrow>"
    reader.emit_hole(Wrapped(before, reader.part(text, token), after), token)


def reflected(reader: FormulaReader, token: Token) -> None:
    r"""`\reflectbox`, whose argument is text, and `\mathreflectbox`: seen in a mirror."""
    content = reader.stream.argument()
    if token.name == "reflectbox":
        content = [token.replaced("\\text"), token.replaced("{"), *content, token.replaced("}")]
    _wrap(reader, token, '<mrow class="math-reflected">', content, "mrow")


def struck_out(reader: FormulaReader, token: Token) -> None:
    r"""`\sout`: a line through the middle."""
    if reader.inside("text"):
        reader.emit(token)
        return
    _wrap(reader, token, '<mrow class="math-sout">', reader.stream.argument(), "mrow")


def slanted_sans(reader: FormulaReader, token: Token) -> None:
    r"""`\mathsfit`: letters in slanted sans serif."""
    content = reader.stream.argument()
    letters = "".join(part.text for part in content if not part.is_space)
    if not (letters.isascii() and letters.isalnum()):
        message = "'\\mathsfit' works only for letters and digits"
        reader.problem("math-unsupported", message, token)
        return
    shown = "".join(f"<mi>{in_alphabet(letter, 'sans-serif-italic')}</mi>" for letter in letters)
    reader.emit_hole(Wrapped(f"<mrow>{shown}</mrow>", (), ""), token)


def operator(reader: FormulaReader, token: Token) -> None:
    r"""`\mathop{…}`: an operator whose scripts go below and above it in a display."""
    _emit_operator(reader, token, reader.stream.argument(), has_limits=True)


def operator_name(reader: FormulaReader, token: Token) -> None:
    r"""`\operatorname{…}`; what an engine can read of it stays as it is."""
    has_limits = reader.stream.take("*") or token.name == "operatornamewithlimits"
    content = reader.stream.argument()
    written = "".join(part.text for part in content)
    if not _SIMPLE_NAME.fullmatch(written):
        upright = [token.replaced("\\mathrm"), token.replaced("{"), *content, token.replaced("}")]
        _emit_operator(reader, token, upright, has_limits=has_limits)
        return
    # A hyphen in a name is a hyphen, where math-core would draw a minus sign.
    texts = (part.text.replace("-", "\u2010") for part in content)
    parts = [part.replaced(text) for part, text in zip(content, texts, strict=True)]
    _emit_name(reader, token, parts, has_limits=has_limits)


def _emit_operator(
    reader: FormulaReader, token: Token, content: list[Token], *, has_limits: bool
) -> None:
    reader.stream.skip_space()
    following = reader.stream.peek()
    if following is not None and following.text in {"\\limits", "\\nolimits"}:
        # In a line only the command itself puts scripts below and above.
        has_limits = following.text == "\\limits" and reader.display
        if has_limits or following.text == "\\nolimits":
            reader.stream.pop()
    inner = reader.part(content, token)
    mark = Wrapped("<mrow>", inner, "</mrow>")
    start = len(reader.row.tokens)
    reader.emit_hole(mark, token)
    hole = reader.row.tokens[start:]
    del reader.row.tokens[start:]
    _emit_name(reader, token, hole, has_limits=has_limits)


def _emit_name(
    reader: FormulaReader, token: Token, content: list[Token], *, has_limits: bool
) -> None:
    command = "\\operatorname" + "*" * has_limits
    reader.emit(token.replaced(command), token.replaced("{"), *content, token.replaced("}"))


def dots(reader: FormulaReader, token: Token) -> None:
    r"""`\dots`: raised between operators and before integrals, else on the line.

    The rule is that of amsmath (its manual, section 4.3), which looks at what follows.
    """
    is_raised = not reader.inside("text") and _is_operator(reader.stream.upcoming(3))
    reader.emit(token.replaced("\\cdots" if is_raised else "\\ldots"))


def _is_operator(following: list[Token]) -> bool:
    shown = [token for token in following if not token.is_space]
    if not shown:
        return False
    text = shown[0].text
    return text[0] in "+-=<>*/" or (text[0] == "\\" and text[1:] in _OPERATORS)


def link(reader: FormulaReader, token: Token) -> None:
    r"""`\href{url}{formula}` and `\url{url}`."""
    written = "".join(part.text for part in reader.stream.argument()).strip()
    # Browsers drop control characters, which could hide a scheme.
    address = re.sub(r"[\x00-\x1f]", "", re.sub(r"\\([#%&_{}~])", r"\1", written))
    scheme = _SCHEME.match(address)
    if scheme and scheme.group().lower() not in _SAFE_SCHEMES:
        message = f"a link to '{scheme.group()}' is not allowed"
        reader.problem("math-unsupported", message, token)
        return
    opening = f'<mtext><a href="{escape_html(address)}">'
    if token.name == "url":
        reader.emit_hole(Wrapped(f"{opening}{escape_html(address)}</a></mtext>", (), ""), token)
        return
    content = reader.part(reader.stream.argument(), token)
    reader.emit_hole(Wrapped(f"{opening}<math>", content, "</math></a></mtext>"), token)


_CODE = pattern(
    r"(?P<decimal>\d{1,7})|'(?P<octal>[0-7]{1,7})|\"(?P<hexadecimal>[0-9A-Fa-f]{1,6})"
    r"|`\\?(?P<itself>\S)"
)
_BASES = {"decimal": 10, "octal": 8, "hexadecimal": 16}


def character(reader: FormulaReader, token: Token) -> None:
    r"""`\char` with a number, decimal, `'` octal or `"` hexadecimal, or a character behind a `."""
    reader.stream.skip_space()
    ahead = "".join(part.text for part in reader.stream.upcoming(2))
    match = _CODE.match(ahead)
    if match is None:
        reader.problem("math-syntax", "'\\char' needs a number, such as \"41", token)
        return
    for _ in range(match.end()):
        reader.stream.first_character()
    kind, written = match.lastgroup or "", match[match.lastgroup or 0]
    code = ord(written) if kind == "itself" else int(written, _BASES[kind])
    if code > 0x10FFFF or code in {0x0A, 0x0D} or forbidden_character(chr(code)) is not None:
        reader.problem("math-syntax", f"there is no character {match.group()}", token)
        return
    reader.emit_hole(Wrapped(f"<mi>{escape_html(chr(code))}</mi>", (), ""), token)
