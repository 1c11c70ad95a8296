"""The tables of `notesite.toml` as classes, each key with its help and its default."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from notesite import languages
from notesite.diagnostics import Severity
from notesite.records import dataclass
from notesite.spans import Span  # noqa: TC001 - the reader looks the types of fields up

CONFIG_NAME = "notesite.toml"


def _key(help_text: str, **options: Any) -> Any:
    return field(metadata={"help": help_text}, **options)


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """What the site is, and where its parts lie."""

    title: str = _key("The site's name, in plain text.", default="Notes")
    description: str = _key("One line for search engines and feeds, in plain text.", default="")
    author: str = _key("Whose notes these are.", default="")
    language: str = _key("The language of the notes, as a BCP 47 tag.", default="en")
    base_url: str = _key(
        "The address the site is published at; without it there is no feed and no sitemap.",
        default="",
    )
    source: str = _key("The folder of notes.", default="notes")
    output: str = _key("The folder the site is written to.", default="output")
    templates: str = _key("The folder of templates that override the theme's.", default="templates")
    static: str = _key("The folder of files that are copied as they are.", default="static")
    ignore: tuple[str, ...] = _key(
        "Globs of files in the notes folder to leave out.", default_factory=tuple
    )
    follow_links: bool = _key(
        "Follow symbolic links that lead out of the notes folder.", default=False
    )
    cname: str = _key("A custom domain for GitHub Pages.", default="")
    repository: str = _key("Where the notes' source can be read; links 'Source'.", default="")
    git_dates: bool = _key("Take dates a note does not give from git's history.", default=True)
    changes: bool = _key(
        "List on each note what git says of its changes: days and first lines.", default=False
    )
    feed_entries: int = _key("How many notes the feed holds.", default=20)
    feed_order: str = _key(
        "What the feed begins with: what was `revised` last, or the `newest` notes.",
        default="revised",
    )
    index: str = _key(
        "What the index shows: `sections`, the `note` index.md, or `both`.", default="both"
    )
    explicit_publish: bool = _key(
        "Publish only the notes whose front matter says `publish: true`.", default=False
    )
    content_security_policy: str = _key(
        "`strict` lets pages load nothing from elsewhere and run no script of a note's; or a "
        "policy of your own.",
        default="",
    )
    urls: str = _key(
        "How a note's path becomes its address: `slugs`, or as `quartz` does.", default="slugs"
    )
    old_urls: str = _key(
        "`quartz` keeps the addresses alive that Quartz gave the same notes.", default=""
    )


@dataclass(frozen=True, slots=True)
class GroupConfig:
    """A group of notes within a section."""

    id: str = _key("The name a note's `group` gives.")
    title: str = _key("The heading of the group.", default="")
    description: str = _key("A line under the heading, in Markdown.", default="")


@dataclass(frozen=True, slots=True)
class SectionConfig:
    """A section of the index."""

    id: str = _key("The name a note's `section` gives.")
    title: str = _key("The heading of the section, in Markdown.", default="")
    emoji: str = _key("A sign before the heading.", default="")
    description: str = _key("An italic line under the heading, in Markdown.", default="")
    introduction: str = _key("Paragraphs under the heading, in Markdown.", default="")
    parent: str = _key("The section this one is a part of.", default="")
    style: str = _key(
        "`list` shows the notes by title and summary, `stream` their whole texts, one after the "
        "other.",
        default="list",
    )
    order: str = _key(
        "`newest`, `oldest` or `title`; notes with an `order` come first.", default="newest"
    )
    groups: tuple[GroupConfig, ...] = _key("The section's groups, in order.", default_factory=tuple)


@dataclass(frozen=True, slots=True)
class FolderConfig:
    """A rule that gives the notes of a folder their section."""

    path: str = _key("A glob of paths in the notes folder, such as `proofs/**`.")
    section: str = _key("The section of its notes that name none.")
    group: str = _key("The group of its notes that name none.", default="")


@dataclass(frozen=True, slots=True)
class MarkdownConfig:
    """How Markdown is read."""

    html: bool = _key(
        "Let raw HTML through; `false` shows it as text and makes pages safe to publish, whoever "
        "wrote the notes.",
        default=True,
    )
    hard_breaks: bool | None = _key(
        "A line break in a paragraph is one on the page; unset, as the vault shows it.",
        default=None,
    )
    typographer: bool = _key("Curly quotes, dashes and ellipses.", default=True)
    backslash_math: bool = _key(r"Read `\(…\)` and `\[…\]` as math.", default=True)
    linkify: bool = _key("Make links of bare addresses such as https://…", default=True)
    tags: bool = _key("Read `#tag` in the text as a tag, as Obsidian does.", default=True)
    number_headings: bool = _key(
        "Number the headings of a note: 2.1 is the first part of the second.", default=False
    )
    plugins: tuple[str, ...] = _key(
        "More markdown-it plugins, as `package.module:plugin`.", default_factory=tuple
    )


@dataclass(frozen=True, slots=True)
class MacroConfig:
    """A macro written as a table."""

    body: str = _key("What the macro stands for; `#1` to `#9` are its arguments.")
    args: int | None = _key("How many arguments; counted in the body if absent.", default=None)
    default: str | None = _key("The first argument when it is left out.", default=None)
    description: str = _key("What the symbol means.", default="")


@dataclass(frozen=True, slots=True)
class MathConfig:
    """How formulas are compiled."""

    engine: str = _key(
        "`math-core`, `latex2mathml`, or `package.module:factory`.", default="math-core"
    )
    macro_sets: tuple[str, ...] = _key(
        "Sets of macros to use: `blackboard`, `operators`, `delimiters`, `probability`, "
        "`learning`, `physics`.",
        default_factory=tuple,
    )
    macros: dict[str, str | MacroConfig] = _key(
        "Macros by name, without the backslash: the body, or a table.", default_factory=dict
    )
    preamble: str = _key(
        "A file of definitions in LaTeX; else `preamble.tex` or `preamble.sty` among the notes,"
        " or the latter in `.obsidian`.",
        default="",
    )
    number: str = _key(
        "`environments` numbers those that LaTeX numbers, `referenced` only what is referred to, "
        "`all` every display.",
        default="environments",
    )
    number_by_section: bool = _key(
        "Count anew in each section of a note: (2.3) is the third of the second.", default=False
    )


@dataclass(frozen=True, slots=True)
class ResultKindConfig:
    """A kind of result that the site adds, or one of ours made different."""

    id: str = _key("Its name in notes, such as `observation`.")
    title: str = _key("Its name on pages; made from the id if absent.", default="")
    plural: str = _key("The plural of its name; with an s if absent.", default="")
    style: str = _key(
        "`plain` (in italics, what kinds are by default), `definition`, `remark` or `proof`.",
        default="",
    )
    counter: str = _key(
        "The kind it is counted with, or its own id; empty for what `counters` says.", default=""
    )
    numbered: bool = _key("Whether it has numbers.", default=True)
    aliases: tuple[str, ...] = _key(
        "Short names, for `> [!obs]` and for labels such as `obs-x`.", default_factory=tuple
    )


@dataclass(frozen=True, slots=True)
class ResultsConfig:
    """Theorems and their like."""

    counters: str = _key(
        "`shared` counts all kinds together, `own` each kind by itself.", default="shared"
    )
    number_by: str = _key(
        "`note` counts through a note; `section` anew in each section, as in Theorem 2.3.",
        default="note",
    )
    headings: bool = _key(
        "Read headings such as `### Theorem (Riesz).` and `### Proof.` as results.", default=True
    )
    paragraphs: bool = _key(
        r"Read paragraphs from `*Proof.*` to the sign at an end, such as `$\square$`, as proofs.",
        default=True,
    )
    proof_end: str = _key("The sign at the end of a proof.", default="∎")
    example_callouts: bool = _key(
        "Number `> [!example]` like `> [!exm]`; else it is a box, as in Obsidian.",
        default=False,
    )
    fold: tuple[str, ...] = _key(
        "The kinds that are folded unless a note says otherwise.", default=("solution",)
    )
    uses: bool = _key("Tell under each result what it uses and what uses it.", default=True)
    index: bool = _key("Make a page of all definitions and results.", default=True)
    kinds: tuple[ResultKindConfig, ...] = _key(
        "The site's own kinds, or other settings for ours.", default_factory=tuple
    )


@dataclass(frozen=True, slots=True)
class FontConfig:
    """A family of fonts."""

    family: str = _key("The family's name; `system-ui` and its like need no files.")
    files: tuple[str, ...] = _key(
        "Its files in the static folder, such as `fonts/some-roman.woff2`.", default_factory=tuple
    )
    fallback: str = _key("The families behind it, as in CSS.", default="")


@dataclass(frozen=True, slots=True)
class FontsConfig:
    """The families of a site; those that are None are the theme's."""

    text: FontConfig | None = _key("", default=None)
    math: FontConfig | None = _key("", default=None)
    code: FontConfig | None = _key("", default=None)


