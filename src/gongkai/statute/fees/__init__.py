"""The information-processing fee (国办函〔2020〕109号): by items or by pages, never both; progressive over brackets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from gongkai.statute.parameters import Parameters, statutory


def fee_by_items(items: int, on: date, parameters: Parameters | None = None) -> int:
    """元 for the requests of one applicant in a calendar month (art. 4)."""

    def number(name: str) -> int:
        return (parameters or statutory()).value(name, on).number

    free, second, width = number("fee_items_free"), number("fee_items_second_bracket"), number("fee_items_bracket")
    price, step = number("fee_items_price"), number("fee_items_step")
    total = max(0, min(items, second) - free) * price
    bottom = second
    while items > bottom:
        price += step
        total += (min(items, bottom + width) - bottom) * price
        bottom += width
    return total


def fee_by_pages(pages: int, on: date, parameters: Parameters | None = None) -> int:
    """元 for the pages of one request (art. 5)."""

    def number(name: str) -> int:
        return (parameters or statutory()).value(name, on).number

    bounds = [number("fee_pages_free"), number("fee_pages_second_bracket"), number("fee_pages_third_bracket")]
    prices = [number(f"fee_pages_price_{place}") for place in (1, 2, 3)]
    tops = [*bounds[1:], pages]
    return sum(
        max(0, min(pages, top) - bottom) * price for bottom, top, price in zip(bounds, tops, prices, strict=True)
    )


Basis = Literal["items", "pages"]


@dataclass(frozen=True, slots=True)
class FeeAccount:
    """What a fee is made of: `before` items of the same applicant in the month were counted already; `words` say it."""

    basis: Basis
    quantity: int
    before: int
    amount: int
    words: str


def account(
    basis: Basis, quantity: int, on: date, *, before: int = 0, parameters: Parameters | None = None
) -> FeeAccount:
    """The fee for one request: by pages, or by items on top of those of the same calendar month (art. 4)."""
    if basis == "pages":
        amount = fee_by_pages(quantity, on, parameters)
        words = (
            f"按量计收，共{quantity}页：{_brackets(fee_by_pages, 0, quantity, on, parameters, '页')}，合计{amount}元"
        )
        return FeeAccount(basis, quantity, 0, amount, words)
    amount = fee_by_items(before + quantity, on, parameters) - fee_by_items(before, on, parameters)
    earlier = f"，本月此前已有{before}件" if before else ""
    lines = _brackets(fee_by_items, before, before + quantity, on, parameters, "件")
    return FeeAccount(basis, quantity, before, amount, f"按件计收，本次{quantity}件{earlier}：{lines}，合计{amount}元")


def _brackets(
    fee: Callable[[int, date, Parameters | None], int],
    first: int,
    last: int,
    on: date,
    parameters: Parameters | None,
    unit: str,
) -> str:
    """第31页至第68页每页10元: each stretch of one price, as the tariff charges it."""
    stretches: list[tuple[int, int, int]] = []
    for number in range(first + 1, last + 1):
        price = fee(number, on, parameters) - fee(number - 1, on, parameters)
        if stretches and stretches[-1][2] == price:
            stretches[-1] = (stretches[-1][0], number, price)
        else:
            stretches.append((number, number, price))
    told = [
        f"第{start}{unit}至第{end}{unit}" + (f"每{unit}{price}元" if price else "不收费")
        for start, end, price in stretches
    ]
    return "，".join(told) or "不收费"
