"""Internal links and aliases, rule by rule of Obsidian's help."""

from __future__ import annotations

import pytest

from tests.obsidian.vault import Rule, Tried, check, try_rules

LINKS = "Internal links"
LAWS = "three-laws-of-motion.html"

RULES = [
    Rule(LINKS, "Supported formats", "[[Three laws of motion]]",
         (f'<a href="{LAWS}">Three laws of motion</a>',)),
    Rule(LINKS, "Supported formats", "[Three laws](Three%20laws%20of%20motion.md)",
         (f'<a href="{LAWS}">Three laws</a>',)),
    Rule(LINKS, "Supported formats",
         "[a](<Three laws of motion.md>) [b](Three%20laws%20of%20motion)",
         (f'<a href="{LAWS}">a</a>', f'<a href="{LAWS}">b</a>')),
    Rule(LINKS, "Supported formats", "[a](Three laws of motion.md)",
         (f'<a href="{LAWS}">a</a>',), codes=("link-spaces",)),
    Rule(LINKS, "Link to a file", "[[Figure 1.png]] and [[Document.pdf#page=2|the paper]]",
         ('<a href="Attachments/Figure%201.png">Figure 1.png</a>',
          '<a href="Document.pdf#page=2">the paper</a>')),
    Rule(LINKS, "Link to a file", "[[Board.canvas]]",
         ('<span class="link-unresolved">Board.canvas</span>',), codes=("obsidian-file",)),
    Rule(LINKS, "Link to a file", "[[Folder/Deep note]] [[/Folder/Deep note]] [[Sub/Deeper note]]",
         ('<a href="folder/deep-note.html">Deep note</a>',
          '<a href="folder/sub/deeper-note.html">Deeper note</a>')),
    Rule(LINKS, "Link to a file", "[[deep NOTE]] [[Deep note.md]]",
         ('<a href="folder/deep-note.html">deep NOTE</a>',
          '<a href="folder/deep-note.html">Deep note</a>')),
    Rule(LINKS, "Link to a file", "[[Twin]]", ('<a href="twin.html">Twin</a>',)),
    Rule(LINKS, "Link to a file", "[[Caf\u00e9]]", ('<a href="caf%C3%A9.html">Caf',)),
    Rule(LINKS, "Link to a file", "[[Plans; a, b & c's (d) = 50% 🙂]] [[v1.2 notes]]",
         ('<a href="plans-a-b-cs-d-50.html">Plans; a, b &amp; c&#x27;s (d) = 50% 🙂</a>',
          '<a href="v1-2-notes.html">v1.2 notes</a>')),
    Rule(LINKS, "Link to a file", "[[Nowhere]] and [[Draft]]",
         ('<span class="link-unresolved">Nowhere</span>',
          '<span class="link-unresolved">Draft</span>'),
         hides=("draft.html",), codes=("link-not-found", "link-to-draft")),
    Rule(LINKS, "Link to a heading in a note", "[[Three laws of motion#Second law]]",
         (f'<a href="{LAWS}#second-law">Three laws of motion › Second law</a>',)),
    Rule(LINKS, "Link to a heading in a note", "[[#Here *now*]]\n\n## Here *now*",
         ('<a href="#here-now">Here <em>now</em></a>', '<h2 id="here-now">')),
    Rule(LINKS, "Link to a heading in a note", "[a](Three%20laws%20of%20motion.md#Second%20law)",
         (f'<a href="{LAWS}#second-law">a</a>',)),
    Rule(LINKS, "Link to a heading in a note", "[[Three laws of motion#second LAW|a]]",
         (f'<a href="{LAWS}#second-law">a</a>',)),
    Rule(LINKS, "Link to a heading in a note",
         "[[My note#Heading 1#Heading 2|a]] [[My note#Heading 3#Heading 2|b]]",
         ('<a href="my-note.html#heading-2">a</a>', '<a href="my-note.html#heading-2-1">b</a>')),
    Rule(LINKS, "Link to a heading in a note", "[[Three laws of motion#Fourth law]]",
         (f'<a href="{LAWS}">Three laws of motion › Fourth law</a>',),
         codes=("link-heading-not-found",)),
    Rule(LINKS, "Link to a block in a note", "[[Three laws of motion#^quote-of-the-day|a]]",
         (f'<a href="{LAWS}#%5Equote-of-the-day">a</a>',)),
    Rule(LINKS, "Link to a block in a note",
         "[[Three laws of motion#^my-list-id|a]] [[Three laws of motion#^item-1|b]] "
         "[c](Three%20laws%20of%20motion.md#^a-quote) [[Three laws of motion#^a-table|d]]",
         (f'<a href="{LAWS}#%5Emy-list-id">a</a>', f'<a href="{LAWS}#%5Eitem-1">b</a>',
          f'<a href="{LAWS}#%5Ea-quote">c</a>', f'<a href="{LAWS}#%5Ea-table">d</a>')),
    Rule(LINKS, "Link to a block in a note", "Human. ^quote-of-the-day\n\n[[#^quote-of-the-day|a]]",
         ('<p id="^quote-of-the-day">Human.</p>', '<a href="#%5Equote-of-the-day">a</a>')),
    Rule(LINKS, "Link to a block in a note", "Not^an-id and 2^n",
         ("<p>Not^an-id and 2^n</p>",)),
    Rule(LINKS, "Link to a block in a note", "[[Three laws of motion#^gone|a]]",
         (f'<a href="{LAWS}">a</a>',), codes=("link-heading-not-found",)),
    Rule(LINKS, "Link to a block in a note", "[[Equations#^eq-energy]] [[Equations#^eq-energy|a]]",
         ('<a href="equations.html#eq-energy">(1) of Equations</a>',
          '<a href="equations.html#eq-energy">a</a>')),
    Rule(LINKS, "Change the link display text", "[[My note|custom *display* $x$ text]]",
         ('<a href="my-note.html">custom <em>display</em> MATH text</a>',)),
    Rule(LINKS, "Change the link display text", "[[My note|a [b] c]] [[My note|]]",
         ('<a href="my-note.html">a [b] c</a>', '<a href="my-note.html">My note</a>')),
    Rule("Aliases", "Link to a note using an alias", "[[Artificial Intelligence|AI]]",
         ('<a href="artificial-intelligence.html">AI</a>',)),
    Rule("Aliases", "Link to a note using an alias", "[[AI]] [[künstliche intelligenz]]",
         ('<a href="artificial-intelligence.html">AI</a>',
          '<a href="artificial-intelligence.html">künstliche intelligenz</a>')),
    Rule("Basic formatting syntax", "Escape blank spaces in links",
         "[a](obsidian://open?vault=V&file=My%20N.md) [b](<obsidian://open?vault=V&file=My N.md>)",
         ('<a href="obsidian://open?vault=V&amp;file=My%20N.md">a</a>',
          '<a href="obsidian://open?vault=V&amp;file=My%20N.md">b</a>')),
    Rule("Basic formatting syntax", "Escape blank spaces in links", "[see](the second part)",
         ("[see](the second part)",), codes=("link-spaces",)),
]  # fmt: skip


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Tried:
    return try_rules(tmp_path_factory.mktemp("vault"), RULES)


@pytest.mark.parametrize("number", range(len(RULES)), ids=lambda n: str(RULES[n]))
def test_rule(tried: Tried, number: int) -> None:
    check(RULES[number], tried.pages[number], tried.codes[number])


def test_relative_paths_start_at_the_note_and_its_own_folder_comes_first(tmp_path):
    try_rules(tmp_path, [])
    page = (tmp_path / "output/folder/here.html").read_text(encoding="utf-8")
    assert 'href="deep-note.html">Deep note</a>' in page
    assert 'href="../my-note.html">My note</a>' in page
    assert 'href="../twin.html">Twin</a>' in page
