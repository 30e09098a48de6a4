"""Each panel that is opened, and each launch that is refused, is recorded, once; ticks and reloads open nothing."""

from __future__ import annotations

from django.http import HttpRequest

from lpcontext.audit.actions import Action, Actor
from lpcontext.audit.recording import AuditUnavailable, record_action, record_refusal
from lpcontext.audit.request_origin import read_request_origin
from lpcontext.launch.hosts.host import Denied, Host, Outcome, Unverifiable, Verified
from lpcontext.launch.model import Launch

# A flood is counted and does not fill the audit; what LivePerson has not answered yet is tried again.
_UNDECIDED = frozenset({"limit", "upstream"})


def record_outcome(request: HttpRequest, host: Host, outcome: Outcome) -> Outcome:
    """The outcome as it was; what cannot be recorded anywhere is not opened, and may be tried again."""
    if isinstance(outcome, Denied) and outcome.reason not in _UNDECIDED:
        _record_refusal(request, host, outcome)
    if not isinstance(outcome, Verified) or outcome.as_ticket:  # whoever opens the ticket is the one who looks
        return outcome
    try:
        record_action(
            Action.OPENED,
            actor=actor_of(outcome.launch),
            origin=read_request_origin(request),
            subject=outcome.launch.subject,
            reason="by a script, not in a browser" if outcome.is_script else "",
        )
    except AuditUnavailable:
        return Unverifiable(framed_by=outcome.framed_by)
    return outcome


def actor_of(launch: Launch) -> Actor:
    """Whoever looks, as their launch names them."""
    return Actor(
        host=launch.host,
        verified_by=launch.granted_by,
        agent_id=launch.agent_id,
        agent_name=launch.agent_name,
    )


def _record_refusal(request: HttpRequest, host: Host, denied: Denied) -> None:
    record_refusal(
        actor=Actor(host=host.name, agent_id=denied.agent_id, agent_name=denied.agent_name),
        origin=read_request_origin(request),
        failed_check=denied.failed_check or denied.reason,
        account_id=denied.account_id,
        subject=denied.subject,
    )
