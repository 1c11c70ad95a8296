"""The configuration of a site: `notesite.toml`, read, checked and typed.

Each field's `help` is its documentation: the validator, the README's reference and this file say
the same thing because they read the same metadata.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import MISSING, dataclass, field, fields, replace
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from notesite import languages
from notesite.diagnostics import CATALOGUE, Diagnostic, Severity, diagnose
from notesite.kinds import RESULTS, STYLES
from notesite.spans import Span
from notesite.text import did_you_mean
from notesite.toml_places import find_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONFIG_NAME = "notesite.toml"

_KIND_ID = re.compile(r"[a-z][a-z0-9-]*")

T = TypeVar("T")


def _key(help_text: str, **options: Any) -> Any:
    return field(metadata={"help": help_text}, **options)


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """What the site is, and where its parts lie."""

    title: str = _key("The site's name.", default="Notes")
    description: str = _key("One line for search engines and feeds.", default="")
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
        "A line break in a paragraph is one on the page; unset, as the vault's own setting says.",
        default=None,
    )
    typographer: bool = _key("Curly quotes, dashes and ellipses.", default=True)
    backslash_math: bool = _key(r"Read `\\(…\\)` and `\\[…\\]` as math.", default=True)
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
        "A file of definitions in LaTeX; else `preamble.tex` or `preamble.sty` among the notes.",
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
    cards: bool = _key(
        "Paint a picture of each note for social networks: its title in the site's type (needs "
        "`notesite[cards]` and `site.base_url`).",
        default=False,
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


_CHOICES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("math", "number", ("environments", "referenced", "all")),
    ("results", "counters", ("shared", "own")),
    ("results", "number_by", ("note", "section")),
    ("site", "index", ("sections", "note", "both")),
    ("site", "urls", ("slugs", "quartz")),
    ("site", "old_urls", ("", "quartz")),
    ("site", "feed_order", ("revised", "newest")),
)
"""Table, key and the values that the key may have."""


_CSS_VALUE = re.compile(r"[-\w #%.,()/+*]*")
"""What a colour or a length can be; nothing that could end the declaration it is put into."""

# What is plainly none: CSS would pass over it without a word.
_NO_COLOUR = re.compile(r"#(?![0-9a-fA-F]{3,4}$|[0-9a-fA-F]{6}$|[0-9a-fA-F]{8}$).*|[\d.-].*")
_NO_LENGTH = re.compile(r"[\d.]+|#.*")


_TWICE = re.compile(r"Cannot declare (\(.*\)) twice")
_TABLE_NAME = re.compile(r"'([^']*)'")
_LINK = re.compile(r"(?:https?://|mailto:)\S+|(?!/)[^\s:]+")
_CSS_FAMILY = re.compile(r"[\w .-]+")
_CSS_FAMILIES = re.compile(r"""(?:[\w .,-]|"[\w .-]*"|'[\w .-]*')*""")


class _Reader:
    """Turns parsed TOML into the dataclasses above, collecting what does not fit."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self.problems: list[Diagnostic] = []

    def read(self, kind: type[T], table: dict[str, Any], path: tuple[str | int, ...]) -> T:
        """An instance of the dataclass `kind`; ill-typed values fall back to the default."""
        hints = get_type_hints(kind)
        known = {each.name: each for each in fields(kind) if each.metadata}  # type: ignore[arg-type]
        values: dict[str, Any] = {}
        for name, value in table.items():
            if name not in known:
                self._report(
                    "config-unknown-key",
                    f"unknown key '{name}'" + (f" in [{_dotted(path)}]" if path else ""),
                    (*path, name),
                    did_you_mean(name, known) or (f"known keys: {', '.join(known)}",),
                )
                continue
            converted = self._convert(hints[name], value, (*path, name))
            if converted is not MISSING:
                values[name] = converted
        for name, each in known.items():
            if name not in values and each.default is each.default_factory is MISSING:
                if name not in table:
                    self._report("config-value", f"'{name}' is missing", path)
                values[name] = ""
        return kind(**values)

    def _convert(self, hint: Any, value: Any, path: tuple[str | int, ...]) -> Any:
        origin, inner = get_origin(hint), get_args(hint)
        if origin in (UnionType, Union):
            return self._convert_union(inner, value, path)
        if origin is tuple and isinstance(value, list):
            items = [self._convert(inner[0], item, (*path, i)) for i, item in enumerate(value)]
            return tuple(item for item in items if item is not MISSING)
        if origin is dict and isinstance(value, dict):
            read = {key: self._convert(inner[1], item, (*path, key)) for key, item in value.items()}
            return {key: item for key, item in read.items() if item is not MISSING}
        if hasattr(hint, "__dataclass_fields__") and isinstance(value, dict):
            return self.read(hint, value, path)
        if origin is None and type(value) is hint:
            return value
        return self._mismatch(hint, value, path)

    def _convert_union(
        self,
        kinds: tuple[Any, ...],
        value: Any,
        path: tuple[str | int, ...],
    ) -> Any:
        for kind in kinds:
            is_table = hasattr(kind, "__dataclass_fields__")
            if (is_table and isinstance(value, dict)) or type(value) is kind:
                return self._convert(kind, value, path)
        return self._mismatch(kinds[0], value, path)

    def _mismatch(self, hint: Any, value: Any, path: tuple[str | int, ...]) -> Any:
        wanted, found = _type_name(hint), _type_name(type(value))
        self._report("config-value", f"'{_dotted(path)}' must be {wanted}, not {found}", path)
        return MISSING

    def _report(
        self, code: str, message: str, path: tuple[str | int, ...], hints: tuple[str, ...] = ()
    ) -> None:
        span = find_place(self._text, path)
        self.problems.append(diagnose(code, message, self._file, span, hints=hints))

    def check(self, config: Config) -> None:
        """Report values that are of the right type but mean nothing."""
        self._check_sections(config)
        self._check_kinds(config)
        for code, name in config.diagnostics.items():
            if code not in CATALOGUE:
                hints = did_you_mean(code, CATALOGUE)
                self._report(
                    "config-value", f"no diagnostic '{code}'", ("diagnostics", code), hints
                )
            if name not in {"error", "warning", "hint", "off"}:
                message = f"'{name}' is no severity"
                self._report(
                    "config-value", message, ("diagnostics", code), ("error, warning, hint or off",)
                )
        for table, key, choices in _CHOICES:
            value = getattr(getattr(config, table), key)
            if value not in choices:
                message = f"'{value}' is no value of '{key}'"
                hints = (" or ".join(f"'{choice}'" for choice in choices if choice),)
                self._report("config-value", message, (table, key), hints)
        self._check_strings(config)
        self._check_theme(config)
        base_url = config.site.base_url
        if base_url and not base_url.startswith(("https://", "http://")):
            message = "'base_url' must start with https:// or http://"
            self._report("config-value", message, ("site", "base_url"))

    def _check_theme(self, config: Config) -> None:
        for key in ("accent", "accent_dark", "measure"):
            value = getattr(config.theme, key)
            if not _CSS_VALUE.fullmatch(value):
                self._report("config-value", f"'{value}' is no value of CSS", ("theme", key))
            elif key == "measure" and _NO_LENGTH.fullmatch(value):
                hint = f"write a unit, as in '{value}rem'" if "#" not in value else "'33rem' is one"
                self._report("config-value", f"'{value}' is no length", ("theme", key), (hint,))
            elif key != "measure" and _NO_COLOUR.fullmatch(value):
                self._report("config-value", f"'{value}' is no colour", ("theme", key))
        for key in ("links", "social"):
            for index, link in enumerate(getattr(config.theme, key)):
                if not _LINK.fullmatch(link.url):
                    message = f"'{link.url}' is no address of the web and no path in the site"
                    self._report("config-value", message, ("theme", key, index, "url"))
        for name in ("text", "math", "code"):
            self._check_font(name, getattr(config.theme.fonts, name))

    def _check_font(self, name: str, font: FontConfig | None) -> None:
        for key in ("family", "fallback") if font else ():
            value = getattr(font, key)
            allowed = _CSS_FAMILIES if key == "fallback" else _CSS_FAMILY
            if not allowed.fullmatch(value):
                message = f"'{value}' is no name of a family"
                self._report("config-value", message, ("theme", "fonts", name, key))

    def _check_strings(self, config: Config) -> None:
        for key, text in config.strings.items():
            problem = languages.override_problem(key, text)
            if problem:
                hints = did_you_mean(key, languages.keys()) if problem.startswith("no ") else ()
                # A key may be written with its dots inside quotes or outside.
                quoted, dotted = ("strings", key), ("strings", *key.split("."))
                place = quoted if f'"{key}"' in self._text else dotted
                self._report("config-value", problem, place, hints)

    def _check_kinds(self, config: Config) -> None:
        kinds = config.results.kinds
        ids = [kind.id for kind in kinds]
        known = {kind.id for kind in RESULTS} | set(ids)
        for index, kind in enumerate(kinds):
            path = ("results", "kinds", index)
            if kind.id in ids[:index]:
                message = f"two kinds of results have the id '{kind.id}'"
                self._report("config-value", message, (*path, "id"))
            if not _KIND_ID.fullmatch(kind.id):
                message = f"'{kind.id}' cannot name a kind: letters, digits and hyphens can"
                self._report("config-value", message, (*path, "id"))
            if kind.style not in {"", *STYLES}:
                styles = " or ".join(f"'{style}'" for style in STYLES)
                message = f"'{kind.style}' is no style"
                self._report("config-value", message, (*path, "style"), (styles,))
            if kind.counter and kind.counter not in known:
                message = f"no kind '{kind.counter}' to count with"
                hints = did_you_mean(kind.counter, known)
                self._report("config-value", message, (*path, "counter"), hints)
        for name in config.results.fold:
            if name not in known:
                message, hints = f"no kind '{name}' to fold", did_you_mean(name, known)
                self._report("config-value", message, ("results", "fold"), hints)

    def _check_sections(self, config: Config) -> None:
        ids = [section.id for section in config.sections]
        for index, section in enumerate(config.sections):
            if section.id in ids[:index]:
                message = f"two sections have the id '{section.id}'"
                self._report("config-value", message, ("sections", index, "id"))
            if section.parent and section.parent not in ids[:index]:
                message = f"no section '{section.parent}' before this one to be a part of"
                hints = did_you_mean(section.parent, ids)
                self._report("config-value", message, ("sections", index, "parent"), hints)
            if section.order not in {"newest", "oldest", "title"}:
                message = f"'{section.order}' is no order"
                self._report(
                    "config-value",
                    message,
                    ("sections", index, "order"),
                    ("newest, oldest or title",),
                )
            if section.style not in {"list", "stream"}:
                message = f"'{section.style}' is no style"
                place = ("sections", index, "style")
                self._report("config-value", message, place, ("list or stream",))
        for index, folder in enumerate(config.folders):
            if folder.section not in ids:
                hints = did_you_mean(folder.section, ids)
                message = f"no section '{folder.section}'"
                self._report("config-value", message, ("folders", index, "section"), hints)


