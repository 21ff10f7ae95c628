"""Who asks: a person with an account by the desk's own session, or anybody."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja.security import SessionAuth
from ninja.utils import check_csrf

from gongkai.bureau.orgs.people import Person
from gongkai.screens.api.schemas.problem import ProblemOut

OPEN: dict[int, Any] = {400: ProblemOut, 404: ProblemOut, 422: ProblemOut, 429: ProblemOut}
"""How an operation for anybody can fail."""
READ: dict[int, Any] = {400: ProblemOut, 401: ProblemOut, 403: ProblemOut, 404: ProblemOut, 422: ProblemOut}
"""How reading with an account can fail."""
WRITE: dict[int, Any] = {**READ, 409: ProblemOut, 413: ProblemOut, 415: ProblemOut}
"""How acting with an account can fail."""


class SignedIn(SessionAuth):
    """The session of the desk; what is sent to change something carries its token (X-CSRFToken) too."""

    def __call__(self, request: HttpRequest) -> Any | None:
        if not request.user.is_authenticated:
            return None
        if check_csrf(request):
            raise PermissionDenied("请求没有带表单令牌（X-CSRFToken），或者令牌已经失效")
        if person_of(request).initial_password:
            raise PermissionDenied("口令是管理员设的，先在工作台改成自己的")
        return request.user


def person_of(request: HttpRequest) -> Person:
    """The signed-in person; operations are behind `SignedIn`."""
    return cast(Person, request.user)
