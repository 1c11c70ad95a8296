r"""References by name: what `@thm-riesz`, `[@thm-a; @thm-b]`, `\cref{eq:a,eq:b}` say and lead to.

The words are made here: the kind and the number, of which note where that is another one, several
of a kind together, three neighbours or more as a range (as the LaTeX package cleveref does it).
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from notesite.languages import pieces
from notesite.linking.urls import mark, relative_url
from notesite.markdown.locators import meant_term
from notesite.model import PAGE_ANCHOR, PLAIN
from notesite.records import dataclass
from notesite.spans import Span
from notesite.text import escape_html

_KEY = re.compile(r"(?<!\w)@(\w[\w:./+-]*\w)")
"""A work where the words behind another are meant to stand."""

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notesite.kinds import Kind
    from notesite.languages import Catalogue
    from notesite.linking.filling import Filling
    from notesite.linking.labels import Home
    from notesite.model import Cited, Reference

_SEVERAL = 2
_SHORTEST_RANGE = 3
_NUMBER_ALONE = frozenset({"ref", "eqref"})
_WHOLE_WORDS = frozenset({"Cref", "autoref"})
_WITHOUT_PARENTHESES = frozenset({"ref", "autoref"})
_COMMANDS = frozenset({"ref", "eqref", "cref", "Cref", "autoref"})


def refer(filling: Filling, reference: Reference) -> str:
    """The HTML of a reference by name; what is not there is reported."""
    homes = [_home(filling, reference, cited) for cited in reference.cited]
    found = [home for home in homes if home is not None]
    if not found:
        return _cite(filling, reference) or _unknown(filling, reference)
    words = Words(filling, reference.target, is_plain=PLAIN in reference.attributes)
    if len(found) == len(homes) and not any(map(_is_dressed, reference.cited)):
        return words.several(found)
    pieces = [
        words.dressed(cited, home) if home else _cite_one(filling, reference, cited)
        for cited, home in zip(reference.cited, homes, strict=True)
    ]
    return "; ".join(pieces)


def _is_dressed(cited: Cited) -> bool:
    """Whether anything is written around a name."""
    around = cited.prefix.html or cited.suffix.html or cited.locator_source
    return bool(around) or cited.suppresses_author


def _home(filling: Filling, reference: Reference, cited: Cited) -> Home | None:
    """Where the label is that is meant, if there is one."""
    homes = filling.site.labels.find(cited.key, filling.path)
    if not homes:
        return None
    if len(homes) > 1:
        files = " and ".join(filling.site.notes[home.path].file for home in homes)
        message = f"the label '{cited.key}' is in {files}; the first is taken"
        hint = f"write [[note#{cited.key}]] to say which"
        filling.report("label-ambiguous", message, reference, (hint,))
    if homes[0].path != filling.path:
        filling.targets[homes[0].path] = None
    return homes[0]


# Citations


def _cite(filling: Filling, reference: Reference) -> str:
    """A reference to works of a bibliography; empty where none of its names is one.

    Keys that are not there are reported, and shown as the gaps they are.
    """
    citing, path = filling.citing, filling.path
    if citing is None or not any(citing.knows(path, each.key) for each in reference.cited):
        return ""
    groups = groupby(reference.cited, key=lambda each: citing.knows(path, each.key))
    pieces = []
    for is_known, cited in groups:
        if is_known:
            listed = list(cited)
            _check_locators(filling, reference, listed)
            pieces.append(citing.cite(path, reference.target, listed))
        else:
            pieces += [_unknown_one(filling, reference, each) for each in cited]
    return "; ".join(pieces)


def _cite_one(filling: Filling, reference: Reference, cited: Cited) -> str:
    """A work of a bibliography among labels."""
    if filling.citing and filling.citing.knows(filling.path, cited.key):
        return filling.citing.cite(filling.path, reference.target, [cited])
    return _unknown_one(filling, reference, cited)


def _check_locators(filling: Filling, reference: Reference, cited: Sequence[Cited]) -> None:
    """Report words before numbers that were likely meant for locators."""
    for each in cited:
        meant = None if each.locator or each.is_adjacent else meant_term(each.suffix.text)
        if meant:
            message = f"'{meant[0]}' is no locator and is shown as it stands"
            hint = f"did you mean '{meant[1]}'?"
            filling.report("citation-locator", message, reference, (hint,))
        for key in _KEY.findall(each.suffix.text):
            if filling.citing and filling.citing.knows(filling.path, key):
                message = f"'@{key}' stands behind another work, and is shown as it stands"
                filling.report("citation-locator", message, reference, (f"write '; @{key}'",))


# What is not there


def _unknown(filling: Filling, reference: Reference) -> str:
    """A reference none of whose names is a label: as it was written, and why."""
    said = [_report_unknown(filling, reference, cited) for cited in reference.cited]
    source = escape_html(reference.text or "")
    return f'<span class="link-unresolved">{source}</span>' if any(said) else source


def _near(filling: Filling, name: str) -> tuple[str, ...]:
    return filling.citing.suggestions(filling.path, name) if filling.citing else ()


def _unknown_one(filling: Filling, reference: Reference, cited: Cited) -> str:
    _report_unknown(filling, reference, cited)
    return f'<span class="link-unresolved">@{escape_html(cited.key)}</span>'


def _report_unknown(filling: Filling, reference: Reference, cited: Cited) -> bool:
    """Report that nothing has that name, unless it is likely none: `@somebody` in prose."""
    name = cited.key
    reference = _narrowed(reference, name)
    hidden = filling.site.hidden_labels.find(name, filling.path)
    hints = filling.site.labels.nearest(name)
    if hidden:
        message = f"'{name}' is a label of '{hidden[0].path}', which is not published"
        filling.report("link-to-draft", message, reference)
    elif reference.target in _COMMANDS or filling.site.kinds.is_label(name):
        filling.report("label-unknown", f"no note has the label '{name}'", reference, hints)
    elif reference.target != "prose" or len(reference.cited) > 1:
        message = f"neither a label nor a bibliography's key: '{name}'"
        filling.report("citation-unknown", message, reference, _near(filling, name) or hints)
    elif near := _near(filling, name):
        # A name in prose may be anything, but not if it is almost one of ours.
        message = f"no bibliography has the key '{name}'"
        filling.report("citation-unknown", message, reference, near)
    else:
        return False
    return True


def _narrowed(reference: Reference, key: str) -> Reference:
    """The reference with the span of one of its several keys."""
    text, span = reference.text or "", reference.span
    if len(reference.cited) < _SEVERAL or span is None or span.start.line != span.end.line:
        return reference
    found = re.search(rf"(?<![\w:.-]){re.escape(key)}(?![\w:-])", text)
    if found is None or span.end.column - span.start.column != len(text):
        return reference
    width = found.end() - found.start()
    place = Span.at(span.start.line, span.start.column + found.start(), width)
    return replace(reference, span=place)


# What it says


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one reference in the note that is filled, written as `form` says."""

    filling: Filling
    form: str = "prose"
    is_plain: bool = False
    """Whether no links can stand where the words are to be."""
    says_home: bool = True
    """Whether what stands in another note is said to."""

    def several(self, homes: Sequence[Home]) -> str:
        """All these labels: those of one kind and note under one word."""
        unique = list(dict.fromkeys(homes))
        groups = [
            list(group)
            for _, group in groupby(unique, key=lambda home: (home.path, home.label.kind))
        ]
        is_one_home = len({home.path for home in unique}) == 1
        is_said_once = self.says_home and len(groups) > 1 and is_one_home
        if is_said_once and not any(home.label.display for home in unique):
            # Whose they all are is said once.
            return self._at_home(replace(self, says_home=False).several(unique), unique[0])
        return self._listed([self._group(group) for group in groups])

    def dressed(self, cited: Cited, home: Home) -> str:
        """A label with what is written around it.

        A prefix that ends in a capitalised word stands for the word that would be put there.
        """
        if cited.is_adjacent:
            return self._link(home, cited.suffix.html)
        last = cited.prefix.text.rpartition(" ")[2]
        bare = cited.suppresses_author or last[:1].isupper()
        shown = self._link(home, self._number(home) if bare else self.name(home))
        before = cited.prefix.html + ("\u00a0" if bare else " ") if cited.prefix.html else ""
        locator = f", {escape_html(cited.locator_source)}" if cited.locator_source else ""
        return f"{before}{shown}{locator}{cited.suffix.html}"

    def _group(self, homes: list[Home]) -> str:
        """Labels of one kind in one note."""
        has_words = any(home.label.display or not home.label.number for home in homes)
        if len(homes) == 1 or has_words:
            return self._listed([self._link(home, self.name(home)) for home in homes])
        shown = [
            "–".join(self._link(home, self._number(home)) for home in run) for run in runs_of(homes)
        ]
        listed = self._noun(homes[0], several=True) + self._listed(shown)
        return self._at_home(listed, homes[0])

    def _link(self, home: Home, html: str) -> str:
        if self.is_plain:
            return html
        url, anchor = self.filling.site.urls[home.path], home.label.anchor
        is_here = home.path == self.filling.path and not self.filling.is_away
        address = relative_url("", f"#{anchor}") if is_here else mark(f"{url}#{anchor}")
        css = "eqref" if home.label.kind == "equation" else "reference"
        return f'<a href="{escape_html(address)}" class="{css}">{html}</a>'

    def name(self, home: Home) -> str:
        """One label in full, such as `Theorem 2 of Another Note`."""
        label = home.label
        if label.display:
            return label.display.html
        if label.number:
            shown = self._noun(home, several=False) + self._number(home)
        elif label.title:
            shown = label.title.html
        else:
            shown = escape_html(self._kind(home).title_in(self._words))
        return self._at_home(shown, home)

    def with_name(self, home: Home, name: str) -> str:
        """A numbered label with its name, such as `Theorem 2 (Riesz) of Another Note`."""
        shown = self._noun(home, several=False) + self._number(home)
        return self._at_home(f"{shown} ({name})", home)

    def _number(self, home: Home) -> str:
        label = home.label
        number = escape_html(label.number or (label.title.text if label.title else label.name))
        bare = label.kind != "equation" or self.form in _WITHOUT_PARENTHESES
        return number if bare and self.form != "eqref" else f"({number})"

    def _noun(self, home: Home, *, several: bool) -> str:
        """The word before the number, with its blank."""
        if self.form in _NUMBER_ALONE:
            return ""
        kind = self._kind(home)
        word = kind.plural_in(self._words) if several else kind.title_in(self._words)
        short = f"{'shorts' if several else 'short'}.{kind.id}"
        if self.form not in _WHOLE_WORDS and self._words.has(short):
            word = self._words.text(short)
        return f"{escape_html(word)}\u00a0"

    def _at_home(self, html: str, home: Home) -> str:
        """What is said of a label, and whose it is where it is a part of another note."""
        is_own = home.path == self.filling.path and not self.filling.is_away
        if is_own or not self.says_home or home.label.anchor == PAGE_ANCHOR:
            return html
        note = self.filling.site.notes[home.path]
        if note.title_body:
            # Titles that wait for what they refer to cannot name each other.
            return html
        pattern = self._words.pattern("result.in_note")
        return fill_pattern(pattern, result=html, note=note.title.html)

    def _listed(self, pieces: Sequence[str]) -> str:
        """`a`, `a and b`, `a, b and c`."""
        *first, last = pieces
        if not first:
            return last
        listed = first[0]
        for piece in first[1:]:
            listed = fill_pattern(self._words.pattern("list.comma"), first=listed, rest=piece)
        return fill_pattern(self._words.pattern("list.and"), first=listed, last=last)

    @property
    def _words(self) -> Catalogue:
        return self.filling.words

    def _kind(self, home: Home) -> Kind:
        return self.filling.site.kinds.by_id(home.label.kind)


def runs_of(homes: Sequence[Home]) -> list[tuple[Home, ...]]:
    """Labels in the order of their numbers; three neighbours or more as first and last."""
    numbers = {home: home.label.number.rpartition(".") for home in homes}
    if not all(last.isdecimal() for _, _, last in numbers.values()):
        return [(home,) for home in homes]
    keys = {home: (number[0], int(number[2])) for home, number in numbers.items()}
    ordered = sorted(homes, key=lambda home: keys[home])
    runs: list[tuple[Home, ...]] = []
    neighbours = groupby(
        enumerate(ordered), key=lambda pair: (keys[pair[1]][0], keys[pair[1]][1] - pair[0])
    )
    for _, group in neighbours:
        run = [home for _, home in group]
        long = len(run) >= _SHORTEST_RANGE
        runs.extend([(run[0], run[-1])] if long else [(home,) for home in run])
    return runs


def fill_pattern(pattern: str, **html: str) -> str:
    """A string of the catalogue with HTML in the place of its placeholders."""
    texts = pieces(pattern)
    return "".join(html[each] if at % 2 else escape_html(each) for at, each in enumerate(texts))
