"""LivePerson's JSON of a visit into ours; their spelling and their null forms end here."""

from lpcontext.visits.parsing.fingerprint import compute_fingerprint
from lpcontext.visits.parsing.visit import AnotherVisit, ParsedVisit, UnreadableVisit, parse_visit

__all__ = ["AnotherVisit", "ParsedVisit", "UnreadableVisit", "compute_fingerprint", "parse_visit"]
