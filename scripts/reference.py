"""Write the configuration reference and the table of diagnostics into README.md.

Both are made from the code that they describe, so that they cannot go astray:

    python scripts/reference.py          # says whether README.md is up to date
    python scripts/reference.py --write  # brings it up to date
"""

from __future__ import annotations

import sys
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import Any

from notesite import config
from notesite.diagnostics import CATALOGUE

README = Path(__file__).parents[1] / "README.md"

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
    ("[theme]", config.ThemeConfig),
    ("[theme.fonts.text]", config.FontConfig),
    ("[[theme.links]]", config.LinkConfig),
    ("[machines]", config.MachinesConfig),
    ("[web]", config.WebConfig),
)


def config_reference() -> str:
    """The tables of keys: name, default, meaning."""
    parts = []
    for heading, kind in _TABLES:
        rows = [_row(each) for each in fields(kind)]
        parts.append("\n".join((f"**`{heading}`**", "", "| key | default | meaning |",
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
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def diagnostics_reference() -> str:
    """The table of codes: name, severity, meaning."""
    rows = [
        f"| `{code}` | {severity.value} | {text} |" for code, (severity, text) in CATALOGUE.items()
    ]
    return "\n".join(("| code | severity | meaning |", "|---|---|---|", *rows))


def updated(text: str) -> str:
    """The README's text with both references as they now are."""
    for name, new in (("config", config_reference()), ("diagnostics", diagnostics_reference())):
        start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        before, _, rest = text.partition(start)
        after = rest.partition(end)[2]
        text = f"{before}{start}\n\n{new}\n\n{end}{after}"
    return text


def main() -> int:
    """Compare or write, as the arguments say."""
    text = README.read_text(encoding="utf-8")
    new = updated(text)
    if "--write" in sys.argv[1:]:
        README.write_text(new, encoding="utf-8")
        return 0
    print("README.md is up to date" if new == text else "README.md is out of date")
    return int(new != text)


if __name__ == "__main__":
    sys.exit(main())
