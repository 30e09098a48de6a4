"""Hosts: where a panel is opened from, one file each: how it proves who may look, and how it ends in a Launch.

A new host is its file, its line in HOSTS, its section of docs/embedding/, and its test file.
"""

from lpcontext.launch.hosts.canvas import CANVAS
from lpcontext.launch.hosts.click_to_call import CLICK_TO_CALL
from lpcontext.launch.hosts.host import Host
from lpcontext.launch.hosts.hubspot import HUBSPOT
from lpcontext.launch.hosts.login import LOGIN
from lpcontext.launch.hosts.signed_post import SIGNED_POST
from lpcontext.launch.hosts.ticket import TICKET
from lpcontext.launch.hosts.zendesk import ZENDESK

HOSTS: tuple[Host, ...] = (TICKET, LOGIN, CANVAS, ZENDESK, HUBSPOT, SIGNED_POST, CLICK_TO_CALL)

__all__ = ["HOSTS"]
