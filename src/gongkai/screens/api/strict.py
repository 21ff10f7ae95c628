"""What every operation is held to before it looks at anything: sizes, text that a database can keep, JSON that is JSON.

Every answer is a problem or what openapi.json says; only what says otherwise may be cached.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, NoReturn

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, get_script_prefix
from django.utils.datastructures import MultiValueDict
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser
from ninja.renderers import JSONRenderer

from gongkai.screens.api.problems import NotJson, problem
from gongkai.screens.api.who import ROLES_OF
from gongkai.screens.ui.uploads import MEGABYTE, hold_in_memory, too_much

ROOT = "/api/v1/"
LARGEST_JSON = MEGABYTE
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
View = Callable[..., HttpResponseBase]


class Unreadable(SuspiciousOperation):
    """Text that is no text: zero bytes, halves of surrogate pairs, numbers that are none."""


class StrictParser(Parser):
    """JSON as RFC 8259 has it, and text that both databases can keep."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        if getattr(request, "content_type", None) not in (None, "application/json"):
            raise NotJson
        found: dict[str, Any] = json.loads(request.body, parse_constant=_refuse_constant)
        _refuse_unkept(found)
        return found

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        found: dict[str, Any] = super().parse_querydict(data, list_fields, request)
        _refuse_unkept(found)
        return found


class StrictAPI(NinjaAPI):
    """The API of the house: strict parsing, readable Chinese, problems described as problems."""

    def __init__(self, **told: Any) -> None:
        super().__init__(parser=StrictParser(), renderer=Readable(), **told)

    def _get_urls(self) -> list[Any]:
        found = super()._get_urls()
        for each in found:
            if isinstance(each, URLPattern):
                each.callback = held(each.callback)
        return found

    def get_openapi_schema(self, **told: Any) -> OpenAPISchema:
        """As ninja has it, with the media type of problems and the roles that may.

        The addresses are the same wherever the platform is mounted; a path before them stands in `servers`.
        """
        schema = super().get_openapi_schema(**{**told, "path_prefix": ROOT})
        mounted = get_script_prefix().rstrip("/")
        schema["servers"] = [{"url": mounted}] if mounted else []
        for operation in _operations(schema):
            if roles := ROLES_OF.get(operation["operationId"]):
                operation["x-roles"] = sorted(roles)
            for status, response in operation["responses"].items():
                content = response.get("content")
                if int(status) >= 400 and content:
                    response["content"] = {"application/problem+json": content["application/json"]}
        return schema


class Readable(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False}


def held(view: View) -> View:
    """A view of the API: refused before the body is read where it cannot be right; answered as a problem."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refused = _refused(request)
        response = refused or view(request, *args, **kwargs)
        if response.status_code == 405:
            allowed = response.headers.get("Allow", "")
            response = problem(405, f"只接受 {allowed}")
            response.headers["Allow"] = allowed
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        return response

    return wrapped


def _refused(request: HttpRequest) -> HttpResponseBase | None:
    if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        return problem(400, "地址里有不能用的字符")
    if request.method in ("GET", "HEAD") or request.content_type in FORMS:
        return None
    if too_much(request, LARGEST_JSON):
        return problem(413, f"不超过 {LARGEST_JSON // MEGABYTE} MB")
    return None


def takes_files(largest: int) -> Callable[[View], View]:
    """For `decorate_view`: refuse what is too long, count it, and hold files in memory alone."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.content_type == "application/x-www-form-urlencoded" and too_much(request, LARGEST_JSON):
                return problem(413, f"不带文件的不超过 {LARGEST_JSON // MEGABYTE} MB")
            if too_much(request, largest):
                return problem(413, f"一次不超过 {largest // MEGABYTE} MB")
            hold_in_memory(request)
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


def _refuse_constant(name: str) -> NoReturn:
    raise Unreadable(name)


def _refuse_unkept(given: object) -> None:
    for text in _texts(given):
        if "\0" in text or any("\ud800" <= each <= "\udfff" for each in text):
            raise Unreadable("text that cannot be kept")


def _texts(given: object) -> Iterator[str]:
    """Every text in it, keys too; nested as deep as the parser allows."""
    waiting = [given]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            waiting += [*each, *each.values()]
        elif isinstance(each, list):
            waiting += each


def _operations(schema: OpenAPISchema) -> Iterator[dict[str, Any]]:
    for path in schema["paths"].values():
        yield from path.values()
