"""What the API answers when it cannot do what was asked: problem details (RFC 9457), in Chinese, never a traceback."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, JsonResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from gongkai.screens.ui.rates import TooOftenError
from gongkai.statute.primitives import InputFault, InputRefused

log = logging.getLogger(__name__)

TITLES = {
    400: "请求读不懂",
    404: "没有这一项",
    405: "不接受这种方法",
    413: "文件太大",
    415: "不接受这种内容",
    422: "内容不能用",
    429: "请求太频繁",
    500: "系统出错",
}


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


def too_often(raised: TooOftenError) -> JsonResponse:
    """429, and when to come back."""
    response = problem(429, f"请在{raised.seconds}秒后再试")
    response.headers["Retry-After"] = str(raised.seconds)
    return response


def install(api: NinjaAPI) -> None:
    """Every way in which a request can fail becomes a problem."""

    @api.exception_handler(InputRefused)
    def refused(request: HttpRequest, raised: InputRefused) -> JsonResponse:
        return problem(422, "；".join(map(str, raised.faults)), raised.faults)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, raised: ValidationError) -> JsonResponse:
        faults = [
            InputFault(_place(error), "缺少，或者不是所要求的类型", "openapi.json中的说明") for error in raised.errors
        ]
        return problem(422, "请求缺少必要的内容，或类型不对", faults)

    @api.exception_handler(SuspiciousOperation)
    @api.exception_handler(MultiPartParserError)
    def unreadable(request: HttpRequest, raised: Exception) -> JsonResponse:
        return problem(400, "请求的内容不是完整的表单")

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, raised: Http404) -> JsonResponse:
        return problem(404, str(raised))

    @api.exception_handler(HttpError)
    def refused_by_ninja(request: HttpRequest, raised: HttpError) -> JsonResponse:
        return problem(raised.status_code)

    @api.exception_handler(Exception)
    def unforeseen(request: HttpRequest, raised: Exception) -> JsonResponse:
        number = secrets.token_hex(6)
        log.error("500 %s %s", number, request.path, exc_info=raised)
        return problem(500, f"已经记下这次错误，编号 {number}")


def _place(error: object) -> str:
    location = error.get("loc", ()) if isinstance(error, dict) else ()
    return ".".join(str(each) for each in location[1:]) or "请求"
