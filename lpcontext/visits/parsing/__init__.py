"""LivePerson's JSON of a visit into ours; their spelling and their null forms end here."""

from lpcontext.visits.parsing.session import ParsedVisit, UnreadableVisit, parse_visit

__all__ = ["ParsedVisit", "UnreadableVisit", "parse_visit"]
