"""The look as files: one style sheet, one script, the theme's tokens."""

from __future__ import annotations

from pathlib import Path

import pytest

from notesite.config import ThemeConfig, parse_config
from notesite.styling.bundles import script, script_parts, shortened, style_parts, style_sheet
from notesite.styling.tokens import token_rules
from tests.conftest import SiteMaker, codes


def test_parts_come_in_a_fixed_order() -> None:
    paths = [
        "css/search.css", "css/content.css", "css/own/deep.css", "css/tokens.css", "css/site.css",
        "js/theme.js", "js/reading.js", "js/copy.js", "js/lazy/search.js", "fonts/a.woff2",
    ]  # fmt: skip
    assert style_parts(paths) == [
        "css/tokens.css", "css/site.css", "css/content.css", "css/search.css",
    ]  # fmt: skip
    assert script_parts(paths) == ["js/copy.js", "js/reading.js"]


def test_a_style_sheet_loses_comments_and_blanks_that_say_nothing_only() -> None:
    written = 'a { /* red\n */ color: red; }\n\n\n  b c::after { content: "/* kept ; */"; }\n'
    assert shortened(written) == 'a{color: red;}b c::after{content: "/* kept ; */";}'
    assert shortened("a { b: url('x { /*y*/') }") == "a{b: url('x { /*y*/')}"
    assert shortened("a,\n  b > c { d: e\n  f }") == "a,\nb > c{d: e\nf}"


def test_each_script_stands_alone(tmp_path: Path) -> None:
    first, second = tmp_path / "a.js", tmp_path / "b.js"
    first.write_text("throw new Error('x');\n", encoding="utf-8")
    second.write_text("(() => {})();\n", encoding="utf-8")
    made = script({"js/a.js": first, "js/b.js": second}).decode()
    assert made.count("try {") == made.count("} catch (error) {") == 2
    assert made.index("throw") < made.index("(() =>")


def test_tokens_of_the_theme_win_over_those_of_the_style_sheet(tmp_path: Path) -> None:
    file = tmp_path / "tokens.css"
    file.write_text("@layer tokens { :root { --measure: 1rem; } }", encoding="utf-8")
    rules = token_rules(ThemeConfig(accent="#123", measure="34rem"), {})
    made = style_sheet({"css/tokens.css": file}, rules).decode()
    assert made.index("--measure: 1rem") < made.index("--measure: 34rem")
    assert "--accent-light: #123;" in made
    assert token_rules(ThemeConfig(), {}) == ""


@pytest.mark.parametrize("value", ["red; } body { display: none", 'url("x")', "</style>"])
def test_a_token_cannot_leave_its_declaration(value: str) -> None:
    _, problems = parse_config(f"[theme]\naccent = '''{value}'''\n")
    assert [problem.code for problem in problems] == ["config-value"]
    assert problems[0].span
    assert problems[0].span.start.line == 2


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("accent = '#7a1f3'", "'#7a1f3' is no colour", None),
        ("accent_dark = '33rem'", "'33rem' is no colour", None),
        ("measure = '33'", "'33' is no length", "write a unit, as in '33rem'"),
        ("measure = '#333'", "'#333' is no length", "'33rem' is one"),
    ],
)
def test_what_css_would_pass_over_is_an_error(line: str, message: str, hint: str | None) -> None:
    _, problems = parse_config(f"[theme]\n{line}\n")
    assert [(each.message, *each.hints) for each in problems] == [
        (message, hint) if hint else (message,)
    ]


@pytest.mark.parametrize(
    "line",
    ["accent = 'rebeccapurple'", "accent = 'oklch(0.5 0.1 20)'", "measure = 'min(33rem, 90%)'"],
)
def test_what_css_takes_passes(line: str) -> None:
    assert parse_config(f"[theme]\n{line}\n")[1] == ()


def test_a_table_that_stands_twice_is_named() -> None:
    (problem,) = parse_config("[theme.fonts]\n[theme.fonts]\n")[1]
    assert problem.message == "the table [theme.fonts] stands twice"


