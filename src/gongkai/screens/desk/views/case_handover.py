"""移交: all that one person has in hand goes to another, when they leave or are away for long."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongkai.bureau.casework import assigning
from gongkai.bureau.casework.queries.handing import hands
from gongkai.screens.desk import field_faults, forms
from gongkai.screens.desk.frame import page, person_of, staff
from gongkai.statute.primitives import InputRefused

PLACES = {
    "移交人": ("leaving", "移交人"), "接手人": ("taking", "接手人"), "承办人": ("taking", "接手人"),
    "原因": ("because", "原因"),
}  # fmt: skip


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    faults = field_faults.NONE
    if request.method == "POST":
        try:
            count = assigning.hand_over(
                person, forms.text(request, "leaving"), forms.text(request, "taking"),
                because=forms.text(request, "because"),
            )  # fmt: skip
        except InputRefused as refused:
            faults = field_faults.faults_of(refused, PLACES)
        else:
            messages.success(request, f"已移交{count}件。")
            return redirect("desk:hand-over")
    found = hands(person)
    context = {
        "leaving": [(each.username, f"{each.name}（在办{each.in_hand}件）") for each in found.holders],
        "taking": found.takers,
        "entered": request.POST,
        "faults": faults,
    }
    return page(request, "desk/case/hand_over.html", context, here="requests", status=400 if faults else 200)
