"""Embeds, rule by rule of Obsidian's help."""

from __future__ import annotations

import pytest

from tests.obsidian.vault import Rule, Tried, check, try_rules

EMBED = "Embed files"
LAWS = "three-laws-of-motion.html"
PICTURE = "Attachments/Engelbart.png"
NO_ALT = "image-alt-missing"

RULES = [
    Rule(EMBED, "Embed a note in another note", "![[Three laws of motion]]",
         ('<div class="embed">', f'<a class="embed-source" href="{LAWS}">Three laws of motion</a>',
          "Opening.", "Inertia.", "Force.")),
    Rule(EMBED, "Embed a note in another note", "![[Three laws of motion#Second law]]",
         (f'href="{LAWS}#second-law">Three laws of motion › Second law</a>', "Force.", "MATH"),
         hides=("Inertia.", "seen further")),
    Rule(EMBED, "Embed a note in another note", "![[Three laws of motion#^quote-of-the-day]]",
         ('<div class="embed">', "If I have seen further."), hides=("Opening.", "one")),
    Rule(EMBED, "Embed a note in another note", "Words before\n![[Folder/Deep note]]\nand behind.",
         ("<p>Words before</p>", '<div class="embed">', "<p>Deep.</p>", "<p>and behind.</p>")),
    Rule(EMBED, "Embed a note in another note", "Words ![[Deep note]] around.",
         ('Words <a href="folder/deep-note.html">Deep note</a> around.',),
         codes=("embed-in-line",)),
    Rule(EMBED, "Embed a note in another note", "![[Nowhere]]",
         ('<span class="link-unresolved">Nowhere</span>',), codes=("link-not-found",)),
    Rule(EMBED, "Embed an image in a note", "![[Engelbart.png]]",
         (f'<img src="{PICTURE}" alt="" width="200" height="100"',), codes=(NO_ALT,)),
    Rule(EMBED, "Embed an image in a note", "![[Engelbart.png|100x145]]",
         ('width="100" height="145"',), codes=(NO_ALT,)),
    Rule(EMBED, "Embed an image in a note", "![[Engelbart.png|100]]",
         ('width="100" height="50"',), codes=(NO_ALT,)),
    Rule(EMBED, "Embed an image in a note", "![[Engelbart.png#outline|100]]",
         (f'<img src="{PICTURE}"', 'width="100"'), codes=(NO_ALT,)),
    Rule(EMBED, "Embed an image in a note", "![[Engelbart.png|The *first* mouse|100]]",
         ("<figure><img", 'alt="The first mouse" width="100" height="50"',
          "<figcaption>The <em>first</em> mouse</figcaption>")),
    Rule(EMBED, "Embed an image in a note", "Text\n![[Engelbart.png|A mouse]]\nmore",
         ("<p>Text</p>", "<figcaption>A mouse</figcaption>", "<p>more</p>")),
    Rule(EMBED, "Embed an image in a note", "![[gone.png|A mouse]]",
         ('<span class="image-missing">A mouse</span>',), codes=("file-not-found",)),
    Rule(EMBED, "Embed an image in a note", "![250](https://a.example/E.jpg)",
         ('<img src="https://a.example/E.jpg" alt="" width="250"',)),
    Rule(EMBED, "Embed an image in a note", r"![local photo](<C:\Users\me\image file.PNG>)",
         ('<span class="image-missing">local photo</span>',), codes=("file-not-found",)),
    Rule("Basic formatting syntax", "External images", "![E|100x145](https://a.example/E.jpg) x",
         ('<img src="https://a.example/E.jpg" alt="E" width="100" height="145"',)),
    Rule("Basic formatting syntax", "External images", "![E|100](Engelbart.png) x",
         (f'<img src="{PICTURE}" alt="E" width="100" height="50"',)),
    Rule("Basic formatting syntax", "External images", "![Plate 7](Engelbart.png) x",
         ('alt="Plate 7" width="200" height="100"',)),
    Rule(EMBED, "Embed an audio file in a note", "![[Excerpt (1968).ogg]]",
         ('<audio controls preload="none" src="Excerpt%20(1968).ogg"',)),
    Rule(EMBED, "Embed an audio file in a note",
         '<audio controls src="Excerpt (1968).ogg"></audio>',
         ('<audio controls src="Excerpt%20(1968).ogg"></audio>',)),
    Rule(EMBED, "Embed a video file in a note", "![[Video clip.mp4|320x200]]",
         ('<video controls preload="metadata" src="Video%20clip.mp4"', 'width="320" height="200"')),
    Rule(EMBED, "Embed a PDF in a note", "Text\n![[Document.pdf#page=3]]",
         ('<object type="application/pdf" data="Document.pdf#page=3"',
          '<a href="Document.pdf#page=3">Document.pdf</a>')),
    Rule(EMBED, "Embed a PDF in a note", "![[Document.pdf#height=400]]",
         ('data="Document.pdf#height=400"', 'height="400"')),
    Rule(EMBED, "Embed a list in a note", "![[Three laws of motion#^my-list-id]]",
         ("<li>one</li> <li>two</li>",), hides=("seen further", "quoted")),
    Rule("Embed web pages", "Embed a YouTube video", "![](https://www.youtube.com/watch?v=NnTvZWp5Q7o)",
         ('<iframe class="film" src="https://www.youtube-nocookie.com/embed/NnTvZWp5Q7o"',
          'loading="lazy"')),
    Rule("Embed web pages", "Embed a YouTube video", "![Demo](https://youtu.be/NnTvZWp5Q7o?t=90)",
         ('/embed/NnTvZWp5Q7o?start=90" title="Demo"',)),
    Rule("Embed web pages", "Embed a web page", "![A](https://www.youtube.com/@somebody/about)",
         ('<img src="https://www.youtube.com/@somebody/about"',)),
    Rule("Accepted file formats", "Obsidian's own", "![[Board.canvas]]",
         ('<span class="link-unresolved">Board.canvas</span>',), codes=("obsidian-file",)),
]  # fmt: skip


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Tried:
    return try_rules(tmp_path_factory.mktemp("vault"), RULES)


@pytest.mark.parametrize("number", range(len(RULES)), ids=lambda n: str(RULES[n]))
def test_rule(tried: Tried, number: int) -> None:
    check(RULES[number], tried.pages[number], tried.codes[number])
