"""The display choices, set by a plain form that works without JavaScript."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from gongkai.screens.ui.display import CHOICES, Display


# Exempt: it changes nothing but how the visitor's own pages look, and portal pages carry no token so that
# they stay the same for everyone and may be cached.
@csrf_exempt
@require_POST
def set_display(request: HttpRequest) -> HttpResponse:
    """Take the choices sent and go back to the page they were sent from (`next`, of this site only)."""
    wishes = {name: request.POST[name] for name in CHOICES if name in request.POST}
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("portal:home")
    response = HttpResponseRedirect(back)
    Display.of(request).changed(wishes).save(response, secure=request.is_secure())
    return response