def parse_config(text: str, file: str = CONFIG_NAME) -> tuple[Config, tuple[Diagnostic, ...]]:
    """The configuration that `text` (TOML) states, with everything that is wrong with it.

    What cannot be understood is reported and replaced by its default, so that one run names every
    problem. `file` is the name used in the diagnostics.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Config(), (_syntax_problem(error, text, file),)
    if isinstance(table.get("strings"), dict):
        table["strings"] = dict(_flat(table["strings"]))
    reader = _Reader(text, file)
    config = reader.read(Config, table, ())
    reader.check(config)
    if reader.problems:
        config = replace(
            config, diagnostics=_valid_severities(config), strings=_valid_strings(config)
        )
    config = replace(
        config, macro_places=_macro_places(text, config), theme_places=_theme_places(text, config),
        file=file,
    )  # fmt: skip
    return config, tuple(reader.problems)


def load_config(path: Path, file: str = CONFIG_NAME) -> tuple[Config, tuple[Diagnostic, ...]]:
    """The configuration in the file at `path`; raises OSError when it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"not valid UTF-8 (byte {error.start})"
        return Config(), (diagnose("config-syntax", message, file),)
    return parse_config(text, file)


def find_config(start: Path) -> Path | None:
    """The nearest `notesite.toml` in `start` or a folder above it."""
    for folder in (start, *start.parents):
        candidate = folder / CONFIG_NAME
        if candidate.is_file():
            return candidate
    return None


