"""Numbers that prove themselves: identity cards (GB 11643), unified social credit codes (GB 32100), cards (Luhn)."""

from __future__ import annotations

from datetime import date

_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECK = "10X98765432"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
# first two digits of the places of registration (GB/T 2260)
_PROVINCES = frozenset(
    str(code)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83), (91, 91))
    for code in range(first, last + 1)
)


def is_resident_number(number: str) -> bool:
    """A citizen's identity number: 18 characters with check digit (GB 11643—1999), or the 15 digits used before.

    The place of registration and the day of birth must be possible, for 15 digits have no check digit.
    """
    if not number.isascii() or number[:2] not in _PROVINCES:
        return False
    if len(number) == 15 and number.isdigit():
        return _is_day(f"19{number[6:12]}")
    if len(number) != 18 or not number[:17].isdigit() or not _is_day(number[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _RESIDENT_WEIGHTS, strict=True))
    return _RESIDENT_CHECK[total % 11] == number[17].upper()


def is_credit_code(code: str) -> bool:
    """A unified social credit code of a legal person (GB 32100—2015), 18 characters: not personal data."""
    if len(code) != 18 or any(character not in _CREDIT_ALPHABET for character in code):
        return False
    values = [_CREDIT_ALPHABET.index(character) for character in code]
    total = sum(value * weight for value, weight in zip(values[:17], _CREDIT_WEIGHTS, strict=True))
    return (31 - total % 31) % 31 == values[17]


def is_luhn(number: str) -> bool:
    """Whether a string of digits satisfies the formula of Luhn (ISO/IEC 7812-1), as bank cards do."""
    if not (number.isascii() and number.isdigit()):
        return False
    total = 0
    for place, digit in enumerate(map(int, reversed(number))):
        doubled = digit * 2 if place % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _is_day(digits: str) -> bool:
    """Whether eight digits name a day, from 1880 to 2100."""
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return 1880 <= day.year <= 2100
