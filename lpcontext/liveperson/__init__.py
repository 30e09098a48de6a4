"""LivePerson: how to ask it.

Belongs here: credentials, domains, signatures, log-ins, agent sessions, one method per endpoint, retry rules, errors.
Does not: what an answer means (visits, chats), when to ask and who waits (refresh), where secrets rest (accounts),
anything that acts on a chat. Knows no Django.
Looks down on: nothing. May be asked by: refresh, cli.
"""

from lpcontext.liveperson.answers import Told
from lpcontext.liveperson.chat_desk import CHATS_AT_ONCE, ChatDesk
from lpcontext.liveperson.client import LivePersonClient
from lpcontext.liveperson.credentials import (
    ClientCredentials,
    Credentials,
    CredentialsUnreadable,
    OAuth1Key,
    UserLogin,
    read_credentials,
)
from lpcontext.liveperson.errors import (
    AgentSessionRefused,
    AgentSessionUnderWay,
    BadRequest,
    ChatNotFound,
    ConnectionFailed,
    CredentialsRejected,
    HostNotAllowed,
    LivePersonError,
    LoginBlocked,
    LoginUnderWay,
    RateLimited,
    Refused,
    RequestRejected,
    ServerFailed,
    TimedOut,
    Unreachable,
    UnreadableAnswer,
    VisitNotFound,
    WrongAccount,
    WrongSession,
    WrongVisitor,
)
from lpcontext.liveperson.reasons import Reason
from lpcontext.liveperson.retrying import retry_pause
from lpcontext.liveperson.shelf import Shelf
from lpcontext.liveperson.wire import Wire

__all__ = [
    "CHATS_AT_ONCE",
    "AgentSessionRefused",
    "AgentSessionUnderWay",
    "BadRequest",
    "ChatDesk",
    "ChatNotFound",
    "ClientCredentials",
    "ConnectionFailed",
    "Credentials",
    "CredentialsRejected",
    "CredentialsUnreadable",
    "HostNotAllowed",
    "LivePersonClient",
    "LivePersonError",
    "LoginBlocked",
    "LoginUnderWay",
    "OAuth1Key",
    "RateLimited",
    "Reason",
    "Refused",
    "RequestRejected",
    "ServerFailed",
    "Shelf",
    "TimedOut",
    "Told",
    "Unreachable",
    "UnreadableAnswer",
    "UserLogin",
    "VisitNotFound",
    "Wire",
    "WrongAccount",
    "WrongSession",
    "WrongVisitor",
    "read_credentials",
    "retry_pause",
]
