"""Emulator: a LivePerson on loopback, and a demo CRM desk that frames the panel.

Belongs here: the documented bodies and codes, visitors' stories (worlds) and chats' stories, faults, our own signature
check, the desk. Does not: anything of the product; it shares no parser, no signer and no code with the other rooms.
Looks down on: nothing. May be asked by: cli, and tests.

One process, one port; `control.py` and `chat_control.py` describe the control API that changes it while it runs, its
clock included.
"""

from .accounts import EmulatedAccount
from .chats import Story, fixed_chat_ids, list_stories
from .choices import Choices
from .desk import CrmKey, Desk, Operator
from .emulator import Emulator, serve
from .fault_kinds import list_faults
from .faults import FaultKind, UnknownFault
from .worlds import World, fixed_ids, list_worlds

__all__ = [
    "Choices",
    "CrmKey",
    "Desk",
    "EmulatedAccount",
    "Emulator",
    "FaultKind",
    "Operator",
    "Story",
    "UnknownFault",
    "World",
    "fixed_chat_ids",
    "fixed_ids",
    "list_faults",
    "list_stories",
    "list_worlds",
    "serve",
]
