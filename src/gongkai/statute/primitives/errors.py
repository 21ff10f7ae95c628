"""Input that cannot be used, told as values: every fault at once, each with its place and what would be valid."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InputFault:
    """One fault: where it stands (file, line, field, in Chinese), what is wrong, what would be right."""

    place: str
    wrong: str
    valid: str = ""

    def __str__(self) -> str:
        text = f"{self.place}：{self.wrong}"
        return f"{text}；应为{self.valid}" if self.valid else text


class InputRefused(Exception):
    """Raised with all the faults of one input; nothing of that input is used."""

    def __init__(self, *faults: InputFault) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults
