"""Building: from a folder of notes to a published site."""

from __future__ import annotations

from notesite.building.builder import Builder
from notesite.building.opening import open_project
from notesite.building.values import BuildOptions, BuildReport, Linked, Project

__all__ = ["BuildOptions", "BuildReport", "Builder", "Linked", "Project", "open_project"]
