"""Pictures of a document: found, copied beside it, and drawings in SVG converted to PDF."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import unquote

from notesite.markdown.places import SPAN
from notesite.markdown.references import is_external

if TYPE_CHECKING:
    from pathlib import Path

    from markdown_it.token import Token

    from notesite.exporting.material import Material
    from notesite.model import Reference

_TAKEN = frozenset({"pdf", "png", "jpg", "jpeg"})
"""The kinds of pictures that LaTeX includes."""
_POINTS_A_PIXEL = 0.75
_SECONDS = 60


class Figures:
    """The pictures of one document; `folder` is where they go, beside the LaTeX file."""

    def __init__(self, material: Material, folder: str) -> None:
        self._material = material
        self._folder = folder
        self.files: dict[str, Path] = {}
        """What is to be copied or converted: names in the folder, and where it comes from."""

    def graphic(self, token: Token, path: str, file: str) -> str:
        r"""An `\includegraphics` of an image token; empty where LaTeX cannot show it."""
        source = self._find(token, path)
        span = token.meta.get(SPAN)
        if source is None:
            address = str(token.attrs.get("src", "")) or "the image"
            message = f"'{address}' cannot be part of a document; its words stand for it"
            self._material.report("export-picture", message, file, span)
            return ""
        name = self._named(source)
        if not name:
            kind = source.suffix or "that kind"
            message = f"LaTeX takes no picture of {kind}; its words stand for it"
            hints = _svg_hints() if source.suffix.lower() == ".svg" else ("save it as PNG or PDF",)
            self._material.report("export-picture", message, file, span, *hints)
            return ""
        return f"\\notesitegraphic{{{_width(token)}}}{{{self._folder}/{name}}}"

    def _find(self, token: Token, path: str) -> Path | None:
        reference: Reference | None = token.meta.get("reference")
        address = str(token.attrs.get("src", ""))
        if reference is None and is_external(address):
            return None
        target = reference.target if reference else unquote(address)
        finder = self._material.file_finder
        found = finder.relative(target, path) or finder.by_name(target.lstrip("/"), path)
        return self._material.source / found.path if found else None

    def _named(self, source: Path) -> str:
        """The picture's name beside the document; empty where it cannot be made."""
        extension = source.suffix.lower().removeprefix(".")
        if extension == "svg" and svg_tool():
            extension = "pdf"
        if extension not in _TAKEN:
            return ""
        stem = re.sub(r"[^A-Za-z0-9-]+", "-", source.stem).strip("-") or "picture"
        name, number = f"{stem}.{extension}", 1
        while self.files.setdefault(name, source) != source:
            number += 1
            name = f"{stem}-{number}.{extension}"
        return name


def _width(token: Token) -> str:
    reference: Reference | None = token.meta.get("reference")
    attributes = dict(reference.attributes) if reference else {}
    width = str(token.attrs.get("width") or attributes.get("width", ""))
    return f"{int(width) * _POINTS_A_PIXEL:g}bp" if width.isdecimal() else "\\linewidth"


def svg_tool() -> str:
    """What converts SVG here, or empty."""
    if find_spec("cairosvg") is not None:
        return "cairosvg"
    return next((name for name in ("rsvg-convert", "inkscape") if shutil.which(name)), "")


def _svg_hints() -> tuple[str, ...]:
    return ("pip install 'notesite[paper]', or install rsvg-convert or Inkscape",)


def write_picture(source: Path, target: Path) -> str:
    """Copy or convert a picture; what went wrong, or empty."""
    if source.suffix.lower() != ".svg":
        shutil.copyfile(source, target)
        return ""
    tool = svg_tool()
    if tool == "cairosvg":
        return _by_cairo(source, target)
    commands = {
        "rsvg-convert": ["rsvg-convert", "-f", "pdf", "-o", str(target), str(source)],
        "inkscape": ["inkscape", f"--export-filename={target}", str(source)],
    }
    done = subprocess.run(  # noqa: S603 - a known program with paths as arguments
        commands[tool], capture_output=True, timeout=_SECONDS, check=False
    )
    return "" if done.returncode == 0 else done.stderr.decode(errors="replace").strip()[:200]


def _by_cairo(source: Path, target: Path) -> str:
    import cairosvg  # noqa: PLC0415 - for an export with drawings alone

    try:
        # The drawing itself, without what it might ask of other files.
        cairosvg.svg2pdf(bytestring=source.read_bytes(), write_to=str(target), unsafe=False)
    except (ValueError, OSError, KeyError, AttributeError, SyntaxError) as error:
        return str(error)
    return ""
