"""Fonts as outlines: the glyph of a character, how wide it is, how it stands to its neighbour."""

from __future__ import annotations

from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


class Glyph(NamedTuple):
    """A glyph in ems: its outline as an SVG path with its own scale, its width, its extent."""

    path: str
    scale: float
    advance: float
    top: float
    bottom: float
    face: Face
    name: str


class Face:
    """One font file, opened when first asked; a variable one is taken at a weight."""

    def __init__(self, file: Path, weight: int) -> None:
        self._file = file
        self._weight = weight
        self._glyphs: dict[str, Glyph | None] = {}
        self._kerned: dict[tuple[str, str], float] = {}

    @cached_property
    def _font(self) -> Any:  # noqa: ANN401 - fontTools has no types here
        from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow to import

        return TTFont(BytesIO(self._file.read_bytes()), lazy=True)

    @cached_property
    def _outlines(self) -> Any:  # noqa: ANN401 - as above
        location = {"wght": self._weight} if "fvar" in self._font else None
        return self._font.getGlyphSet(location=location)

    @cached_property
    def _names(self) -> dict[int, str]:
        names: dict[int, str] = self._font.getBestCmap()
        return names

    @cached_property
    def scale(self) -> float:
        """How many ems a unit of the font is."""
        return 1.0 / float(self._font["head"].unitsPerEm)

    def glyph(self, character: str) -> Glyph | None:
        """The glyph of a character, if the font has it."""
        if character not in self._glyphs:
            self._glyphs[character] = self._draw(character)
        return self._glyphs[character]

    def _draw(self, character: str) -> Glyph | None:
        from fontTools.pens.boundsPen import BoundsPen  # noqa: PLC0415 - slow to import
        from fontTools.pens.svgPathPen import SVGPathPen  # noqa: PLC0415

        name = self._names.get(ord(character))
        if name is None:
            return None
        outline = self._outlines[name]
        pen = SVGPathPen(self._outlines, ntos=lambda number: f"{number:.0f}")
        outline.draw(pen)
        bounds = BoundsPen(self._outlines)
        outline.draw(bounds)
        _, low, _, high = bounds.bounds or (0, 0, 0, 0)
        scale = self.scale
        return Glyph(
            pen.getCommands(), scale, outline.width * scale, high * scale, low * scale, self, name
        )

    def kerning(self, left: str, right: str) -> float:
        """What is added between two glyphs of this face, in ems."""
        pair = (left, right)
        if pair not in self._kerned:
            added = sum(table.between(left, right) for table in self._kerning)
            self._kerned[pair] = added * self.scale
        return self._kerned[pair]

    @cached_property
    def _kerning(self) -> list[_PairTable]:
        if "GPOS" not in self._font:
            return []
        table = self._font["GPOS"].table
        wanted = {
            index
            for record in table.FeatureList.FeatureRecord
            if record.FeatureTag == "kern"
            for index in record.Feature.LookupListIndex
        }
        found = []
        for index in sorted(wanted):
            for part in table.LookupList.Lookup[index].SubTable:
                # A lookup of type 9 only says where the real one is.
                real = getattr(part, "ExtSubTable", part)
                if real.LookupType == 2:
                    found.append(_PairTable(real))
        return found


class _PairTable:
    """A table of pair adjustments (OpenType, GPOS lookup type 2), of whichever format."""

    def __init__(self, table: Any) -> None:  # noqa: ANN401 - fontTools has no types here
        self._table = table
        self._first = {name: at for at, name in enumerate(table.Coverage.glyphs)}

    def between(self, left: str, right: str) -> float:
        """What the table adds to the advance of `left` before `right`."""
        at = self._first.get(left)
        if at is None:
            return 0.0
        if self._table.Format == 1:
            pairs = self._table.PairSet[at].PairValueRecord
            found = next((each.Value1 for each in pairs if each.SecondGlyph == right), None)
            return _advance(found)
        classes = self._table.ClassDef1.classDefs.get(left, 0)
        other = self._table.ClassDef2.classDefs.get(right, 0)
        return _advance(self._table.Class1Record[classes].Class2Record[other].Value1)


def _advance(value: Any) -> float:  # noqa: ANN401 - fontTools has no types here
    return float(getattr(value, "XAdvance", 0) or 0)


class Family:
    """Faces that complete each other, asked in their order."""

    def __init__(self, faces: Sequence[Face]) -> None:
        self._faces = faces

    def glyph(self, character: str) -> Glyph | None:
        """The glyph of the first face that has the character."""
        for face in self._faces:
            found = face.glyph(character)
            if found is not None:
                return found
        return None


def family(files: Iterable[Path], weight: int = 400) -> Family:
    """The family of these files, at a weight where they have more than one."""
    return Family([Face(file, weight) for file in files])
