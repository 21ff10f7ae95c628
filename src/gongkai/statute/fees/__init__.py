"""The information-processing fee (国办函〔2020〕109号): by items or by pages, never both; progressive over brackets."""

from __future__ import annotations

from datetime import date

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
