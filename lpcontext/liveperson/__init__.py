"""LivePerson: how to ask it.

Belongs here: credentials, domains, signatures, log-ins, agent sessions, one method per endpoint, retry rules, errors.
Does not: what a response means (visits, chats), when to ask and who waits (refresh), where secrets rest (accounts),
anything that acts on a chat. Knows no Django.
Looks down on: loopback. May be asked by: connections, refresh, cli.

The retry rules are kept by hand: libraries that retry sleep between tries, and a worker's thread must not. They say how
long to wait; who asks queues the subject again.
"""

from lpcontext.liveperson.app_engagement import CreatedSession
from lpcontext.liveperson.auth.credentials import (
    ClientCredentials,
    Credentials,
    CredentialsUnreadable,
    OAuth1Key,
    UserLogin,
    read_credentials,
)
from lpcontext.liveperson.chat_agent import CHATS_AT_ONCE, ChatAgentClient
from lpcontext.liveperson.client import LivePersonClient
from lpcontext.liveperson.errors import (
    AgentSessionRefused,
    BadRequest,
    ChatNotFound,
    ConnectionFailed,
    LivePersonError,
    LoginUnderWay,
    RateLimited,
    RequestRejected,
    Unreachable,
    UnreadableResponse,
    VisitNotFound,
    WrongAccount,
    WrongSession,
    WrongVisitor,
)
from lpcontext.liveperson.http.config import HttpConfig
from lpcontext.liveperson.reasons import Reason
from lpcontext.liveperson.retrying import retry_pause
from lpcontext.liveperson.shared_store import SharedStore

__all__ = [
    "CHATS_AT_ONCE",
    "AgentSessionRefused",
    "BadRequest",
    "ChatAgentClient",
    "ChatNotFound",
    "ClientCredentials",
    "ConnectionFailed",
    "CreatedSession",
    "Credentials",
    "CredentialsUnreadable",
    "HttpConfig",
    "LivePersonClient",
    "LivePersonError",
    "LoginUnderWay",
    "OAuth1Key",
    "RateLimited",
    "Reason",
    "RequestRejected",
    "SharedStore",
    "Unreachable",
    "UnreadableResponse",
    "UserLogin",
    "VisitNotFound",
    "WrongAccount",
    "WrongSession",
    "WrongVisitor",
    "read_credentials",
    "retry_pause",
]
