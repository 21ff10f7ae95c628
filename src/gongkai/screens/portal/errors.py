"""Error pages in the look of the portal: what happened, what to do, a number to quote; never a traceback."""

from __future__ import annotations

import logging
import secrets
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import requires_csrf_token

from gongkai.screens.portal.old_addresses import moved
from gongkai.screens.portal.page import page
from gongkai.screens.ui.kept_form import from_here, kept_form

log = logging.getLogger(__name__)

HEADINGS = {
    400: _("这个请求读不懂"),
    403: _("没有权限"),
    404: _("没有这一页"),
    405: _("这一页不这样打开"),
    413: _("文件太大"),
    429: _("请求太频繁"),
    500: _("系统出错了"),
}
LINES = {
    400: _("地址或表单的内容不完整、不正确。请回到上一页重新操作。"),
    403: _("您没有做这件事的权限。"),
    404: _("地址可能有误，或者内容已经撤下。请核对地址，或从首页查找。"),
    405: _("这一步由表单提交，不能直接打开或者刷新。请回到上一页重新操作。"),
    413: _("每个文件不超过50 MB，一次合计不超过200 MB。请分几次核查。"),
    429: _("同一地址短时间内的操作太多了，请稍后再试。"),
    500: _("不是您的操作有误。我们已经记下这次错误，请稍后再试。"),
}

WAYS_BACK = {
    "apply": ("portal:apply", _("依申请公开")),
    "follow": ("portal:follow", _("查询申请")),
    "check": ("portal:check", _("核查年度报告")),
}
"""By the first part of the address: where the person was."""
ELSEWHERE = ("portal:bodies", _("机关名录"))


def error_page(request: HttpRequest, status: int, *lines: object) -> HttpResponseBase:
    """The page for that status; its number stands in the log beside the address, without the query."""
    request_id = secrets.token_hex(6)
    log.log(logging.ERROR if status >= 500 else logging.INFO, "%s %s %s", status, request_id, request.path)
    context: dict[str, object] = {
        "heading": HEADINGS.get(status, HTTPStatus(status).phrase),
        "lines": lines or (LINES.get(status, ""),),
        "request_id": request_id,
        "way_back": _way_back(request.path),
        # who works at the desk goes back there
        "desk": request.path.startswith(reverse("desk:home")),
    }
    response = page(request, "portal/error.html", context, status=status)
    response.headers["X-Request-ID"] = request_id
    return response


def _way_back(path: str) -> tuple[str, object]:
    name, words = WAYS_BACK.get(path.removeprefix(reverse("portal:home")).partition("/")[0], ELSEWHERE)
    return reverse(name), words


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return error_page(request, 400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    reason = str(exception)
    return error_page(request, 403, *filter(None, [reason]))


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """An address of the site that stood here before leads to where its page is now (one query, on the portal only)."""
    return moved(request) or error_page(request, 404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponseBase:
    return error_page(request, 500)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A form whose token is missing or old (settings.CSRF_FAILURE_VIEW); what was written at the desk is kept."""
    if request.path.startswith(reverse("desk:home")) and from_here(request):
        return kept_form(request, status=403)
    return error_page(request, 403, _("表单已过期，或浏览器不接受Cookie。请回到上一页，刷新后重新提交。"))
