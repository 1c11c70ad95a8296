"""The dialect: Markdown in, HTML out, a table for each extension."""

from __future__ import annotations

import re

import pytest

from notesite.config import MarkdownConfig
from notesite.languages import Strings
from notesite.markdown.note import NoteParser
from notesite.math import MathSettings
from notesite.model import Reference
from tests.conftest import html_of, parse


def html(parser: NoteParser, text: str) -> str:
    return html_of(parse(parser, text)).strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[note]]", "<p>{note:note}{end}</p>"),
        ("[[note.md]]", "<p>{note:note.md}{end}</p>"),
        ("[[dir/note#Head]]", "<p>{note:dir/note#Head}{end}</p>"),
        ("[[#Head]]", "<p>{note#Head}{end}</p>".replace("note#", "note:#")),
        ("[[note|an *alias*]]", "<p>{note:note}an <em>alias</em>{end}</p>"),
        ("[[a; b & c's (d)?]]", "<p>{note:a; b & c's (d)?}{end}</p>"),
        ("[[paper.pdf]]", "<p>{file:paper.pdf}{end}</p>"),
        ("[[v1.2 notes]]", "<p>{note:v1.2 notes}{end}</p>"),
        ("![[pic.png]]", "<p>{image:pic.png}</p>"),
        ("`[[note]]`", "<p><code>[[note]]</code></p>"),
        ("[[]]", "<p>[[]]</p>"),
        ("[text](note.md#h)", "<p>{note:note.md#h}text{end}</p>"),
        ("[text](../a%20b.md)", "<p>{note:../a b.md}text{end}</p>"),
        ("[text](file.csv)", "<p>{file:file.csv}text{end}</p>"),
        ("[text](https://a.b/c.md)", '<p><a href="https://a.b/c.md">text</a></p>'),
        ("[text](mailto:a@b.c)", '<p><a href="mailto:a@b.c">text</a></p>'),
        ("<https://a.b>", '<p><a href="https://a.b">https://a.b</a></p>'),
        ("a ==b *c*== d", "<p>a <mark>b <em>c</em></mark> d</p>"),
        ("a == b == c", "<p>a == b == c</p>"),
        ("a %%hidden%% b", "<p>a  b</p>"),
        ("a\n\n%%\nhidden\n\nstill\n%%\n\nb", "<p>a</p>\n<p>b</p>"),
        ("~~a~~", "<p><s>a</s></p>"),
        ("\"a\" -- b --- c... 'd'", "<p>“a” – b — c… ‘d’</p>"),
        ("(c) 2020 +- 1", "<p>(c) 2020 +- 1</p>"),
        ("`a -- b`", "<p><code>a -- b</code></p>"),
        ("Term\n: def", "<dl>\n<dt>Term</dt>\n<dd>def</dd>\n</dl>"),
        ("## A {#b .c}", '<h2 id="b" class="c">A'),
    ],
)
def test_dialect(parser: NoteParser, text: str, expected: str) -> None:
    assert html(parser, text).startswith(expected)


def test_image_alone_with_a_title_is_a_figure_captioned_by_it(parser: NoteParser) -> None:
    assert html(parser, r'![Alt $x$](a.png "The *caption* $\,y$")') == (
        "<figure>{image:a.png}<figcaption>The <em>caption</em> "
        + parsed_math(parser, r"\,y")
        + "</figcaption>\n</figure>"
    )


def parsed_math(parser: NoteParser, tex: str) -> str:
    return html(parser, f"${tex}$").removeprefix("<p>").removesuffix("</p>")


def test_image_alone_with_alt_text_is_a_figure_captioned_by_that(parser: NoteParser) -> None:
    assert "<figcaption>What it shows</figcaption>" in html(parser, "![What it shows](a.png)")


def test_image_in_a_sentence_is_no_figure(parser: NoteParser) -> None:
    assert html(parser, "see ![Alt](a.png)") == "<p>see {image:a.png}</p>"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("[!note]", '<aside class="callout callout-note" data-callout="note">'),
        ("[!TLDR]", '<aside class="callout callout-abstract" data-callout="tldr">'),
        ("[!unknown]", '<aside class="callout callout-note" data-callout="unknown">'),
        ("[!tip]-", '<details class="callout callout-tip" data-callout="tip">'),
        ("[!tip]+", '<details class="callout callout-tip" data-callout="tip" open="">'),
        ("[!thm]", '<div class="result result-theorem result-style-plain" id="theorem-1"'),
        ("[!proof]-", '<details class="result result-proof result-style-proof" id="proof"'),
    ],
)
def test_callout_kinds(parser: NoteParser, head: str, expected: str) -> None:
    assert html(parser, f"> {head}\n> text").startswith(expected)


