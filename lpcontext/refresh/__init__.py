from lpcontext.refresh.looking import Look, Subject, look_at_subject

__all__ = ["Look", "Subject", "look_at_subject"]