def test_a_site_replaces_a_part_and_adds_its_own(site: SiteMaker) -> None:
    site.write("static/css/callouts.css", "p { color: red }")
    site.write("static/css/zebra.css", "p { color: green }")
    site.write("static/js/own.js", "(() => { document.title = 'x'; })();")
    site.note("a", "x")
    assert codes(site.build()) == []
    style = site.page("static/css/notesite.css")
    assert ".callout-bug" not in style
    assert style.index("color: red") < style.index("color: green")
    assert "document.title = 'x'" in site.page("static/js/notesite.js")
    assert not (site.root / "output/static/css/zebra.css").exists()
    assert site.page("a.html").count("<script src") == 2
    assert site.page("a.html").count('rel="stylesheet"') == 1
    assert "<style" not in site.page("a.html")


LOOK = """[site]
git_dates = false
title = "T"
content_security_policy = "strict"
[theme]
favicon = "icon.svg"
logo = "logo.svg"
[[theme.links]]
title = "A <b>"
url = "notes/a.html"
[[theme.social]]
title = "Elsewhere"
url = "https://example.org/@me"
"""


def test_the_frame_shows_what_the_theme_says(site: SiteMaker) -> None:
    site.write("notesite.toml", LOOK)
    site.write("static/icon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    site.write("static/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    site.note("notes/a", "x")
    assert codes(site.build()) == []
    page = site.page("notes/a.html")
    assert '<link rel="icon" href="../static/icon.svg">' in page
    assert '<img class="site-logo" src="../static/logo.svg" alt="">' in page
    assert '<li><a href="a.html">A &lt;b&gt;</a></li>' in page
    assert '<a href="https://example.org/@me" rel="me">Elsewhere</a>' in page
    assert "script-src &#39;self&#39;" in page
    assert "favicon.svg" not in site.outputs()


def test_what_is_not_there_is_an_error_at_its_place(site: SiteMaker) -> None:
    site.write("notesite.toml", LOOK)
    site.write("static/icons.svg", "<svg/>")
    site.note("a", "x")
    report = site.build()
    found = [(d.message, d.span and d.span.start.line, d.hints) for d in report.diagnostics]
    assert found == [
        ("there is no file 'static/icon.svg'", 6, ("did you mean 'icons.svg'?",)),
        ("there is no file 'static/logo.svg'", 7, ()),
        ("the site has no page 'notes/a.html'", 10, ("did you mean 'notes/index.html'?",)),
    ]


def test_a_configuration_of_another_name_is_named(site: SiteMaker) -> None:
    site.write("other.toml", "[theme]\nlogo = 'logo.svg'\n")
    site.note("a", "x")
    report = site.build(config=site.root / "other.toml")
    assert [(d.file, d.span and d.span.start.line) for d in report.diagnostics] == [
        ("other.toml", 2)
    ]


@pytest.mark.parametrize(
    "url", ["a.html#x", "tags/", "tags/?x", "static/x%20y.pdf", "mailto:a@b.c"]
)
def test_links_of_the_frame_lead_to_whatever_the_site_has(site: SiteMaker, url: str) -> None:
    site.write("notesite.toml", f"[[theme.links]]\ntitle = 'x'\nurl = '{url}'\n")
    site.write("static/x y.pdf", "%PDF")
    site.note("a", "---\ntags: [b]\n---\nx")
    assert codes(site.build()) == []


@pytest.mark.parametrize("url", ["javascript:alert(1)", "/absolute.html", "data:text/html,x"])
def test_links_of_the_frame_lead_to_pages(url: str) -> None:
    _, problems = parse_config(f'[[theme.links]]\ntitle = "x"\nurl = "{url}"\n')
    assert [(p.code, p.span and p.span.start.line) for p in problems] == [("config-value", 3)]


def test_our_scripts_are_published_without_remarks_and_a_sites_own_as_they_are(
    site: SiteMaker,
) -> None:
    own = "// mine\n/** @type {string} */\nconst mine = `\n// a line\n`;\n"
    site.write("static/js/mine.js", own)
    site.note("a", "Text.")
    site.build()
    text = (site.root / "output/static/js/notesite.js").read_text(encoding="utf-8")
    assert own.strip() in text
    assert "@type" not in text.replace(own.strip(), "")
    assert "followContents" in text


def test_the_logo_is_on_every_page(site: SiteMaker) -> None:
    site.write("notesite.toml", "[theme]\nlogo = 'logo.svg'\n")
    site.write("static/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>")
    site.note("a", "Text.")
    assert codes(site.build()) == []
    for path in ("index.html", "a.html", "404.html", "all.html"):
        assert 'class="site-logo"' in site.page(path)