def test_callout_title_may_hold_math_and_body_blocks(parser: NoteParser) -> None:
    rendered = html(parser, "> [!note] On $x$\n> - a\n> - b\n>\n> > [!tip]\n> > inner")
    assert parsed_math(parser, "x") in rendered.partition("</p>")[0]
    assert "<li>a</li>" in rendered
    assert '<aside class="callout callout-tip"' in rendered


def test_the_icon_says_the_kind_that_the_title_does_not(parser: NoteParser) -> None:
    spoken = '<span class="callout-icon" role="img" aria-label="Warning"></span>Wet paint'
    assert spoken in html(parser, "> [!warning] Wet paint")
    for head in ("[!warning]", "[!warning] Warning"):
        assert '<span class="callout-icon" aria-hidden="true">' in html(parser, f"> {head}\n> A.")


def test_quote_that_is_no_callout_stays_a_quote(parser: NoteParser) -> None:
    assert html(parser, "> [x] text") == "<blockquote>\n<p>[x] text</p>\n</blockquote>"


def test_markdown_inside_details_without_blank_lines(parser: NoteParser) -> None:
    text = "<details>\n<summary>Why *this*</summary>\nSome **text**.\n</details>"
    rendered = html(parser, text)
    assert "<summary>Why <em>this</em></summary>" in rendered
    assert "<p>Some <strong>text</strong>.</p>" in rendered


def test_raw_html_with_a_tag_over_several_lines_is_left_alone(parser: NoteParser) -> None:
    text = '<div class="a"\n  id="b">\n<p>x</p>\n</div>'
    assert html(parser, text) == text


def test_addresses_in_raw_html_are_references(parser: NoteParser) -> None:
    assert html(parser, '<img src="a b.png" alt="x">') == '<img src="{url:a b.png}" alt="x">'


def test_code_is_highlighted_by_classes(parser: NoteParser) -> None:
    rendered = html(parser, "```python\ndef f(): pass\n```")
    assert 'data-language="python"' in rendered
    assert '<span class="k">def</span>' in rendered
    assert "style=" not in rendered


def test_code_in_an_unknown_language_is_plain_with_a_hint(parser: NoteParser) -> None:
    note = parse(parser, "```nosuch\n<b>\n```")
    assert "&lt;b&gt;" in html_of(note)
    assert [d.code for d in note.diagnostics] == ["code-language-unknown"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a\n\n```python\nb\n\nc", (3, 1)),
        ("> ~~~~\n> b\n> ~~~\n\nc", (1, 3)),
        ("- a\n  ```\n  b\n\nc", (2, 3)),
        ("a\n\n```", (3, 1)),
    ],
)
def test_code_that_nothing_ends_is_told_of(
    parser: NoteParser, text: str, place: tuple[int, int]
) -> None:
    (problem,) = parse(parser, text).diagnostics
    assert problem.code == "code-unclosed"
    assert problem.span is not None
    assert problem.span.start == place


@pytest.mark.parametrize(
    "text", ["```\na\n```", "> ~~~\n> a\n> ~~~~", "```\n```", "- ```\n  a\n  ```"]
)
def test_code_that_is_ended_is_not(parser: NoteParser, text: str) -> None:
    assert parse(parser, text).diagnostics == ()


def test_footnotes_link_both_ways(parser: NoteParser) -> None:
    rendered = html(parser, "a[^x] b[^x] c^[inline]\n\n[^x]: note")
    assert '<a href="#fn1" id="fnref1" data-note="1" role="doc-noteref">1</a>' in rendered
    assert '<a href="#fn1" id="fnref1-2" role="doc-noteref">1</a>' in rendered
    assert '<li id="fn2" class="footnote-item"><p>inline' in rendered
    assert rendered.count('class="footnote-backref"') == 3


def test_footnote_without_text_is_reported(parser: NoteParser) -> None:
    (problem,) = parse(parser, "one\ntwo[^gone]").diagnostics
    assert problem.code == "footnote-undefined"
    assert problem.span is not None
    assert (problem.span.start.line, problem.span.start.column) == (2, 4)


def test_display_in_a_paragraph_breaks_it(parser: NoteParser) -> None:
    rendered = html(parser, "before $$x$$ after")
    assert rendered.index("<p>before") < rendered.index("</p>") < rendered.index("<div")
    assert "<p>after</p>" in rendered


def test_display_in_a_cell_stays_in_its_line(parser: NoteParser) -> None:
    assert "<div" not in html(parser, "| a |\n|---|\n| $$x$$ |").replace('<div class="table', "")


