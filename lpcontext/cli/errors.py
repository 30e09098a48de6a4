"""What goes wrong before anything runs."""


class CannotStart(Exception):
    """One sentence for the terminal."""
