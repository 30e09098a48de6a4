"""Why a call to LivePerson failed, in words from a closed list.

A reason is safe everywhere: in a log line, as a metric label, in the admin. LivePerson's own text never gets this far.
"""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """A word for machines; `sentence` says the same to the operator."""

    sentence: str

    def __new__(cls, word: str, sentence: str) -> Reason:
        reason = str.__new__(cls, word)
        reason._value_ = word
        reason.sentence = sentence
        return reason

    # ask again later
    TIMED_OUT = "timed-out", "LivePerson did not answer in time."
    CONNECTION_FAILED = "connection-failed", "No connection to LivePerson: check name resolution, firewall and proxy."
    CONNECTION_DROPPED = "connection-dropped", "LivePerson closed the connection without an answer."
    ANSWER_CUT = "answer-cut", "The connection broke in the middle of an answer."
    TLS_FAILED = "tls-failed", "No trusted TLS connection: check the CA bundle and whether a proxy breaks up TLS."
    PROXY_FAILED = "proxy-failed", "The configured proxy does not let us through."
    SERVER_FAILED = "server-failed", "LivePerson has an internal error or is under maintenance."
    STILL_LOADING = "still-loading", "LivePerson is loading the account and asks for patience."
    RATE_LIMITED = "rate-limited", "LivePerson got too many requests and asks for a pause."
    LOGIN_UNDER_WAY = "login-under-way", "Another worker is logging in for this account."

    AGENT_SESSION_UNDER_WAY = "agent-session-under-way", "Another worker is starting the agent session of this account."

    # credentials
    SIGNATURE_INVALID = "signature-invalid", "The OAuth signature is wrong: check both secrets of the API key."
    KEY_UNKNOWN = "key-unknown", "LivePerson does not accept the app key: check it, and that the key is enabled."
    TOKEN_REFUSED = "token-refused", "LivePerson does not accept the access token: check it belongs to the app key."
    CLOCK_REFUSED = "clock-refused", "LivePerson does not accept our time: check this machine's clock."
    NONCE_REFUSED = "nonce-refused", "LivePerson has seen this nonce before."
    NOT_AUTHORIZED = "not-authorized", "LivePerson did not accept the credentials and did not say why."
    NO_PERMISSION = (
        "no-permission",
        "The credentials are good but may not do this: check the key's or user's permissions.",
    )
    LOGIN_REFUSED = "login-refused", "LivePerson refused the log-in: check user name, password or client credentials."
    LOGIN_ENDED = "login-ended", "The log-in is over; the next call logs in again."
    BEARER_REFUSED = "bearer-refused", "LivePerson refused the bearer of a log-in it had just accepted."
    LOGIN_BLOCKED = "login-blocked", "LivePerson has blocked the account or user name: contact LivePerson's support."
    AGENT_SESSION_REFUSED = (
        "agent-session-refused",
        "LivePerson lets us into no agent session: check that the user or key may use the Chat Agent API.",
    )

    # the question
    WRONG_ACCOUNT = "wrong-account", "LivePerson does not know the account, at this host or with these ids."
    WRONG_VISITOR = "wrong-visitor", "The visitor id is not one LivePerson could know."
    WRONG_SESSION = "wrong-session", "The session id is not one LivePerson could know."
    BAD_REQUEST = "bad-request", "LivePerson found fault with the request."
    REQUEST_REJECTED = "request-rejected", "LivePerson rejected the request."
    NOT_SENDABLE = "not-sendable", "The request could not be built: check the addresses in the settings."
    HOST_NOT_ALLOWED = "host-not-allowed", "The Domain API named a host outside LIVEPERSON_HOSTS; it was not asked."
    VISIT_NOT_FOUND = "visit-not-found", "The session is over, older than six hours, or never was."
    CHAT_NOT_FOUND = "chat-not-found", "LivePerson knows no such chat in this account, or no longer."

    # the answer
    EMPTY_ANSWER = "empty-answer", "The answer was empty."
    HTML_ANSWER = "html-answer", "The answer was a web page, not JSON: is a proxy or portal in between?"
    NOT_JSON = "not-json", "The answer was not JSON."
    NOT_AN_OBJECT = "not-an-object", "The answer was JSON, but not an object."
    FIELD_MISSING = "field-missing", "The answer lacked a field we cannot do without."
    ERROR_IN_SUCCESS = "error-in-success", "The answer said success and held an error."
    TOO_LARGE = "too-large", "The answer was larger than any visit can be."
    ANOTHERS = "anothers", "The answer was another account's or user's; nothing of it was kept."
    GARBLED = "garbled", "The answer's compression was broken."
    REDIRECTED = "redirected", "The answer pointed to another address, which we do not follow."