def test_punctuation_stays_with_its_formula(parser: NoteParser) -> None:
    math = parsed_math(parser, "x")
    assert f'<span class="no-break">({math}),</span> y' in html(parser, "a ($x$), y")


def test_a_long_formula_in_a_line_has_a_box_to_scroll_in(parser: NoteParser) -> None:
    long = " + ".join(f"x_{number}" for number in range(9))
    box = '<span class="wide-formula"><math'
    assert box in html(parser, f"a ${long}$ b")
    assert f'<span class="no-break">{box}' in html(parser, f"a ${long}$, b")
    assert box not in html(parser, "a $\\mathbb{x} + \\operatorname{f}(y)$ b")
    assert box not in html(parser, f"$$\n{long}\n$$")


@pytest.mark.parametrize("allowed", [True, False])
def test_raw_html_passes_only_when_allowed(allowed: bool) -> None:
    parser = NoteParser(MarkdownConfig(html=allowed), MathSettings())
    rendered = html(parser, "<b>x</b>\n\n<div>y</div>")
    assert ("<b>x</b>" in rendered) is allowed
    assert ("<div>y</div>" in rendered) is allowed


def test_hard_breaks_by_configuration() -> None:
    parser = NoteParser(MarkdownConfig(hard_breaks=True), MathSettings())
    assert html(parser, "a\nb") == "<p>a<br>\nb</p>"


def test_quotes_follow_the_language() -> None:
    parser = NoteParser(MarkdownConfig(), MathSettings(), Strings("de-AT"))
    assert html(parser, '"a"') == "<p>„a“</p>"
    # A note's own language goes before the site's, and is not the next one's.
    notes = [
        ("en", '"a"', "<p>“a”</p>"),
        ("ar", "\"a 'b'\"", "<p>«a ‹b›»</p>"),
        ("", '"a"', "<p>„a“</p>"),
    ]
    for language, text, expected in notes:
        front = f"---\nlanguage: {language}\n---\n" if language else ""
        assert html(parser, f"{front}{text}") == expected


def test_empty_corner_of_a_table_is_no_heading(parser: NoteParser) -> None:
    rendered = html(parser, "| | a |\n|---|---|\n| x | y |")
    assert rendered.count("<th ") == rendered.count("</th>") == 1


def test_boxes_of_tasks_are_labelled(parser: NoteParser) -> None:
    assert re.search(r"<label><input [^>]*> done</label>", html(parser, "- [x] done"))


@pytest.mark.parametrize(
    ("language", "run"),
    [("autoit", " "), ("autohotkey", "\t \n"), ("fan", "a"), ("gherkin", "\t \n"), ("zeek", "0")],
)
def test_code_that_a_lexer_would_ponder_for_hours_is_shown_plain(
    parser: NoteParser, language: str, run: str
) -> None:
    code = run * 60_000
    rendered = html(parser, f"```{language}\n{code}\n```")
    assert "<span" not in rendered
    assert code.strip() in rendered


@pytest.mark.parametrize("text", ["a ^one", "$x$ ^one", "a\n  b ^one"])
def test_a_task_may_have_a_block_id(parser: NoteParser, text: str) -> None:
    rendered = html(parser, f"- [ ] first\n- [ ] {text}")
    assert rendered.count("<input") == 2
    assert 'id="^one"' in rendered
    assert "^one" not in re.sub(r"<[^>]*>|\{[^}]*\}", "", rendered)


def test_alt_text_has_formulas_as_text(parser: NoteParser) -> None:
    body = parse(parser, "text ![where $x^2 \\le \\sigma$](a.png)").body
    (image,) = [piece for piece in body if isinstance(piece, Reference)]
    assert dict(image.attributes)["alt"] == "where x² ≤ σ"


@pytest.mark.parametrize("command", ["ref", "eqref", "cref", "Cref", "autoref"])
def test_references_stand_in_prose(parser: NoteParser, command: str) -> None:
    shown = html(parser, f"By **\\{command}{{a}}**, so.\n\n$$ x \\label{{a}} $$")
    assert f"{{cite-or-label:{command}}}" in shown


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("a #tag b", ["tag"]),
        ("#start and #nested/tag.", ["start", "nested/tag"]),
        ("#Größe #数学 #v1.2", ["Größe", "数学", "v1"]),
        ("(#aside)", []),
        ("#🙂 #a/🌱b", ["🙂", "a/🌱b"]),
        ("#1984 #y1984 #2-d", ["y1984", "2-d"]),
        ("C# a#b &#35; \\#no", []),
        ("`#code` and $#x$ and <https://a.b/#c>", []),
        ("## Heading #no", []),
        ("[a #link](b.md)", []),
        ("- item #one\n\n> quote #two", ["one", "two"]),
        ("#", []),
    ],
)
def test_tags_in_the_text(parser: NoteParser, text: str, tags: list[str]) -> None:
    assert list(parse(parser, text).tags) == tags


