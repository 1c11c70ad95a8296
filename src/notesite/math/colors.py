"""Colours: their names and models, what is written in them, and what stands on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notesite.math.boxes import rest_of_group, wrap
from notesite.math.macros import MacroError
from notesite.math.reading import Wrapped
from notesite.math.tex import called, join
from notesite.patterns import pattern
from notesite.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notesite.math.reader import FormulaReader
    from notesite.math.tex import Token, TokenStream

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

DVIPS_COLORS: dict[str, str] = {
    "Apricot": "#fbb982", "Bittersweet": "#c04f17", "BlueGreen": "#00b3b8", "BrickRed": "#b6321c",
    "BurntOrange": "#f7921d", "CarnationPink": "#f282b4", "Cerulean": "#00a2e3",
    "Dandelion": "#fdbc42", "Emerald": "#00a99d", "JungleGreen": "#00a99a", "Mahogany": "#a9341f",
    "Melon": "#f89e7b", "Mulberry": "#a93c93", "NavyBlue": "#006eb8", "OliveGreen": "#3c8031",
    "Peach": "#f7965a", "Periwinkle": "#7977b8", "PineGreen": "#008b72", "ProcessBlue": "#00b0f0",
    "RawSienna": "#974006", "RedOrange": "#f26035", "RedViolet": "#a1246b", "Rhodamine": "#ef559f",
    "RoyalPurple": "#613f99", "RubineRed": "#ed017d", "Sepia": "#671800", "TealBlue": "#00aeb3",
    "VioletRed": "#ef58a0", "WildStrawberry": "#ee2967", "YellowOrange": "#faa21a",
}  # fmt: skip
"""Those of xcolor's option `dvipsnames` that have no namesake among the colours of style sheets."""

_HEX_COLOR = pattern(r"#(?:[0-9A-Fa-f]{3}){1,2}")
_MODELS = ("HTML", "rgb", "RGB", "gray", "cmyk", "named")


def color_in_model(model: str, written: str, defined: Mapping[str, str]) -> str | None:
    """The colour as `#rrggbb` or a name of CSS, None if it is none.

    `defined` has the colours that the site and the note have named, which win over all others.
    """
    if model == "HTML":
        value = f"#{written}"
    elif model in _MODELS[:-1]:
        value = _mixed(model, written) or ""
    elif written in defined:
        return defined[written]
    else:
        value = COLORS.get(written) or DVIPS_COLORS.get(written, written)
    if _HEX_COLOR.fullmatch(value):
        return value
    if model in {"", "named"} and len(value) == 6 and _HEX_COLOR.fullmatch(f"#{value}"):
        return f"#{value}"
    return written.lower() if model != "HTML" and written.lower() in CSS_COLORS else None


def _mixed(model: str, written: str) -> str | None:
    scale = 1 if model == "RGB" else 255
    try:
        parts = [float(part) for part in written.split(",")]
    except ValueError:
        return None
    if model == "cmyk" and len(parts) == 4:
        parts = [(1 - part) * (1 - parts[3]) for part in parts[:3]]
    parts = parts * 3 if model == "gray" else parts
    if len(parts) != 3:
        return None
    return "#" + "".join(f"{min(max(round(part * scale), 0), 255):02x}" for part in parts)


def color_value(reader: FormulaReader, token: Token) -> str | None:
    """The colour that follows as `#rrggbb` or a name of CSS, None after a problem."""
    model = join(reader.stream.bracketed() or []).strip()
    argument = reader.stream.argument()
    written = join(argument).strip()
    value = color_in_model(model, written, reader.scope.colors)
    if value is None:
        if argument:
            token = argument[0]._replace(end=max(argument[-1].end, argument[0].end))
        names = [*reader.scope.colors, *COLORS, *CSS_COLORS, *DVIPS_COLORS]
        hints = did_you_mean(written, names)
        reader.problem("math-syntax", f"'{written}' is not a colour", token, hints)
    return value


def read_color(stream: TokenStream, command: str, defined: Mapping[str, str]) -> tuple[str, str]:
    r"""The name and the value that `\definecolor` or `\colorlet`, just taken, gives a colour.

    Raises MacroError, MissingArgumentError or UnclosedGroupError.
    """
    name = join(stream.argument()).strip()
    model = join(stream.argument()).strip() if command == "definecolor" else ""
    written = join(stream.argument()).strip()
    if command == "definecolor" and model not in _MODELS:
        raise MacroError(f"'{model}' is not a way to mix a colour: use {', '.join(_MODELS)}")
    value = color_in_model(model, written, defined)
    if value is None or not name:
        raise MacroError(f"'{written}' is not a colour{f' in {model}' if model else ''}")
    return name, value


def define_color(reader: FormulaReader, token: Token) -> None:
    r"""`\definecolor{name}{model}{value}` and `\colorlet{name}{colour}`, to the end of the note."""
    name, value = read_color(reader.stream, token.name, reader.scope.colors)
    reader.scope.define_color(name, value)
    reader.reading.defines = True


def color(reader: FormulaReader, token: Token) -> None:
    r"""`\textcolor` with its argument, and `\color` for what is left of the group."""
    value = color_value(reader, token)
    is_switch = token.name == "color"
    content = rest_of_group(reader) if is_switch else reader.stream.argument()
    if value is None:
        return
    if reader.inside("text"):
        _color_in_text(reader, token, value, content)
        return
    wrap(reader, token, f'<mrow mathcolor="{value}">', content, "mrow")


def _color_in_text(reader: FormulaReader, token: Token, value: str, content: list[Token]) -> None:
    """Has the coloured text read as math inside of the text that holds it."""
    before = ("$", "\\textcolor", "{", value, "}", "{", "\\text", "{")
    opening = [token.replaced(text) for text in before]
    closing = [token.replaced(text) for text in ("}", "}", "$")]
    reader.stream.push([*opening, *content, *closing])


def colored_box(reader: FormulaReader, token: Token) -> None:
    r"""`\colorbox{colour}{text}`, and `\fcolorbox` with the colour of its frame before."""
    frame = color_value(reader, token) if token.name == "fcolorbox" else ""
    value = color_value(reader, token)
    content = reader.stream.argument()
    if value is None or frame is None:
        return
    text = called("\\text", content, token)
    before = f'<mrow class="math-colorbox" mathbackground="{value}">'
    after = "</mrow>"
    if frame:
        before = f'<mrow class="math-frame" mathbackground="{frame}">{before}'
        after += "</mrow>"
    reader.emit_hole(Wrapped(before, reader.part(text, token), after), token)
