"""Properties and the shape of files, rule by rule of Obsidian's help, and quirks of real vaults."""

from __future__ import annotations

import pytest

from tests.obsidian.vault import Rule, Tried, check, try_rules

PROPERTIES = "Properties"
QUIRKS = "Quirks of real vaults"

RULES = [
    Rule(PROPERTIES, "Property format",
         "---\ntitle: A New Hope # text\nyear: 1977\ncast:\n  - A\n---\nx",
         ("<h1>A New Hope</h1>",)),
    Rule(PROPERTIES, "Property format", '---\nlink: "[[Link]]"\nlinklist:\n  - "[[A]]"\n---\nx',
         ("<p>x</p>",)),
    Rule(PROPERTIES, "Property format", "---\nfavorite: true\nlast:\n---\nx", ("<p>x</p>",)),
    Rule(PROPERTIES, "Property format",
         "---\ndate: 2020-08-21\nupdated: 2020-08-22T10:30:00\n---\nx",
         ("22 August 2020",)),
    Rule(PROPERTIES, "JSON properties", '---\n{\n  "tags": "journal",\n  "title": "J"\n}\n---\nx',
         ("<h1>J</h1>", "journal")),
    Rule(PROPERTIES, "Default properties",
         "---\ntags: [a/b, c]\naliases: x, y\ncssclasses: [wide]\n---\nx",
         (">a/b</a>", ">c</a>")),
    Rule(PROPERTIES, "Deprecated properties", "---\ntag: a, b\nalias: x\ncssclass: wide\n---\nx",
         (">a</a>", ">b</a>")),
    Rule("Tags", "Add a tag to a note", "---\ntags: recipe, cooking\n---\nx",
         (">recipe</a>", ">cooking</a>")),
    Rule("Tags", "Add a tag to a note", "---\ntags:\n  - '#recipe'\n---\nx", (">recipe</a>",)),
    Rule("Tags", "Add a tag to a note", "---\ntags:\n---\nx", ("<p>x</p>",)),
    Rule("Permalinks", "Permalinks", "---\npermalink: elsewhere/here\n---\nx", ()),
    Rule(PROPERTIES, "Add properties", "\n---\ntitle: Too late\n---\nx",
         ("<p>x</p>",), hides=("<h1>Too",), codes=("front-matter-text",)),
    Rule(QUIRKS, "Line ends", "---\r\ntitle: T\r\n---\r\na\r\n\r\n$$\r\nx\r\n$$\r\n\r\n- b\r\n",
         ("<h1>T</h1>", "<p>a</p>", "MATH", "<li>b</li>")),
    Rule(QUIRKS, "Byte order mark", "\ufeff---\ntitle: T\n---\nx", ("<h1>T</h1>", "<p>x</p>")),
    Rule(QUIRKS, "No last line end", "# Title\nx", ("<h1>Title</h1>", "<p>x</p>")),
    Rule(QUIRKS, "Nothing but properties", "---\ntitle: T\n---", ("<h1>T</h1>",)),
    Rule(QUIRKS, "Nothing at all", "", ("<h1>rule-16</h1>",)),
    Rule(QUIRKS, "Blanks after the dashes", "---  \ntitle: T\n--- \nx", ("<h1>T</h1>",)),
    Rule(QUIRKS, "Tabs in lists", "- a\n\t- b\n\t\t- c $x$\n\n\t\t  d", ("<li>b", "MATH")),
    Rule(QUIRKS, "Text after a display", "a $$x$$where $y$", ("<p>a</p>", "<p>where MATH</p>")),
    Rule(QUIRKS, "Text after a display", "a\n$$\nx\n$$where $y$",
         ("<p>a</p>", "<p>where MATH</p>")),
    Rule(QUIRKS, "Text before a display", "- so $$x$$\n- then $$\n  y\n  $$", ("<li>", "MATH")),
    Rule(QUIRKS, "Possessive formulas", "the $U$'s and $f(x)$'s $k$'th",
         ("MATH’s</span> and <span", "MATH’th</span>")),
    Rule(QUIRKS, "Two headings of one text", "## A\n\n## A\n\n[[#A]]",
         ('<h2 id="a">', '<h2 id="a-1">', '<a href="#a">')),
    Rule(QUIRKS, "Headings with formulas", "## The $L^2$ norm\n\n[[#The $L^2$ norm]]",
         ('<a href="#the-l2-norm">The MATH norm</a>',)),
    Rule(QUIRKS, "A heading without a blank", "#### four\ntext\n##### five\n- a\n###### six\n$x$",
         (">four", ">five", ">six", "<p>MATH</p>")),
    Rule(QUIRKS, "A web address without its scheme", "[a](example.org)",
         ('<span class="link-unresolved">a</span>',), codes=("file-link-not-found",)),
    Rule(QUIRKS, "Bare addresses", "See https://a.example/x_(y)#z, and more.",
         ('<a href="https://a.example/x_(y)#z">',)),
    Rule(QUIRKS, "Dataview", "x\n\n```dataview\nLIST\n```", ("<p>x</p>",), ("LIST",),
         codes=("plugin-block",)),
    Rule(QUIRKS, "Templater", "---\ntitle: <% tp.file.title %>\ntags: [a]\n---\nx",
         (">a</a>", "<p>x</p>"),
         codes=("front-matter-template",)),
]  # fmt: skip


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Tried:
    return try_rules(tmp_path_factory.mktemp("vault"), RULES)


@pytest.mark.parametrize("number", range(len(RULES)), ids=lambda n: str(RULES[n]))
def test_rule(tried: Tried, number: int) -> None:
    check(RULES[number], tried.pages[number], tried.codes[number])


def test_the_classes_of_a_note_are_those_of_its_page(tmp_path):
    rules = [
        Rule(PROPERTIES, "Default properties", "---\ncssclasses: [wide, soft-embed]\n---\nx", ()),
        Rule(PROPERTIES, "Deprecated properties", "---\ncssclass: wide\n---\nx", ()),
    ]
    try_rules(tmp_path, rules)
    for number, classes in enumerate(("wide soft-embed", "wide")):
        page = (tmp_path / f"output/rule-{number}.html").read_text(encoding="utf-8")
        assert f'<body class="page-note {classes}">' in page
