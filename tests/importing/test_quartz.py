"""Moving from Quartz: its two kinds of configuration, its addresses, its silent faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from notesite.cli import main
from notesite.config import parse_config
from notesite.importing import ImportFailure, import_site, write_config
from notesite.importing.quartz import read_quartz

TYPESCRIPT = """\
import { QuartzConfig } from "./quartz/cfg"
import * as Plugin from "./quartz/plugins"

const config: QuartzConfig = {
  configuration: {
    pageTitle: "The \\"Stats\\" Map", // a title
    pageTitleSuffix: " | me",
    analytics: { provider: "plausible" },
    locale: "en-GB",
    baseUrl: "ada.github.io/stats",
    ignorePatterns: ["private", "templates", ".obsidian", "drafts/**", "!keep.md"],
    theme: {
      typography: { header: "Schibsted Grotesk", body: { name: "Lora" }, code: "IBM Plex Mono" },
      colors: {
        lightMode: { secondary: "#25309c", highlight: "#fffff" },
        darkMode: { secondary: "#7b97aa", highlight: "rgba(143, 159, 169, 0.15)" },
      },
    },
  },
  plugins: {
    transformers: [
      Plugin.FrontMatter(),
      Plugin.HardLineBreaks(),
      Plugin.Citations({ bibliographyFile: "./b.bib" }),
      Plugin.Latex({
        renderEngine: "katex",
        customMacros: { "\\\\RR": "\\\\mathbb{R}", "\\\\norm": "\\\\lVert #1 \\\\rVert" },
      }),
      Plugin.Mine(),
    ],
    filters: [Plugin.RemoveDrafts()],
    emitters: [Plugin.CNAME(), Plugin.ContentIndex({ enableRSS: true, rssLimit: 7 })],
  },
}
export default config
"""

LAYOUT = """\
export const sharedPageComponents: SharedLayout = {
  footer: Component.Footer({
    links: {
      GitHub: "https://github.com/jackyzha0/quartz",
      "Me [here]": "https://ada.example/",
      "": "https://nowhere.example/",
    },
  }),
  afterBody: [Component.Comments({ provider: "giscus" })],
}
"""

YAML = """\
configuration:
  pageTitle: Mathgraph
  locale: en-US
  baseUrl: notes.example
  ignorePatterns: [private, .obsidian]
  theme:
    colors:
      lightMode: {secondary: "#123456"}
plugins:
  - source: github:quartz-community/latex
    enabled: true
    options: {renderEngine: katex, customMacros: {"\\\\QQ": "\\\\mathbb{Q}"}}
  - source: github:quartz-community/hard-line-breaks
    enabled: false
  - source: github:quartz-community/explicit-publish
  - source: github:quartz-community/cname
    enabled: true
  - source: {name: quartz-themes, repo: "github:saberzero1/quartz-themes"}
    enabled: true
  - source: github:quartz-community/footer
    options: {links: {Carrd: "https://a.example/"}}
