"""Signs that latex2mathml lacks or draws otherwise, as MathML like math-core's."""

from __future__ import annotations

_ARROWS = {
    "uparrow": "↑", "downarrow": "↓", "updownarrow": "↕", "Uparrow": "⇑", "Downarrow": "⇓",
    "Updownarrow": "⇕", "Darr": "⇓", "dArr": "⇓", "darr": "↓", "Uarr": "⇑", "uArr": "⇑",
    "uarr": "↑", "Harr": "⇔", "Larr": "⇐", "Lrarr": "⇔", "lrArr": "⇔", "lrarr": "↔", "Rarr": "⇒",
    "leadsto": "⇝",
}  # fmt: skip
_OPERATORS = {
    "sim": "∼", "cdot": "⋅", "ast": "∗", "setminus": "∖", "models": "⊨", "Join": "⋈",
    "dblcolon": "∷", "doublebarwedge": "⩞", "doublecap": "⋒", "doublecup": "⋓", "minuso": "⦵",
    "unlhd": "⊴", "vartriangle": "▵", "Dagger": "‡",
}  # fmt: skip
_LETTERS = {
    "P": "¶", "sect": "§", "alef": "ℵ", "alefsym": "ℵ", "blacksquare": "■", "clubs": "♣",
    "diamonds": "♢", "hearts": "♡", "spades": "♠", "cnums": "ℂ", "copyright": "©", "image": "ℑ",
    "real": "ℜ", "lq": "‘", "thetasym": "ϑ",
}  # fmt: skip
_CAPITALS = {
    "Alpha": "Α", "Beta": "Β", "Epsilon": "Ε", "Zeta": "Ζ", "Eta": "Η", "Iota": "Ι", "Kappa": "Κ",
    "Mu": "Μ", "Nu": "Ν", "Omicron": "Ο", "Rho": "Ρ", "Tau": "Τ", "Chi": "Χ",
}  # fmt: skip
"""The Greek capitals that look like Latin ones, which TeX has no commands for."""
_STRUCK = {
    "ngeqq": "≧", "ngeqslant": "⩾", "nleqq": "≦", "nleqslant": "⩽", "nsubseteqq": "⫅",
    "nsupseteqq": "⫆",
}  # fmt: skip
_COMPOSED = {
    "ratio": "∶", "vcentcolon": "∶", "coloncolon": "∶∶", "Colonapprox": "∶∶≈",
    "coloncolonapprox": "∶∶≈", "Colonsim": "∶∶∼", "coloncolonsim": "∶∶∼", "coloncolonequals": "∶∶=",
    "coloncolonminus": "∶∶−", "colonapprox": "∶≈", "colonminus": "∶−", "colonsim": "∶∼",
    "approxcolon": "≈∶", "approxcoloncolon": "≈∶∶", "equalscolon": "=∶", "equalscoloncolon": "=∶∶",
    "Eqcolon": "=∶∶", "Eqqcolon": "=∶∶", "minuscolon": "−∶", "minuscoloncolon": "−∶∶",
    "simcolon": "∼∶", "simcoloncolon": "∼∶∶",
}  # fmt: skip
_SIDE = "0.2778em"
"""The space beside a relation, 5 mu."""

FENCES: dict[str, str] = {
    "\\langle": "⟨", "\\rangle": "⟩", "\\lang": "⟨", "\\rang": "⟩", "\\{": "{", "\\}": "}",
    "\\lbrace": "{", "\\rbrace": "}", "\\lbrack": "[", "\\rbrack": "]", "\\lparen": "(",
    "\\rparen": ")", "\\lfloor": "⌊", "\\rfloor": "⌋", "\\lceil": "⌈", "\\rceil": "⌉",
    "\\lvert": "|", "\\rvert": "|", "\\lVert": "‖", "\\rVert": "‖", "\\lmoustache": "⎰",
    "\\rmoustache": "⎱", "\\lgroup": "⟮", "\\rgroup": "⟯", "\\ulcorner": "⌜", "\\urcorner": "⌝",
    "\\llcorner": "⌞", "\\lrcorner": "⌟", "\\llbracket": "⟦", "\\rrbracket": "⟧", "\\lBrace": "⦃",
    "\\rBrace": "⦄",
}  # fmt: skip
"""Opening and closing delimiters by their commands."""
FENCE_ALIASES: dict[str, str] = {
    "Darr": "\\Downarrow", "dArr": "\\Downarrow", "darr": "\\downarrow", "Uarr": "\\Uparrow",
    "uArr": "\\Uparrow", "uarr": "\\uparrow",
}  # fmt: skip
"""Arrows as fences by other names."""
DELIMITERS: dict[str, str] = {
    **FENCES, **{f"\\{name}": arrow for name, arrow in _ARROWS.items() if "arrow" in name},
    **{sign: sign for sign in "()[]|/"}, "\\vert": "|", "\\Vert": "‖", "\\|": "‖",
    "\\backslash": "\\",
}  # fmt: skip
"""All that may stand behind `\\big`."""


