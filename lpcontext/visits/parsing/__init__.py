"""LivePerson's JSON of a visit into ours; their spelling and their null forms end here."""

from lpcontext.visits.parsing.fingerprint import fingerprint_answer
from lpcontext.visits.parsing.session import AnotherVisit, ParsedVisit, UnreadableVisit, parse_visit

__all__ = ["AnotherVisit", "ParsedVisit", "UnreadableVisit", "fingerprint_answer", "parse_visit"]
