"""Which body owes which annual report: to whom, by which day, and whether it tells the three results.

条例第四十九条 names departments and county governments and above; 第五十四条 applies it to authorised organisations;
第五十条第四项 asks the three results (工作考核、社会评议、责任追究) of governments alone. Where the statute names no
day of its own, the day here is custom, may be changed by an office, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.statute.parameters import Parameters, statutory
from gongkai.statute.primitives import InputFault, InputRefused

_LAW = "《中华人民共和国政府信息公开条例》"


@dataclass(frozen=True, slots=True)
class Duty:
    """`reports_to` in Chinese; `deadline` names the parameter of the day; `three_results` as the statute asks.

    `statutory`: the statute itself names the day for such a body; else `changeable` days are an office's to set.
    """

    level: str
    reports_to: str
    deadline: str
    three_results: bool
    article: str
    statutory: bool
    note: str = ""

    @property
    def kind(self) -> str:
        """ "government" or "department": which of the two days, in profiles too."""
        return "government" if self.deadline == "report_deadline_government" else "department"

    @property
    def changeable(self) -> bool:
        """Whether an office may set another day."""
        return not self.statutory

    def due_on(self, year: int, parameters: Parameters | None = None) -> date:
        """The last day for the report on `year`, in the year after it."""
        values = parameters or statutory()
        value = values.value(self.deadline, date(year + 1, 1, 1))
        return date.fromisoformat(f"{year + 1}-{value.value}")


_GOVERNMENT, _DEPARTMENT = "report_deadline_government", "report_deadline_department"
_OWN_RULES = "条例没有为这类机关另定日子，按设立或者主管它的机关的要求，机关可以更改"

_ALL = (
    Duty("province", "国务院办公厅，并向社会公布", _GOVERNMENT, True, f"{_LAW}第四十九条、第五十条", True),
    Duty(
        "city", "上一级政府信息公开工作主管部门，并向社会公布", _GOVERNMENT, True, f"{_LAW}第四十九条、第五十条", True
    ),
    Duty(
        "county", "上一级政府信息公开工作主管部门，并向社会公布", _GOVERNMENT, True, f"{_LAW}第四十九条、第五十条", True
    ),
    Duty(
        "township",
        "县级政府信息公开工作主管部门，并向社会公布",
        _DEPARTMENT,
        True,
        f"{_LAW}第五十条",
        False,
        "第四十九条只写县级以上的政府和部门；日子由县级主管部门定，未定的按部门的日子",
    ),
    *(
        Duty(level, "本级政府信息公开工作主管部门，并向社会公布", _DEPARTMENT, False, f"{_LAW}第四十九条", True)
        for level in ("province_department", "city_department", "county_department")
    ),
    Duty(
        "subdistrict",
        "设立它的人民政府的政府信息公开工作主管部门",
        _DEPARTMENT,
        False,
        f"{_LAW}第四十九条、第五十四条",
        False,
        "派出机关，" + _OWN_RULES,
    ),
    Duty(
        "development_zone",
        "设立它的人民政府的政府信息公开工作主管部门",
        _DEPARTMENT,
        False,
        f"{_LAW}第五十四条",
        False,
        _OWN_RULES,
    ),
    Duty(
        "authorised_body",
        "对应的行政机关的政府信息公开工作主管部门",
        _DEPARTMENT,
        False,
        f"{_LAW}第五十四条",
        False,
        _OWN_RULES,
    ),
    Duty(
        "vertical_department",
        "上一级主管部门",
        _DEPARTMENT,
        False,
        f"{_LAW}第三条、第四十九条",
        False,
        "垂直管理，由上级部门主管本系统的政府信息公开工作，" + _OWN_RULES,
    ),
    Duty("other", "主管它的机关", _DEPARTMENT, False, f"{_LAW}第五十四条", False, _OWN_RULES),
)
DUTIES: Mapping[str, Duty] = {duty.level: duty for duty in _ALL}
"""By the levels of the exchange format `orgs`."""


def duty(level: str) -> Duty:
    """The duty of a body of that level. Any other level raises InputRefused."""
    if level not in DUTIES:
        raise InputRefused(InputFault("机关层级", f"不认识“{level}”", "、".join(DUTIES)))
    return DUTIES[level]
