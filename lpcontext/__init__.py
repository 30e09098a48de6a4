"""lpcontext: what LivePerson knows about the caller, beside the call."""

__version__ = "0.1.0"
