"""Values out of answers in any state."""