"""


@pytest.fixture
def quartz(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "quartz.config.ts").write_text(TYPESCRIPT, encoding="utf-8")
    (tmp_path / "quartz.layout.ts").write_text(LAYOUT, encoding="utf-8")
    return tmp_path


def note(root: Path, path: str, text: str) -> None:
    file = root / "content" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_typescript_becomes_a_configuration(quartz: Path):
    imported = import_site("quartz", quartz)
    config, problems = parse_config(imported.config)
    assert problems == ()
    assert config.site.title == 'The "Stats" Map'
    assert config.site.base_url == "https://ada.github.io/stats/"
    assert config.site.language == "en-GB"
    assert config.site.source == "content"
    assert config.site.ignore == ("/private", "/templates", "/drafts/**")
    assert config.site.old_urls == "quartz"
    assert config.site.feed_entries == 7
    assert config.site.cname == ""
    assert config.markdown.hard_breaks is True
    assert config.math.macros == {"RR": r"\mathbb{R}", "norm": r"\lVert #1 \rVert"}
    assert (config.theme.accent, config.theme.accent_dark) == ("#25309c", "")
    assert config.theme.footer == r"[Me \[here\]](<https://ada.example/>)"


def test_yaml_becomes_a_configuration(tmp_path: Path):
    (tmp_path / "quartz.config.yaml").write_text(YAML, encoding="utf-8")
    draft = read_quartz(tmp_path, keep_urls=True)
    config, problems = parse_config(draft.render("x"))
    assert problems == ()
    assert config.site.title == "Mathgraph"
    assert config.site.source == "."
    assert config.site.cname == "notes.example"
    assert config.site.explicit_publish is True
    assert (config.site.urls, config.site.old_urls) == ("quartz", "")
    assert config.markdown.hard_breaks is False
    assert config.math.macros == {"QQ": r"\mathbb{Q}"}
    assert config.theme.accent == "#123456"
    assert config.theme.footer == "[Carrd](<https://a.example/>)"
    assert any("quartz-themes" in line for line in draft.left)


def test_what_has_no_place_is_named(quartz: Path):
    left = "\n".join(import_site("quartz", quartz).left)
    for name in (
        "pageTitleSuffix",
        "!keep.md",
        "Lora",
        "analytics",
        "citations",
        "comments",
        "mine",
    ):
        assert name in left
    for name in ("front-matter", "latex", "remove-drafts", "Schibsted", "IBM"):
        assert name not in left


def test_what_was_wrong_in_the_settings_is_named(quartz: Path):
    wrong = "\n".join(import_site("quartz", quartz).wrong)
    assert "lightMode.highlight is '#fffff'" in wrong
    assert "github.com/jackyzha0/quartz" in wrong
    assert "RemoveDrafts" not in wrong


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("quartz.jzhao.xyz", "Quartz's own site"),
        ("localhost:8080", "a machine of yours"),
        ("", "there is no baseUrl"),
        ("two words", "is no address"),
    ],
)
def test_a_base_url_that_is_no_address_is_left_out(quartz: Path, address: str, said: str):
    file = quartz / "quartz.config.ts"
    file.write_text(TYPESCRIPT.replace("ada.github.io/stats", address), encoding="utf-8")
    imported = import_site("quartz", quartz)
    assert parse_config(imported.config)[0].site.base_url == ""
    assert any(said in line for line in imported.wrong)


def test_a_base_url_with_a_scheme_is_mended(quartz: Path):
    file = quartz / "quartz.config.ts"
    file.write_text(TYPESCRIPT.replace('"ada', '"https://ada'), encoding="utf-8")
    imported = import_site("quartz", quartz)
    assert parse_config(imported.config)[0].site.base_url == "https://ada.github.io/stats/"
    assert any("neither a scheme" in line for line in imported.wrong)


def test_an_own_domain_and_drafts_let_through(quartz: Path):
    text = TYPESCRIPT.replace("ada.github.io/stats", "ada.example").replace(
        "[Plugin.RemoveDrafts()]", "[]"
    )
    (quartz / "quartz.config.ts").write_text(text, encoding="utf-8")
    imported = import_site("quartz", quartz)
    assert parse_config(imported.config)[0].site.cname == "ada.example"
    assert any("drafts were published" in line for line in imported.wrong)


def test_a_value_that_would_have_to_be_run_is_named(quartz: Path):
    text = TYPESCRIPT.replace('"ada.github.io/stats"', "process.env.URL")
    (quartz / "quartz.config.ts").write_text(text, encoding="utf-8")
    assert any("process.env.URL" in line for line in import_site("quartz", quartz).left)


def test_mathjax_macros_with_a_default():
    from notesite.importing.draft import Draft
    from notesite.importing.quartz import _take_macros

    draft = Draft()
    macros = {"R": ["\\mathbb{R}", 0], "pow": ["{#2}^{#1}", 2, "n"], "bad": 3}
    _take_macros(draft, {"mathJaxOptions": {"tex": {"macros": macros}}})
    config, problems = parse_config(draft.render(""))
    assert problems == ()
    assert config.math.macros["R"] == r"\mathbb{R}"
    power = config.math.macros["pow"]
    assert not isinstance(power, str)
    assert (power.body, power.default) == ("{#2}^{#1}", "n")
    assert any("bad" in line for line in draft.left)


def test_faults_of_the_notes_are_listed_by_kind(quartz: Path):
    note(quartz, "Entropy.md", "![a figure](Fig.PNG) and ![[fig.png|f]]")
    note(quartz, "b.md", "See [[entropy]] and [[nowhere]]. ![gone](gone.png) $\\frac{1$")
    note(quartz, "alone.md", "Nobody comes here.")
    (quartz / "content" / "fig.png").write_bytes(b"x")
    (quartz / "content" / "spare.png").write_bytes(b"x")
    wrong = "\n".join(import_site("quartz", quartz).wrong)
    assert "1 × link that leads nowhere" in wrong
    assert "content/b.md:1:21: no note 'nowhere'" in wrong
    assert "1 × missing attachment" in wrong
    assert "1 × formula that does not compile" in wrong
    assert "2 × link in other capitals" in wrong
    assert "content/b.md:1: 'entropy' is 'Entropy.md'" in wrong
    assert "content/Entropy.md:1: 'Fig.PNG' is 'fig.png'" in wrong
    assert "1 note that no link connects" in wrong
    assert "spare.png" in wrong


def test_many_faults_of_one_kind_are_counted(quartz: Path):
    note(quartz, "a.md", "\n\n".join(f"[[gone {number}]]" for number in range(40)))
    wrong = "\n".join(import_site("quartz", quartz).wrong)
    assert "40 × link" in wrong
    assert "and 28 more" in wrong


def test_importing_writes_one_file_and_never_over_another(quartz: Path):
    note(quartz, "a.md", "Text.")
    before = {path: path.read_bytes() for path in quartz.rglob("*") if path.is_file()}
    write_config(import_site("quartz", quartz))
    after = {path: path.read_bytes() for path in quartz.rglob("*") if path.is_file()}
    assert set(after) - set(before) == {quartz / "notesite.toml"}
    assert all(after[path] == content for path, content in before.items())
    with pytest.raises(ImportFailure, match="is there already"):
        write_config(import_site("quartz", quartz))


def test_nothing_to_import(tmp_path: Path):
    with pytest.raises(ImportFailure, match=r"no quartz\.config\.ts"):
        import_site("quartz", tmp_path)
    with pytest.raises(ImportFailure, match="no folder"):
        import_site("quartz", tmp_path / "x")
    (tmp_path / "quartz.config.ts").write_text("export default {}", encoding="utf-8")
    with pytest.raises(ImportFailure, match="configuration"):
        import_site("quartz", tmp_path)
    (tmp_path / "quartz.config.yaml").write_text("a: [", encoding="utf-8")
    with pytest.raises(ImportFailure, match="not valid YAML"):
        import_site("quartz", tmp_path)
    (tmp_path / "quartz.config.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(ImportFailure, match="not UTF-8"):
        import_site("quartz", tmp_path)


def test_the_command_writes_and_the_site_then_builds(
    quartz: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    text = "Text with $\\norm{x}$ in $\\RR$.\n\n![[A & B.pdf]]"
    note(quartz, "My Notes/Deep & Wide.md", text)
    (quartz / "content" / "My Notes" / "A & B.pdf").write_bytes(b"%PDF")
    note(quartz, "private/secret.md", "Nobody may read this.")
    monkeypatch.chdir(quartz)
    assert main(["import", "quartz", "--dry-run"]) == 0
    assert not (quartz / "notesite.toml").exists()
    said = capsys.readouterr().out
    assert "understood:" in said
    assert "[math.macros]" in said
    assert main(["import", "quartz"]) == 0
    assert "written: notesite.toml" in capsys.readouterr().out
    assert main(["import", "quartz"]) == 1
    assert "is there already" in capsys.readouterr().err
    assert main(["build", "-q"]) == 0
    assert (quartz / "output" / "my-notes" / "deep-wide.html").is_file()
    old = (quartz / "output" / "My-Notes" / "Deep--and--Wide.html").read_text(encoding="utf-8")
    assert "../my-notes/deep-wide.html" in old
    assert not list((quartz / "output").rglob("*secret*"))
    # A PDF cannot be redirected: it lies at both addresses.
    assert (quartz / "output" / "My Notes" / "A & B.pdf").read_bytes() == b"%PDF"
    assert (quartz / "output" / "My-Notes" / "A--and--B.pdf").read_bytes() == b"%PDF"
