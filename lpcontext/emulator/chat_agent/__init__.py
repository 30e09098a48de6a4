"""The Chat Agent API, as far as it reads (contract section 7).

Belongs here: agent sessions and their cookies, who may call, the documents as JSON and XML. Acting on a chat is refused
and counted, never done. Does not: what happens in a chat (`chats`).
"""