def _composed(signs: str) -> str:
    last = len(signs) - 1
    return "".join(
        f'<mo lspace="{0 if index else _SIDE}" rspace="{_SIDE if index == last else 0}">{sign}</mo>'
        for index, sign in enumerate(signs)
    )


def _fence(command: str, sign: str) -> str:
    is_closing = command[1] in "r}" or command in {"\\urcorner", "\\lrcorner"}
    return f'<mo stretchy="false" form="{"postfix" if is_closing else "prefix"}">{sign}</mo>'


SIGNS: dict[str, str] = {
    "*": "<mo>∗</mo>",
    **{f"\\{name}": f'<mo stretchy="false">{sign}</mo>' for name, sign in _ARROWS.items()},
    **{f"\\{name}": f"<mo>{sign}</mo>" for name, sign in _OPERATORS.items()},
    **{f"\\{name}": f"<mi>{sign}</mi>" for name, sign in _LETTERS.items()},
    **{f"\\{name}": f'<mi mathvariant="normal">{sign}</mi>' for name, sign in _CAPITALS.items()},
    **{
        f"\\{name}": f'<mrow class="math-cancel"><mo>{sign}</mo></mrow>'
        for name, sign in _STRUCK.items()
    },
    **{f"\\{name}": f"<mrow>{_composed(signs)}</mrow>" for name, signs in _COMPOSED.items()},
    **{command: _fence(command, sign) for command, sign in FENCES.items()},
    "\\space": "<mtext>\u00a0</mtext>",
    "\\surd": '<msqrt><mpadded width="0"><mphantom><mi>|</mi></mphantom></mpadded></msqrt>',
}
"""What a command, or a character, is drawn as."""

TEXT_SIGNS: dict[str, str] = {
    "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "textdagger": "†", "textdaggerdbl": "‡",
    "circledR": "®", "textregistered": "®", "copyright": "©", "textcopyright": "©", "yen": "¥",
    "pounds": "£", "textsterling": "£", "textdollar": "$", "textunderscore": "_",
    "textbraceleft": "{", "textbraceright": "}", "textless": "&lt;", "textgreater": "&gt;",
    "textbar": "|", "textbardbl": "‖", "textendash": "–", "textemdash": "—", "textellipsis": "…",
    "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "textdegree": "°", "maltese": "✠", "checkmark": "✓", "i": "ı",
    "j": "ȷ", "ss": "ß", "ae": "æ", "oe": "œ", "o": "ø", "AE": "Æ", "OE": "Œ", "O": "Ø", "aa": "å",
    "AA": "Å", "textbackslash": "\\", "textasciicircum": "^", "textasciitilde": "~",
}  # fmt: skip
"""Signs in text, as HTML."""

CLASSES: dict[str, str] = {
    "mathbin": "math-before-4 math-after-4", "mathrel": "math-before-5 math-after-5",
    "mathpunct": "math-flush-left math-after-3", "mathinner": "math-before-3 math-after-3",
    "mathord": "math-flush-left math-flush-right", "mathopen": "math-flush-left math-flush-right",
    "mathclose": "math-flush-left math-flush-right",
}  # fmt: skip
"""The spacing commands, by the classes that make their space."""

ENCLOSING: dict[str, tuple[str, str]] = {
    "phase": ('<mrow class="math-phase">', "</mrow>"),
    "angl": ('<mrow class="math-actuarial">', "</mrow>"),
    "overgroup": ('<mover accent="true"><mrow>', "</mrow><mo>⏠</mo></mover>"),
    "overleftharpoon": ('<mover accent="true"><mrow>', "</mrow><mo>↼</mo></mover>"),
    "overrightharpoon": ('<mover accent="true"><mrow>', "</mrow><mo>⇀</mo></mover>"),
    "Overrightarrow": ('<mover accent="true"><mrow>', "</mrow><mo>⇒</mo></mover>"),
    "undergroup": ('<munder accentunder="true"><mrow>', "</mrow><mo>⏡</mo></munder>"),
    "utilde": ('<munder accentunder="true"><mrow>', "</mrow><mo>~</mo></munder>"),
}
"""What is drawn around an argument, by what stands before and behind it."""

SWITCHES: dict[str, str] = {
    "bf": "mathbf", "cal": "mathcal", "it": "mathit", "rm": "mathrm", "sf": "mathsf",
    "tt": "mathtt",
}  # fmt: skip
"""The old changes of font, by the command that has an argument."""
