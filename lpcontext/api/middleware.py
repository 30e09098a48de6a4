"""Below /api/ every error is a problem in JSON, whoever found it: Django, a check in front of the views, or a bug."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from lpcontext.audit.request_origin import find_request_id
from lpcontext.problems import PROBLEM_TYPE, build_problem

View = Callable[[HttpRequest], HttpResponse]
_SENTENCES = {
    400: "The request could not be read.",
    403: "This is not allowed.",
    404: "There is nothing at this address.",
    503: "Not possible just now: the database cannot be reached.",
    405: "This address does not answer to that method; Allow says to which.",
}
_KEPT = ("Allow", "Retry-After", "X-Request-Id")


def answer_in_problems(get_response: View) -> View:
    """In front of whatever may answer with a page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code < 400 or not request.path_info.startswith("/api/"):
            return response
        if response.headers.get("Content-Type", "").startswith(PROBLEM_TYPE):
            return response
        return _build_problem(request, response)

    return middleware


def _build_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    status = response.status_code
    request_id = find_request_id(request)
    sentence = _SENTENCES.get(status, "Something went wrong here; its log knows this request by its id.")
    problem = build_problem(status, sentence, requestId=request_id)
    answer = JsonResponse(problem, status=status, content_type=PROBLEM_TYPE)
    answer["Cache-Control"] = "no-store"
    for name in _KEPT:
        if name in response.headers:
            answer[name] = response[name]
    return answer
