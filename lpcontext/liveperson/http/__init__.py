"""HTTP: one request to one service of LivePerson, and its response whole, or a named error.

Belongs here: the connection and its pool, time limits, which hosts may be asked, cookies, what libraries raise, ids on
their way into an address. Does not: in whose name (auth), what the response says (responses).
"""
