"""/api/v1 with its description in openapi.json; any other address under it is a problem too."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from gongkai.screens.api.problems import problem
from gongkai.screens.api.v1 import api


@csrf_exempt
def unknown(request: HttpRequest) -> JsonResponse:
    return problem(404, "没有这个地址，全部地址见 openapi.json")


urlpatterns = [path("", api.urls), re_path("", unknown)]
