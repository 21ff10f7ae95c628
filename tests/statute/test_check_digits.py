"""Check digits: identity numbers, unified social credit codes, the formula of Luhn. The numbers are made up."""

from __future__ import annotations

import pytest

from gongkai.statute.primitives.check_digits import is_credit_code, is_luhn, is_resident_number


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("11010519491231002X", True),  # the example of GB 11643
        ("11010519491231002x", True),
        ("440524188001010014", True),  # the other one
        ("110105194912310021", False),
        ("11010519491331002X", False),
        ("99010519491231002X", False),
        ("110105491231002", True),
        ("110105491331002", False),
        ("1101054912310021", False),
        ("１１０１０５491231002", False),
        ("", False),
    ],
)
def test_resident_number(number: str, valid: bool) -> None:
    assert is_resident_number(number) is valid


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        ("91350100M000100Y43", True),  # the example of GB 32100
        ("91350100M000100Y44", False),
        ("91350100M000100I43", False),
        ("91350100M000100Y4", False),
    ],
)
def test_credit_code(code: str, valid: bool) -> None:
    assert is_credit_code(code) is valid


@pytest.mark.parametrize(
    ("number", "valid"), [("79927398713", True), ("79927398710", False), ("7992739871a", False), ("", False)]
)
def test_luhn(number: str, valid: bool) -> None:
    assert is_luhn(number) is valid
