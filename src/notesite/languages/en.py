"""English, as written in Britain and most elsewhere: 14 September 2026."""

from __future__ import annotations

from notesite.languages.language import Language

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

WORDS = {
    # The frame of every page.
    "page.skip": "Skip to the text",
    "navigation.label": "Site",
    "navigation.menu": "Menu",
    "footer.feed": "Feed",
    "footer.source": "Source",
    "theme.light": "Light theme",
    "theme.dark": "Dark theme",
    "copy.copy": "Copy",
    "copy.copied": "Copied",
    "copy.refused": "Not allowed",
    "figure.enlarge": "Open the picture large",
    "figure.close": "Close",
    # Counts.
    "count.notes.one": "{count} note",
    "count.notes.other": "{count} notes",
    "count.links.one": "{count} link",
    "count.links.other": "{count} links",
    # The page of a note.
    "note.draft": "draft",
    "note.updated": "updated {date}",
    "note.minutes.one": "{count} min",
    "note.minutes.other": "{count} min",
    "note.contents": "Contents",
    "note.backlinks": "Linked from",
    "note.around": "Around this note",
    "note.related": "Related notes",
    "note.neighbours": "Neighbouring notes",
    "note.previous": "Previous",
    "note.next": "Next",
    "note.source": "Source of this note",
    # The other pages.
    "section.part_of": "Part of {section}",
    "all.title": "All notes",
    "all.description": "All notes by date",
    "all.undated": "Undated",
    "all.empty": "There are no notes yet.",
    "tags.title": "Tags",
    "tags.description": "All tags",
    "tags.empty": "No note carries a tag yet.",
    "tag.description": "Notes tagged {tag}",
    "tag.all": "all tags",
    "map.title": "Map",
    "map.description": "All notes and the links between them",
    "map.label": "Map of all notes",
    "map.neighbours": "Map of the neighbouring notes",
    "map.more": "and {count} more",
    "map.summary": "{notes} and {links} between them.",
    "missing.title": "Page not found",
    "missing.heading": "There is no such page",
    "missing.nearest": "Perhaps you were looking for:",
    "missing.text": (
        "The address may hold a slip, or the note has moved or is not yet written. "
        "Perhaps you find it from here:"
    ),
    "missing.index": "{site}, the contents of these notes",
    "missing.all": "{all}, newest first",
    "missing.sections": "Or by section:",
    "moved.title": "Moved",
    "moved.text": "This page has moved {here}.",
    "moved.here": "here",
    # What stands in the text of a note.
    "heading.link": "Link to this section",
    "footnotes.title": "Footnotes",
    "footnotes.back": "Back to the text",
    "film.title": "Film on YouTube",
    "diagram.title": "Diagram",
    "diagram.source": "Source of the diagram",
    "equation.long": "Equation {number}",
    "equation.many": "Equations {numbers}",
    "equation.short": "eq. {number}",
    "equation.short_many": "eqs. {numbers}",
    "list.to": "{first} to {last}",
    "list.and": "{first} and {last}",
    # Theorem-like environments.
    "result.algorithm": "Algorithm",
    "result.assumption": "Assumption",
    "result.axiom": "Axiom",
    "result.claim": "Claim",
    "result.conjecture": "Conjecture",
    "result.corollary": "Corollary",
    "result.definition": "Definition",
    "result.example": "Example",
    "result.exercise": "Exercise",
    "result.hypothesis": "Hypothesis",
    "result.lemma": "Lemma",
    "result.notation": "Notation",
    "result.proof": "Proof",
    "result.proposition": "Proposition",
    "result.remark": "Remark",
    "result.solution": "Solution",
    "result.theorem": "Theorem",
    # Callouts without a title of their own.
    "callout.abstract": "Abstract",
    "callout.attention": "Attention",
    "callout.bug": "Bug",
    "callout.caution": "Caution",
    "callout.check": "Check",
    "callout.cite": "Cite",
    "callout.danger": "Danger",
    "callout.done": "Done",
    "callout.error": "Error",
    "callout.example": "Example",
    "callout.fail": "Fail",
    "callout.failure": "Failure",
    "callout.faq": "Faq",
    "callout.help": "Help",
    "callout.hint": "Hint",
    "callout.important": "Important",
    "callout.info": "Info",
    "callout.missing": "Missing",
    "callout.note": "Note",
    "callout.question": "Question",
    "callout.quote": "Quote",
    "callout.success": "Success",
    "callout.summary": "Summary",
    "callout.tip": "Tip",
    "callout.tldr": "Tldr",
    "callout.todo": "Todo",
    "callout.warning": "Warning",
}


def plural(count: int) -> str:
    """One, or any other number."""
    return "one" if count == 1 else "other"


LANGUAGE = Language(
    code="en",
    name="English",
    direction="ltr",
    plural=plural,
    categories=("one", "other"),
    date="{day} {month} {year}",
    months=MONTHS,
    thousands=",",
    words=WORDS,
)
