"""Applications that came to the office on paper, by fax or by word of mouth, taken in by whoever received them."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import File, Form, Router, Status
from ninja.decorators import decorate_view
from ninja.files import UploadedFile

from gongkai.bureau.casework import intake
from gongkai.screens.api.access import WRITE, SignedIn, person_of
from gongkai.screens.api.applications import Key
from gongkai.screens.api.schemas.applications import ApplicationIn, ArrivalIn
from gongkai.screens.api.schemas.problem import Code, MadeOut
from gongkai.screens.api.sending import enclosed
from gongkai.screens.api.strict import takes_files
from gongkai.screens.portal.views.apply import LARGEST_SENDING

router = Router(tags=["申请的办理"], auth=SignedIn())


@router.post(
    "/arrivals",
    response={201: MadeOut, **WRITE},
    summary="登记收到的申请",
    description="纸质、传真、口头的申请：要素、收到之日和凭证。缺的要素可以事后告知补正（条例第30条）。"
    "同一个 Idempotency-Key 再送一次，还是那一件。",
    operation_id="receive_application",
)
@decorate_view(takes_files(LARGEST_SENDING))
def receive_application(
    request: HttpRequest,
    key: Key,
    body: Form[Code],
    application: ApplicationIn,
    arrival: ArrivalIn,
    paper: File[UploadedFile | None] = None,
    proof: File[UploadedFile | None] = None,
    power: File[UploadedFile | None] = None,
    evidence: File[UploadedFile | None] = None,
    files: File[list[UploadedFile]] = [],  # noqa: B006  # ninja asks for a list
) -> object:
    person = person_of(request)
    sent = enclosed(paper=paper, proof=proof, power=power, evidence=evidence, files=files)
    came = intake.Arrival(
        arrival.channel, arrival.submitted_on, arrival.receipt_on, arrival.evidence, read_back=arrival.read_back
    )
    made = intake.receive(person, body, application.filing(), came, sent, token=f"api:{person.pk}:{key}")
    return Status(201, {"id": made})
