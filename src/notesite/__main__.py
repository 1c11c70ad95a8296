"""`python -m notesite`."""

import sys

from notesite.cli import main

# Processes that help with the parsing import this module too.
if __name__ == "__main__":
    sys.exit(main())
