"""Formatting, tags, callouts and properties, rule by rule of Obsidian's help."""

from __future__ import annotations

import pytest

from tests.obsidian.vault import Rule, Tried, check, try_rules

BASIC = "Basic formatting syntax"
ADVANCED = "Advanced formatting syntax"
CALLOUTS = "Callouts"
TAGS = "Tags"
HTML = "HTML content"

BOX = '<input class="task-list-item-checkbox"'

RULES = [
    Rule(BASIC, "Paragraphs", "One   two.\n\n\n\nThree&nbsp;four.",
         ("<p>One two.</p>", "<p>Three four.</p>")),
    Rule(BASIC, "Line breaks", "one\ntwo  \nthree\\\nfour", ("one two<br> three<br> four",)),
    Rule(BASIC, "Bold, italics, highlights",
         "**a** __b__ *c* _d_ ~~e~~ ==f *g* $x$== **h _i_** ***j***",
         ("<strong>a</strong> <strong>b</strong> <em>c</em> <em>d</em> <s>e</s>",
          "<mark>f <em>g</em> MATH</mark>", "<strong>h <em>i</em></strong>",
          "<em><strong>j</strong></em>")),
    Rule(BASIC, "Bold, italics, highlights", r"\*\*not bold\*\* and \==not marked==",
         ("**not bold** and ==not marked==",)),
    Rule(BASIC, "Bold, italics, highlights", "a == b and c==d, `==x==`, $a == b$",
         ("a == b and c==d, <code>==x==</code>, ",), hides=("<mark>",)),
    Rule(BASIC, "Task lists", "- [x] a\n- [ ] b\n- [?] c\n- [-] d\n\t- [ ] e\n\n1. [ ] f",
         (f'<label>{BOX} checked="checked" disabled="disabled" type="checkbox"> a</label>',
          f'<label>{BOX} disabled="disabled" type="checkbox"> b</label>',
          '<li data-task="?" class="task-list-item">', '<li data-task="-" class="task-list-item">',
          'type="checkbox"> e</label>', 'type="checkbox"> f</label>')),
    Rule(BASIC, "Task lists", "- [1] A reference\n- [[My note]]\n- [a](b.md) c",
         ("<li>[1] A reference</li>", '<a href="my-note.html">'), hides=("checkbox",),
         codes=("link-not-found",)),
    Rule(BASIC, "Lists", "1) a\n2) b\n\n+ c\n\n* d",
         ("<ol> <li>a</li> <li>b</li> </ol>", "<li>c</li>")),
    Rule(BASIC, "Nesting lists", "1. a\n   - b\n\t   - c\n2. d",
         ("<ol> <li>a <ul> <li>b <ul> <li>c</li> </ul>",)),
    Rule(BASIC, "Horizontal rule", "***\n\n* * *\n\n_ _ _\n\n----", ("<hr> <hr> <hr> <hr>",)),
    Rule(BASIC, "Code", "``a ` b`` and `$x$ [[y]] #z %%w%%`",
         ("<code>a ` b</code>", "<code>$x$ [[y]] #z %%w%%</code>")),
    Rule(BASIC, "Code", "~~~\n$$x$$ [[y]] %%z%% #w ==v==\n~~~",
         ("$$x$$ [[y]] %%z%% #w ==v==",), hides=("MATH", "<mark>")),
    Rule(BASIC, "Footnotes",
         "A[^1], b[^2], c[^note], d[^1].\n\n[^1]: One.\n[^2]: Two\n  over two lines.\n[^note]: $x$",
         ('href="#fn1" id="fnref1"', 'href="#fn3"', "<p>Two over two lines.", "MATH")),
    Rule(BASIC, "Footnotes", "A. ^[An *inline* one with $x^[2]$ and [[My note]].]",
         ('href="#fn1"', "<p>An <em>inline</em> one with MATH", '<a href="my-note.html">')),
    Rule(BASIC, "Footnotes", "A[^gone].", ("A[^gone].",), codes=("footnote-undefined",)),
    Rule(BASIC, "Comments", "An %%inline $x %% comment.",
         ("<p>An comment.</p>",), hides=("inline",)),
    Rule(BASIC, "Comments", "a\n\n%%\nhidden\n\n# hidden\n\n```\nhidden\n```\n%%\n\nb",
         ("<p>a</p> <p>b</p>",), hides=("hidden",)),
    Rule(BASIC, "Comments", "%% hidden from here\n\nto hidden %% seen *again*\n\nend",
         ("<p>seen <em>again</em></p> <p>end</p>",), hides=("hidden",)),
    Rule(BASIC, "Comments", "> %%\n> hidden\n> %%\n> b", ("<p>b</p>",), hides=("hidden",)),
    Rule(BASIC, "Comments", "a\n\n%% never closed\n\nsecret", ("<p>a</p>",),
         hides=("secret", "never closed"), codes=("comment-unclosed",)),
    Rule(BASIC, "Comments", r"100 \%% and 5 %% here", ("100 %% and 5 %% here",),
         codes=("comment-unclosed",)),
    Rule(BASIC, "Escaping Markdown Syntax", r"1\. \# \_a\_ \~~b\~~ \[[c]] \#d \$5 \$6",
         ("<p>1. # _a_ ~~b~~ [[c]] #d $5 $6</p>",)),
    Rule(ADVANCED, "Tables", "|a | b|\n|--- | ---|\n|1 | 2|",
         ('<th scope="col">a</th>', "<td>2</td>")),
    Rule(ADVANCED, "Tables", "a | b\n-- | --\n1 | 2", ('<th scope="col">a</th>', "<td>2</td>")),
    Rule(ADVANCED, "Tables", "a | b | c\n:-|-:|:-:\n1 | 2 | 3",
         ('class="align-left"', 'class="align-right"', 'class="align-center"')),
    Rule(ADVANCED, "Tables",
         "a | b\n--|--\n[[My note\\|Text]] | ![[Engelbart.png\\|An *e*\\|50]]",
         ('<td><a href="my-note.html">Text</a></td>', 'alt="An e" width="50" height="25"')),
    Rule(ADVANCED, "Tables", "a | b\n--|--\n[[My note|Text]] | `x`",
         ('<td><a href="my-note.html">Text</a></td> <td><code>x</code></td>',),
         codes=("math-habit",)),
    Rule(ADVANCED, "Tables", "| a | b |\n|--|--|\n| $|x|$ | $P(A|B)$ |\n| $\\|y\\|$ | $\\vert$ |",
         ("<td>MATH</td> <td>MATH</td> </tr> <tr> <td>MATH</td> <td>MATH</td>",),
         codes=("math-habit",)),
    Rule(ADVANCED, "Tables", "a | b\n--|--\n$5 | $6", ("<td>$5</td> <td>$6</td>",)),
    Rule(ADVANCED, "Tables", "a | b\n--|--\n1 | 2 | 3", ("<td>1</td> <td>2</td>",),
         codes=("table-cells-lost",)),
    Rule(ADVANCED, "Tables", "> [!note]\n> | a | b |\n> |--|--|\n> | $|x|$ | y |",
         ("<td>MATH</td> <td>y</td>",), codes=("math-habit",)),
    Rule(ADVANCED, "Tables", "| |\n|--|\n| $$x$$ |",
         ('<td><span class="equation-inline">MATH</span></td>',)),
    Rule(ADVANCED, "Diagram", "```mermaid\ngraph TD\n\nBiology --> Chemistry\n```",
         ('class="diagram', "Biology --&gt; Chemistry")),
    Rule(ADVANCED, "Math", "$$\\begin{vmatrix}a & b\\\\\nc & d\n\\end{vmatrix}=ad-bc$$",
         ('<div class="equation-body">MATH</div>',)),
    Rule(ADVANCED, "Math", "inline math like $e^{2i\\pi} = 1$ .", ("inline math like MATH .",)),
    Rule(ADVANCED, "Math", "- a\n  $$\n  x\n  $$\n- b $$y$$ c\n\n> $$\n> z\n> $$",
         ("<li>a<div", "<blockquote>")),
    Rule(TAGS, "Add a tag to a note", "#meeting at $x$",
         ('href="tags/meeting.html">#meeting</a> at',)),
    Rule(TAGS, "Nested tags", "#inbox/to-read",
         ('href="tags/inbox/to-read.html">#inbox/to-read</a>',)),
    Rule(TAGS, "Tag format", "#1984 #y1984 #camelCase #snake_case #kebab-case",
         ("<p>#1984 <a", ">#y1984</a>", ">#camelCase</a>", ">#snake_case</a>", ">#kebab-case</a>")),
    Rule(TAGS, "Tag format", "a#b, (#c), #ünï, #🌱, \\#d, https://a.example/#e",
         ("a#b, (#c), ", ">#ünï</a>", ">#🌱</a>", ", #d,"), hides=(">#b", ">#c", ">#d", ">#e")),
    Rule(TAGS, "Tag format", "## Heading #no\n\n[text #no](My%20note.md)", ("Heading #no",),
         hides=("hashtag",)),
    Rule(CALLOUTS, "Callouts", "> [!info]\n> **a** [[My note|b]] ![[Engelbart.png|c]]",
         ('data-callout="info"', ">Info<", "<strong>a</strong>", ">b</a>", 'alt="c"')),
    Rule(CALLOUTS, "Change the title", "> [!tip] With *words* and $x$\n> Body.",
         ('data-callout="tip"', "With <em>words</em> and MATH", "<p>Body.</p>")),
    Rule(CALLOUTS, "Change the title", "> [!tip] Title-only callout", ("Title-only callout",)),
    Rule(CALLOUTS, "Foldable callouts", "> [!faq]- Foldable?\n> Yes.",
         ("<details", "<summary", "Foldable?", "<p>Yes.</p>"), hides=(" open",)),
    Rule(CALLOUTS, "Foldable callouts", "> [!faq]+ Foldable?\n> Yes.", ("<details", " open")),
    Rule(CALLOUTS, "Nested callouts",
         "> [!question] Can\n> > [!todo] Yes\n> > > [!example]  layers\n> > > - $$x$$\n"
         "> > > ```\n> > > c\n> > > ```",
         ('data-callout="question"', 'data-callout="todo"', 'data-callout="example"', "layers",
          '<div class="equation', "<pre")),
    Rule(CALLOUTS, "Supported types", "> [!CAUTION] A\n> b",
         ('class="callout callout-warning" data-callout="caution"',)),
    Rule(CALLOUTS, "Supported types", "> [!mine] A\n> b",
         ('class="callout callout-note" data-callout="mine"',)),
    Rule(CALLOUTS, "Supported types", "> [!multi-word]\n> b", ("Multi word",)),
    Rule(HTML, "Comments", "a <!-- hidden -->\n\n<!-- hidden\n\ntoo -->\n\nb",
         ("<p>a <!-- hidden --></p>", "<p>b</p>")),
    Rule(HTML, "Underline", "<u>Example</u> of <s>this</s>", ("<u>Example</u> of <s>this</s>",)),
    Rule(HTML, "Span/Div", '<span style="font-family: cursive">your *text* $x$</span>',
         ('<span style="font-family: cursive">your <em>text</em> MATH</span>',)),
    # Obsidian leaves Markdown in HTML alone; here it is read where that is what is meant.
    Rule("Obsidian Flavored Markdown", "Markdown inside HTML", "<div>\n**bold** $x$\n</div>",
         ("<p><strong>bold</strong> MATH</p>",)),
    Rule("Obsidian Flavored Markdown", "Markdown inside HTML",
         '<figure><img src="Engelbart.png" alt="e"><figcaption>*A* $x$</figcaption></figure>',
         ('<img src="Attachments/Engelbart.png" alt="e">',
          "<figcaption><em>A</em> MATH</figcaption>")),
    Rule("Obsidian Flavored Markdown", "Markdown inside HTML",
         "<center>![[Engelbart.png|e]]</center>\n\n<p align='right'>By [[My note]], $x$</p>",
         ('<center><img src="Attachments/Engelbart.png"',
          '<a href="my-note.html">My note</a>, MATH</p>')),
    Rule("Obsidian Flavored Markdown", "Markdown inside HTML",
         "<pre>$x$ [[y]]</pre>\n\n<style>\n.a::after { content: '$x$' }\n</style>\n\n"
         "<svg>\n<text>$x$</text>\n</svg>\n\n<!-- <p>$x$</p> -->",
         ("<pre>$x$ [[y]]</pre>", "'$x$'", "<text>$x$</text>", "<!-- <p>$x$</p> -->"),
         hides=("MATH",)),
    Rule("Obsidian Flavored Markdown", "Markdown inside HTML",
         "<table><tr><td>$a<b$</td><td>*plain*</td></tr></table>",
         ("<td>MATH</td><td>*plain*</td>",)),
]  # fmt: skip


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Tried:
    return try_rules(tmp_path_factory.mktemp("vault"), RULES)


@pytest.mark.parametrize("number", range(len(RULES)), ids=lambda n: str(RULES[n]))
def test_rule(tried: Tried, number: int) -> None:
    check(RULES[number], tried.pages[number], tried.codes[number])


TYPES = {
    "note": (),
    "abstract": ("summary", "tldr"),
    "info": (),
    "todo": (),
    "tip": ("hint", "important"),
    "success": ("check", "done"),
    "question": ("help", "faq"),
    "warning": ("caution", "attention"),
    "failure": ("fail", "missing"),
    "danger": ("error",),
    "bug": (),
    "example": (),
    "quote": ("cite",),
}
"""Page "Callouts", section "Supported types"."""


def test_every_type_of_callout_and_its_aliases(tmp_path):
    names = [(kind, name) for kind, others in TYPES.items() for name in (kind, *others)]
    rules = [
        Rule(
            CALLOUTS,
            "Supported types",
            f"> [!{name}]\n> Body.",
            (f'class="callout callout-{kind}"', name.capitalize()),
        )
        for kind, name in names
    ]
    tried = try_rules(tmp_path, rules)
    for rule, page, codes in zip(rules, tried.pages, tried.codes, strict=True):
        check(rule, page, codes)
