"""File names in UTF-8, whatever the locale: from another, a site would have other addresses."""

from __future__ import annotations

import os
import sys


def ensure_utf8() -> None:
    """Begin this process again in Python's UTF-8 mode where names of files have another encoding.

    What is printed keeps the encoding of the terminal.
    """
    if sys.flags.utf8_mode or sys.getfilesystemencoding() == "utf-8" or not sys.executable:
        return
    os.environ["PYTHONIOENCODING"] = f"{sys.stdout.encoding}:backslashreplace"
    os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 - itself
