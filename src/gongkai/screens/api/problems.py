"""What the API answers when it cannot do what was asked: problem details (RFC 9457), in Chinese, never a traceback."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, JsonResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from gongkai.screens.ui.rates import TooOftenError
from gongkai.statute.primitives import InputFault, InputRefused

log = logging.getLogger(__name__)

TITLES = {
    400: "请求读不懂",
    401: "没有登录",
    403: "不能办",
    404: "没有这一项",
    405: "不接受这种方法",
    409: "已经有人办过",
    413: "内容太大",
    415: "不接受这种内容",
    422: "内容不能用",
    429: "请求太频繁",
    500: "系统出错",
}
VALID = "openapi.json中的说明"
WRONG: Mapping[str, tuple[str, str]] = {
    "missing": ("缺少", VALID),
    "extra_forbidden": ("不认识的字段", VALID),
    "string_too_long": ("太长", "不超过{max_length}个字"),
    "string_too_short": ("太短", "不少于{min_length}个字"),
    "too_long": ("太多", "不超过{max_length}项"),
    "too_short": ("太少", "不少于{min_length}项"),
    "literal_error": ("不是所列的一项", "{expected}"),
    "greater_than_equal": ("太小", "不小于{ge}"),
    "less_than_equal": ("太大", "不大于{le}"),
    "int_parsing": ("不是整数", "整数"),
    "int_type": ("不是整数", "整数"),
    "string_type": ("不是文字", "文字"),
    "string_pattern_mismatch": ("不合格式", VALID),
    "day": ("不是日期", "如 2026-01-31"),
    "bool_parsing": ("不是 true 或 false", "true 或 false"),
}
"""What pydantic finds → what is wrong and what would be right."""


class NotJson(Exception):
    """The body is of another media type than the operation takes."""


class ActedMeanwhile(Exception):
    """Somebody else acted after the caller had looked; carries why the service refused."""

    def __init__(self, faults: Iterable[InputFault]) -> None:
        super().__init__()
        self.faults = tuple(faults)


@contextmanager
def unless_acted(seen: object, now: object) -> Iterator[None]:
    """For an act on what was `seen`: where the service refuses it and `now()` is another state, that is why.

    The service compares too, under its lock; this tells its refusal from one of the content.
    """
    try:
        yield
    except InputRefused as refused:
        if seen is not None and callable(now) and now() != seen:
            raise ActedMeanwhile(refused.faults) from refused
        raise


def problem(status: int, detail: str = "", faults: Iterable[InputFault] = ()) -> JsonResponse:
    """One object: title and status always, `faults` with place, what is wrong, what would be valid."""
    body: dict[str, object] = {"type": "about:blank", "title": TITLES.get(status, "请求没有完成"), "status": status}
    if detail:
        body["detail"] = detail
    listed = [{"place": fault.place, "wrong": fault.wrong, "valid": fault.valid} for fault in faults]
    if listed:
        body["faults"] = listed
    return JsonResponse(
        body, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False}
    )


def told(status: int, faults: tuple[InputFault, ...]) -> JsonResponse:
    return problem(status, "；".join(map(str, faults)), faults)


def too_often(raised: TooOftenError) -> JsonResponse:
    """429, and when to come back."""
    response = problem(429, f"请在{raised.seconds}秒后再试")
    response.headers["Retry-After"] = str(raised.seconds)
    return response


def install(api: NinjaAPI) -> None:
    """Every way in which a request can fail becomes a problem."""
    _install_refusals(api)
    _install_unreadable(api)

    @api.exception_handler(Exception)
    def unforeseen(request: HttpRequest, raised: Exception) -> JsonResponse:
        number = secrets.token_hex(6)
        log.error("500 %s %s", number, request.path, exc_info=raised)
        return problem(500, f"已经记下这次错误，编号 {number}")


def _install_refusals(api: NinjaAPI) -> None:
    """What was understood and is refused."""

    @api.exception_handler(InputRefused)
    def refused(request: HttpRequest, raised: InputRefused) -> JsonResponse:
        return told(422, raised.faults)

    @api.exception_handler(ActedMeanwhile)
    def acted(request: HttpRequest, raised: ActedMeanwhile) -> JsonResponse:
        return told(409, raised.faults)

    @api.exception_handler(PermissionDenied)
    def denied(request: HttpRequest, raised: PermissionDenied) -> JsonResponse:
        return problem(403, str(raised))

    @api.exception_handler(AuthenticationError)
    def not_signed_in(request: HttpRequest, raised: AuthenticationError) -> JsonResponse:
        return problem(401, "请先登录")

    @api.exception_handler(ObjectDoesNotExist)
    @api.exception_handler(Http404)
    def missing(request: HttpRequest, raised: Exception) -> JsonResponse:
        return problem(404, str(raised) if isinstance(raised, Http404) else "")

    @api.exception_handler(TooOftenError)
    def often(request: HttpRequest, raised: TooOftenError) -> JsonResponse:
        return too_often(raised)


def _install_unreadable(api: NinjaAPI) -> None:
    """What could not be understood."""

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, raised: ValidationError) -> JsonResponse:
        return problem(422, "请求缺少必要的内容，或类型不对", [_fault(each) for each in raised.errors])

    @api.exception_handler(SuspiciousOperation)
    @api.exception_handler(MultiPartParserError)
    def unreadable(request: HttpRequest, raised: Exception) -> JsonResponse:
        if isinstance(raised, RequestDataTooBig):
            return problem(413)
        return problem(400, "请求的内容不是完整的表单")

    @api.exception_handler(HttpError)
    def refused_by_ninja(request: HttpRequest, raised: HttpError) -> JsonResponse:
        if isinstance(raised.__cause__, NotJson):
            return problem(415, "只接受 application/json")
        if isinstance(raised.__cause__, RequestDataTooBig):
            return problem(413)
        return problem(raised.status_code, "不是完整的 JSON（UTF-8）" if raised.status_code == 400 else "")


def _fault(error: Mapping[str, Any]) -> InputFault:
    wrong, valid = WRONG.get(str(error.get("type")), ("类型不对，或者不合要求", VALID))
    facts = error.get("ctx", {})
    return InputFault(_place(error), wrong, valid.format(**facts) if "{" in valid else valid)


def _place(error: Mapping[str, Any]) -> str:
    """The field by its path; the body's own name says nothing."""
    source, *path = error.get("loc", ("",))
    shown = path[1:] if source == "body" else path
    return ".".join(str(each) for each in shown)[:200] or "请求"