def test_tags_of_front_matter_come_first(parser: NoteParser) -> None:
    assert parse(parser, "---\ntags: [a, b]\n---\n#c and #a").tags == ("a", "b", "c")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[f](file:///C:/x.pdf)", "f"),
        ("[f](FILE:///C:/x.pdf)", "f"),
        ("[javascript](javascript:alert(1))", "[javascript](javascript:alert(1))"),
    ],
)
def test_a_file_of_ones_own_computer_is_no_page(parser: NoteParser, text: str, shown: str) -> None:
    html = html_of(parse(parser, text))
    assert "href" not in html
    assert shown in html


def test_ids_at_the_end_of_titles_name_the_whole(parser: NoteParser) -> None:
    text = (
        "a\n\n## Part ^p-1\n\n> [!note]- Box ^b-1\n> body\n\n> [!thm] Riesz ^thm-r\n> it\n\n"
        "> [!tip]\n> said ^s-1"
    )
    note = parse(parser, text)
    html = html_of(note)
    assert '<h2 id="^p-1">Part <' in html
    assert re.search(r'<details [^>]*id="\^b-1"', html)
    assert note.results[0].anchor == "thm-r"
    assert '<p id="^s-1">said' in html
    assert "^" not in re.sub(r'"[^"]*"|{part:[^}]*}', "", html)


def test_a_title_with_an_id_is_said_once(parser: NoteParser) -> None:
    note = parse(parser, "# The title ^t-1\n\nText.")
    assert note.title.text == "The title"
    assert html_of(note) == "<p>Text.</p>\n"


@pytest.mark.parametrize(
    ("text", "alt"),
    [
        ("![[a.png|center|400]]", ""),
        ("![[a.png|A map|center|400]]", "A map"),
        ("![[a.png|right]]", ""),
        ("![[a.png|inlR|200x100]]", ""),
        ("![A map|center|400](a.png)", "A map"),
        ("![center|400](a.png)", ""),
        ("![A map|float-left](a.png)", "A map"),
        ("![center](a.png)", "center"),
        ("![[a.png|The center of mass]]", "The center of mass"),
    ],
)
def test_words_that_place_an_image_are_no_text(parser: NoteParser, text: str, alt: str) -> None:
    pieces = [p for p in parse(parser, "a " + text).body if not isinstance(p, str)]
    assert dict(pieces[0].attributes)["alt"] == alt


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("[[a.pdf#page=2&selection=0,1,0,9|p. 2]]", "page=2"),
        ("![[a.pdf#page=2&rect=1,2,3,4]]", "page=2"),
        ("[p](a.pdf#page=2&color=red)", "page=2"),
        ("[[a.pdf#height=400]]", "height=400"),
        ("[[Q&A#page=2&3]]", "page=2&3"),
    ],
)
def test_a_stretch_of_a_pdf_is_its_page(parser: NoteParser, text: str, fragment: str) -> None:
    pieces = [p for p in parse(parser, text).body if not isinstance(p, str)]
    assert pieces[0].fragment == fragment
    assert "selection" not in (pieces[0].text or "")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "\u8fd9\u662f**\u201c\u91cd\u70b9\u201d**\u7684",
            "<strong>\u201c\u91cd\u70b9\u201d</strong>\u7684",
        ),
        ("**\u5b9a\u7406\u3002**\u7136\u540e", "<strong>\u5b9a\u7406\u3002</strong>\u7136\u540e"),
        ("\u52a0*(\u7c97)*\uff0c", "\u52a0<em>(\u7c97)</em>\uff0c"),
        ("a**(b)**c", "a**(b)**c"),
        ("** a**", "** a**"),
        ("snake_case_name **b** *c*", "snake_case_name <strong>b</strong> <em>c</em>"),
    ],
)
def test_emphasis_beside_signs_without_blanks(parser: NoteParser, text: str, html: str) -> None:
    assert html in html_of(parse(parser, text))


def test_short_code_is_not_broken_behind_its_hyphens(parser: NoteParser) -> None:
    html = html_of(parse(parser, "`--strict`, `a/b`, `a - b` and `plain`"))
    assert '<code class="no-break">--strict</code>' in html
    assert '<code class="no-break">a/b</code>' in html
    assert "<code>a - b</code>" in html
    assert "<code>plain</code>" in html
    assert "no-break" not in html_of(parse(parser, f"`--{'long' * 9}`"))
