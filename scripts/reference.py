"""Write the configuration reference and the table of diagnostics into the documentation.

Both are made from the code that they describe, so that they cannot go astray:

    python scripts/reference.py          # says whether the documentation is up to date
    python scripts/reference.py --write  # brings it up to date
"""

from __future__ import annotations

import json
import sys
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import Any

from notesite import config
from notesite.diagnostics import CATALOGUE

DOCS = Path(__file__).parents[1] / "docs"

_TABLES: tuple[tuple[str, type], ...] = (
    ("[site]", config.SiteConfig),
    ("[[sections]]", config.SectionConfig),
    ("[[sections.groups]]", config.GroupConfig),
    ("[[folders]]", config.FolderConfig),
    ("[markdown]", config.MarkdownConfig),
    ("[math]", config.MathConfig),
    ("[math.macros] as tables", config.MacroConfig),
    ("[results]", config.ResultsConfig),
    ("[[results.kinds]]", config.ResultKindConfig),
    ("[citations]", config.CitationsConfig),
    ("[search]", config.SearchConfig),
    ("[theme]", config.ThemeConfig),
    ("[theme.fonts.text]", config.FontConfig),
    ("[[theme.links]]", config.LinkConfig),
    ("[machines]", config.MachinesConfig),
    ("[web]", config.WebConfig),
)


def described() -> set[type]:
    """The kinds of tables that the reference has."""
    return {kind for _, kind in _TABLES}


def config_reference() -> str:
    """The tables of keys: name, default, meaning."""
    parts = []
    for heading, kind in _TABLES:
        rows = [_row(each) for each in fields(kind)]
        parts.append("\n".join((f"### `{heading}`", "", "| key | default | meaning |",
                                "|---|---|---|", *rows)))  # fmt: skip
    return "\n\n".join(parts)


def _row(each: Field[Any]) -> str:
    return f"| `{each.name}` | {_default(each)} | {each.metadata['help']} |"


def _default(each: Field[Any]) -> str:
    if each.default is MISSING and each.default_factory is MISSING:
        return "needed"
    value = each.default_factory() if each.default_factory is not MISSING else each.default
    if value in ("", (), {}, None, config.FontsConfig()):
        return ""
    return f"`{json.dumps(value, ensure_ascii=False)}`"


def diagnostics_reference() -> str:
    """The table of codes: name, severity, meaning."""
    rows = [
        f"| `{code}` | {severity.value} | {text} |" for code, (severity, text) in CATALOGUE.items()
    ]
    return "\n".join(("| code | severity | meaning |", "|---|---|---|", *rows))


def updated(text: str) -> str:
    """The text of a page with the references it holds as they now are."""
    for name, make in (("config", config_reference), ("diagnostics", diagnostics_reference)):
        start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        before, found, rest = text.partition(start)
        if found:
            text = f"{before}{start}\n\n{make()}\n\n{end}{rest.partition(end)[2]}"
    return text


def main() -> int:
    """Compare or write, as the arguments say."""
    texts = {page: page.read_text(encoding="utf-8") for page in sorted(DOCS.glob("*.md"))}
    outdated = [page for page, text in texts.items() if updated(text) != text]
    for page in outdated:
        if "--write" in sys.argv[1:]:
            page.write_text(updated(texts[page]), encoding="utf-8")
        else:
            print(f"{page.name} is out of date")
    return int(bool(outdated) and "--write" not in sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
