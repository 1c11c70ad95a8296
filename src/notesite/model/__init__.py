"""The vocabulary: the values that travel between the stages.

Every class here is a frozen dataclass without behaviour of its own beyond looking things up; all
of them can be pickled, compared and hashed by value where their parts can.
"""

from notesite.model.notes import (
    PAGE_ANCHOR,
    Heading,
    Label,
    Note,
    Result,
    Symbol,
    Use,
    WebLink,
    Withheld,
)
from notesite.model.pages import (
    Page,
    PlannedPage,
)
from notesite.model.placed import (
    Change,
    CitedWork,
    ConfigTexts,
    ImageSize,
    LinkedNote,
    LinkedResult,
    Relation,
    SeriesPlace,
)
from notesite.model.references import (
    CITE_FORMS,
    ELSEWHERE,
    PLAIN,
    Body,
    Cited,
    Held,
    Passage,
    Reference,
    ReferenceKind,
    Title,
)
from notesite.model.site import (
    Group,
    NotationEntry,
    Respelling,
    Section,
    Site,
    Survey,
    Tag,
)
from notesite.model.sources import (
    FrontMatter,
    MacroText,
    Source,
)

__all__ = [
    "CITE_FORMS",
    "ELSEWHERE",
    "PAGE_ANCHOR",
    "PLAIN",
    "Body",
    "Change",
    "Cited",
    "CitedWork",
    "ConfigTexts",
    "FrontMatter",
    "Group",
    "Heading",
    "Held",
    "ImageSize",
    "Label",
    "LinkedNote",
    "LinkedResult",
    "MacroText",
    "NotationEntry",
    "Note",
    "Page",
    "Passage",
    "PlannedPage",
    "Reference",
    "ReferenceKind",
    "Relation",
    "Respelling",
    "Result",
    "Section",
    "SeriesPlace",
    "Site",
    "Source",
    "Survey",
    "Symbol",
    "Tag",
    "Title",
    "Use",
    "WebLink",
    "Withheld",
]
