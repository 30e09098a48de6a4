"""Masking: what of a visitor's personal values somebody may read, wherever those values stand.

Belongs here: which values of a visit and its chat are personal and of which kind, how each is found in any text in
every spelling, what is left of it, masked copies of a whole visit or chat. Does not: whose policy hides which kind
(accounts), how anything looks (panel, api).
Looks down on: visits, chats, reading. May be asked by: panel, api.

It follows the value, not the field: a page's title, an address or a line of a chat repeats what a form was filled with.
Texts are searched as a reader would see them (`plain_text.py`): decoded, with plain digits and letters. What cannot be
decided is hidden. Numbers are read by the phonenumbers library.
"""

from lpcontext.masking.copies import copy_masked
from lpcontext.masking.masker import Masker

__all__ = ["Masker", "copy_masked"]
