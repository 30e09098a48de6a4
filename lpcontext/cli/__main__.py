"""`python -m lpcontext.cli` is `lpcontext`."""

from lpcontext.cli import main

raise SystemExit(main())
