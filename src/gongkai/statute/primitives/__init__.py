"""What every room of the statute shares: places, findings, errors."""

from gongkai.statute.primitives.errors import InputFault, InputRefused
from gongkai.statute.primitives.findings import (
    CasePlace,
    CellPlace,
    DocumentPlace,
    Finding,
    PassagePlace,
    Place,
    ProsePlace,
    Severity,
)

__all__ = [
    "CasePlace",
    "CellPlace",
    "DocumentPlace",
    "Finding",
    "InputFault",
    "InputRefused",
    "PassagePlace",
    "Place",
    "ProsePlace",
    "Severity",
]