@dataclass(frozen=True, slots=True)
class LinkConfig:
    """A link of the frame."""

    title: str = _key("What it says.")
    url: str = _key("An address of the web, or a page's path in the site.")


@dataclass(frozen=True, slots=True)
class ThemeConfig:
    """How the site looks."""

    accent: str = _key("The colour of links in light mode, as CSS; empty for ours.", default="")
    accent_dark: str = _key("The colour of links in dark mode.", default="")
    measure: str = _key("The width of the text, as a CSS length; empty for ours.", default="")
    favicon: str = _key("The site's icon: an emoji, or a file in the static folder.", default="📐")
    logo: str = _key("A picture before the site's title: a file in the static folder.", default="")
    links: tuple[LinkConfig, ...] = _key(
        "Links at the end of each page, each with `title` and `url`.", default_factory=tuple
    )
    social: tuple[LinkConfig, ...] = _key(
        'The same for what is the author\'s elsewhere, marked `rel="me"`.', default_factory=tuple
    )
    maps: bool = _key(
        "Draw a map of each note's neighbours, and one of the whole site.", default=True
    )
    cards: bool | None = _key(
        "Paint a picture of each note for social networks: its title in the site's type; unset, "
        "where `notesite[cards]` is installed and there is a `site.base_url`.",
        default=None,
    )
    previews: bool = _key(
        "Show what a link leads to when the pointer rests on it or the keyboard reaches it.",
        default=True,
    )
    footer: str = _key("A line at the end of each page, in Markdown.", default="")
    fonts: FontsConfig = _key(
        "The families `text`, `math` and `code`, each as a table.", default_factory=FontsConfig
    )


