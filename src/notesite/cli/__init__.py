"""The command line: the only room that prints, reads the environment and exits."""

from __future__ import annotations

import atexit
import gc
import sys
from typing import TYPE_CHECKING

from notesite.cli.encoding import ensure_utf8

if TYPE_CHECKING:
    from collections.abc import Sequence


_OBJECTS = 200_000
"""New objects after which Python looks for those that are in use only by each other."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that `arguments` (by default the process's) ask for; its exit status.

    0 is success, 1 a site with errors, 2 a command that makes no sense, 130 an interrupt.
    """
    if arguments is None:
        ensure_utf8()
    # A site is many small values that stay: to look through them for cycles takes long and finds
    # nothing. That holds for what is imported too.
    gc.set_threshold(_OBJECTS)
    # Nor at the end, when Python looks through all there is once more before it lets go of it.
    atexit.register(gc.freeze)
    from notesite.cli.arguments import build_argument_parser  # noqa: PLC0415 - after that

    options = build_argument_parser().parse_args(arguments)
    # Imported only now: `--version` and `--help` must not wait for what building needs.
    from notesite.cli.commands import COMMANDS  # noqa: PLC0415

    try:
        return COMMANDS[options.command](options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output, such as `head`, has gone; there is nobody to tell.
        sys.stderr.close()
        return 1
