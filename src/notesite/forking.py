"""Whether another process may begin as a copy of this one."""

from __future__ import annotations

import sys
import threading


def may_fork() -> bool:
    """Whether a fork is safe: the copy has none of the other threads, in the middle of whatever.

    Elsewhere than on Linux libraries of the system have such threads of their own.
    """
    return sys.platform == "linux" and threading.active_count() == 1
