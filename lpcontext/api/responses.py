"""Answers in JSON, and refusals as problems."""

from __future__ import annotations

from typing import Any

from django.http import JsonResponse

from lpcontext.limits import LimitReached
from lpcontext.problems import PROBLEM_TYPE, build_problem

_TOO_OFTEN = "There were too many requests; Retry-After says, in seconds, when to send the next."


class ApiRefused(Exception):
    """One sentence for the caller, which repeats nothing of what was sent; `retry_after` in seconds."""

    def __init__(
        self, sentence: str, *, status: int, field: str | None = None, retry_after: int = 0, **more: str
    ) -> None:
        self.sentence, self.status, self.field, self.retry_after, self.more = sentence, status, field, retry_after, more
        super().__init__(sentence)


def respond(content: dict[str, Any], *, status: int = 200) -> JsonResponse:
    return JsonResponse(content, status=status)


def respond_refused(refused: ApiRefused) -> JsonResponse:
    problem = build_problem(refused.status, refused.sentence, field=refused.field, **refused.more)
    response = JsonResponse(problem, status=refused.status, content_type=PROBLEM_TYPE)
    if refused.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if refused.retry_after:
        response["Retry-After"] = str(refused.retry_after)
    return response


def refuse_for_now(reached: LimitReached) -> ApiRefused:
    return ApiRefused(_TOO_OFTEN, status=429, retry_after=reached.wait_seconds)