@dataclass(frozen=True, slots=True)
class MachinesConfig:
    """What is published for programs rather than for readers; needs `site.base_url`."""

    json_feed: bool = _key("A JSON Feed beside the Atom feed.", default=True)
    llms: bool = _key("An `llms.txt`: the notes by section, for language models.", default=True)
    markdown: bool = _key(
        "Each note's Markdown at its address with `.md` behind it: without comments, without "
        "links to drafts, and with only the public part of the front matter.",
        default=True,
    )


@dataclass(frozen=True, slots=True)
class CitationsConfig:
    """What notes can cite, and how citations look."""

    bibliography: tuple[str, ...] = _key(
        "Files of BibTeX or CSL-JSON; else `references.bib` beside this file or among the notes.",
        default_factory=tuple,
    )
    style: str = _key(
        "`author-year`, `numeric`, or a file in CSL (needs `notesite[csl]`).",
        default="author-year",
    )
    cite_box: bool = _key(
        "Say at the end of each note that has an author how to cite it.", default=True
    )


@dataclass(frozen=True, slots=True)
class SearchConfig:
    """Search in the pages themselves."""

    enabled: bool = _key("Make an index of the notes, and offer to search it.", default=True)


@dataclass(frozen=True, slots=True)
class WebConfig:
    """How `notesite check --external` asks the web."""

    ignore: tuple[str, ...] = _key(
        "Globs of addresses to leave alone, such as `https://example.org/*`.",
        default_factory=tuple,
    )
    days: int = _key("For how many days a good answer holds.", default=7)
    timeout: int = _key("How many seconds to wait for an answer.", default=15)


@dataclass(frozen=True, slots=True)
class Config:
    """A whole configuration; `root` is the folder that relative paths start from."""

    site: SiteConfig = _key("", default_factory=SiteConfig)
    sections: tuple[SectionConfig, ...] = _key("", default_factory=tuple)
    folders: tuple[FolderConfig, ...] = _key("", default_factory=tuple)
    markdown: MarkdownConfig = _key("", default_factory=MarkdownConfig)
    math: MathConfig = _key("", default_factory=MathConfig)
    results: ResultsConfig = _key("", default_factory=ResultsConfig)
    theme: ThemeConfig = _key("", default_factory=ThemeConfig)
    machines: MachinesConfig = _key("", default_factory=MachinesConfig)
    citations: CitationsConfig = _key("", default_factory=CitationsConfig)
    search: SearchConfig = _key("", default_factory=SearchConfig)
    web: WebConfig = _key("", default_factory=WebConfig)
    diagnostics: dict[str, str] = _key(
        "Severities by code: `error`, `warning`, `hint` or `off`.", default_factory=dict
    )
    strings: dict[str, str] = _key(
        "The site's own words for ours, by key, such as `note.backlinks`.", default_factory=dict
    )
    macro_places: dict[str, Span] = field(default_factory=dict)
    """Where each macro is defined; no key of the file."""
    theme_places: dict[str, Span] = field(default_factory=dict)
    """Where each family, file and link of the theme is named; no key of the file."""
    file: str = CONFIG_NAME
    """What the configuration's own file is called; no key of it."""

    def words(self) -> languages.Strings:
        """The site's language and its own words."""
        return languages.Strings(self.site.language, tuple(self.strings.items()))

    def severities(self) -> dict[str, Severity | None]:
        """The severities the site chose, None for those it turned off."""
        return {
            code: None if name == "off" else Severity(name)
            for code, name in self.diagnostics.items()
        }
