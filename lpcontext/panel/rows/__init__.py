"""Rows: one line of a part at a time, in words and as HTML: a page, an event, a product, something said in a chat.

Belongs here: what the lines of one part look like, and which of them are shown. Does not: whole parts, words alone.
"""
