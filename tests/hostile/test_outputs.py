"""Hostile titles, tags, summaries and names in every language that a site is written in."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

from tests.conftest import SiteMaker
from tests.hostile.strangers import FRONT_MATTER

_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
_DRAWING = re.compile(r"<svg.*?</svg>", re.DOTALL)


def test_json_xml_and_drawings_are_whole_whatever_notes_are_called(site: SiteMaker) -> None:
    site.write(
        "notesite.toml",
        "[site]\ngit_dates = false\nbase_url = 'https://example.org/'\n[search]\nenabled = false\n",
    )
    lawful = FRONT_MATTER.replace("language:", "tongue:")
    name = "<img src=x> ]]> & '<script>"
    site.write(f"notes/{name}.md", f"---\n{lawful}---\nText. [[a]] ]]> \u2028")
    site.write("notes/a.md", f"---\n{lawful}---\nText ]]> \u2028 [[{name}]]")
    assert site.build(keep_going=True).is_published
    kinds = set()
    for path in site.outputs():
        kind = path.rpartition(".")[2]
        if kind == "json":
            json.loads(site.page(path))
        elif kind in {"xml", "svg"}:
            ET.fromstring(site.page(path))
        elif kind == "html":
            for data in _DATA.findall(site.page(path)):
                json.loads(data)
            for drawing in _DRAWING.findall(site.page(path)):
                ET.fromstring(drawing.replace("&nbsp;", " "))
        kinds.add(kind)
    assert {"json", "xml", "svg", "html"} <= kinds
