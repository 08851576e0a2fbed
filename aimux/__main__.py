"""`python -m aimux` is `aimux`."""

import sys

from aimux.cli import main

sys.exit(main())
