"""What stands where something is hidden."""

from __future__ import annotations

DOT = "•"
"""In place of one character, where the shape may be seen."""

HIDDEN = DOT * 5
"""In place of a text, however long it is."""
