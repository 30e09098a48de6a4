"""Responses: what came back as JSON or XML, or as the named error it amounts to.

Belongs here: decoding, internal codes, OAuth problems, which status is which error. Does not: what a visit or chat is.
"""