def _valid_severities(config: Config) -> dict[str, str]:
    severities = {"error", "warning", "hint", "off"}
    return {c: n for c, n in config.diagnostics.items() if c in CATALOGUE and n in severities}


def _valid_strings(config: Config) -> dict[str, str]:
    return {
        k: text for k, text in config.strings.items() if not languages.override_problem(k, text)
    }


def _flat(table: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """The values of nested tables by the whole of their dotted keys."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield before + key, value


def _macro_places(text: str, config: Config) -> dict[str, Span]:
    found = {name: find_place(text, ("math", "macros", name)) for name in config.math.macros}
    return {name: span for name, span in found.items() if span}


def _theme_places(text: str, config: Config) -> dict[str, Span]:
    found = {n: find_place(text, ("theme", "fonts", n)) for n in ("text", "math", "code")}
    found |= {n: find_place(text, ("theme", n)) for n in ("logo", "favicon")}
    for key in ("links", "social"):
        for index, link in enumerate(getattr(config.theme, key)):
            found[link.url] = find_place(text, ("theme", key, index, "url"))
    return {name: span for name, span in found.items() if span}


def _syntax_problem(error: tomllib.TOMLDecodeError, text: str, file: str) -> Diagnostic:
    # The position stands only in the message ("… (at line 3, column 7)") before Python 3.14.
    message, _, place = str(error).partition(" (at ")
    numbers = [
        int(word) for word in place.replace(",", " ").replace(")", " ").split() if word.isdigit()
    ]
    lines = text.split("\n")
    line, column = numbers if len(numbers) == 2 else (len(lines), len(lines[-1]) + 1)
    if twice := _TWICE.fullmatch(message):
        # Python names the table as a tuple: ('theme', 'fonts').
        message = f"the table [{'.'.join(_TABLE_NAME.findall(twice[1]))}] stands twice"
    return diagnose("config-syntax", message[:1].lower() + message[1:], file, Span.at(line, column))


def _dotted(path: tuple[str | int, ...]) -> str:
    return ".".join(str(part) for part in path)


def _type_name(kind: Any) -> str:
    names = {
        str: "a string",
        bool: "true or false",
        int: "a whole number",
        float: "a number",
        list: "a list",
        dict: "a table",
        tuple: "a list",
    }
    plain = get_origin(kind) or kind
    return names.get(
        plain, "a table" if hasattr(plain, "__dataclass_fields__") else "a date or time"
    )
