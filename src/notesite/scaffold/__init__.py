"""What `notesite new`, `notesite new-note` and `notesite import --pages` write."""

from notesite.scaffold.note import new_note
from notesite.scaffold.origin import NAME, requirement
from notesite.scaffold.site_files import new_site
from notesite.scaffold.workflow import write_workflow
from notesite.scaffold.writing import ScaffoldError

__all__ = ["NAME", "ScaffoldError", "new_note", "new_site", "requirement", "write_workflow"]
