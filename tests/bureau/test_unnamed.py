"""Who asked, struck from a text: whole and by the parts of the contact, never a few digits of something else."""

from __future__ import annotations

import pytest

from gongkai.bureau.casework.identity import Names
from gongkai.bureau.casework.unnamed import masking


@pytest.mark.parametrize(
    ("names", "text", "expected"),
    [
        (("欧阳慕云", None, None), "欧阳慕云申请", "〔申请人〕申请"),
        (("欧阳", "11010519491231002X", None), "11010519491231002X欧阳修", "〔申请人〕〔申请人〕修"),
        ((None, None, "慕云收 13911112222"), "打13911112222找慕云收", "打〔申请人〕找〔申请人〕"),
        (("王", None, "12"), "王女士12件", "王女士12件"),
        (("a.c+", None, None), "abc a.c+", "abc a.c+"),
        ((None, None, None), "没有", "没有"),
    ],
)
def test_striking(names: Names, text: str, expected: str) -> None:
    assert masking(names)(text) == expected
