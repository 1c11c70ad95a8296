"""`python -m notesite`."""

import sys

from notesite.cli import main

sys.exit(main())
