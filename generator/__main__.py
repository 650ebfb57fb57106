"""`python -m generator` is the command `apupolku`."""

from generator.cli import main

raise SystemExit(main())
