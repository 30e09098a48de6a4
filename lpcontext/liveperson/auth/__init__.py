"""Auth: in whose name a request goes out.

Belongs here: credentials, OAuth 1.0 signatures, the log-in (with a user's password or client credentials) and the agent
session on top of it, each shared by all workers. Does not: where credentials rest (accounts), what is asked.
"""
