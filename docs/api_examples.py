"""An example with curl for each operation of the API, made from its description: what it needs and no more."""

from __future__ import annotations

import json
import shlex
from typing import Any

# by the name of a field; what is not here is made from its schema
VALUES: dict[str, Any] = {
    "code": "qinglan-kjj", "body": "qinglan-kjj", "agency": "qinglan-kjj", "year": 2025, "because": "移交档案室",
    "evidence": "青科函〔2026〕3号", "text": "已核对，同意。", "subject": "2025年科技项目资金分配结果",
    "title": "科技项目管理办法",
    "name": "2025年科技项目资金分配结果", "who": "江一诺", "number": "KJJ-2026-0001", "table": "requests", "row": "new",
    "column": "total", "part": "lead", "figure": "closed", "to": "docx", "which": "document", "message": 1,
    "telephone": "13800000000", "places": "档案室、公文系统", "terms": "资金分配", "period": "2025年",
    "searchers": "承办人",
    "result": "没有检索到", "from_person": "chengban", "to_person": "zhuanyuan", "word": "青科公复", "seen": 0,
    "outcome": "granted", "kind": None, "source_id": "KJJ-2026-017", "body_text": "正文", "ground": None,
    "key": "requests.new", "texts": ["2025年分配结果", "2025年验收意见"], "requests": [1, 2],
    "lesson": "先检索，后答复。",
    "elements": {}, "rows": {}, "value": 12, "answer": "将研究", "act": None, "file": None, "decision": None,
}  # fmt: skip
OF: dict[str, dict[str, Any]] = {
    "state_cell": {"column": "decisions"},
    "statement_row": {"row": "licences"},
    "follow": {"code": "7K2M-9QXD-41TC"},
    "fetch_document": {"code": "7K2M-9QXD-41TC"},
    "say": {"code": "7K2M-9QXD-41TC"},
    "form": {"code": "2021"},
    "review_item": {"ground": "不涉密，可以公开"},
    "close_remedy": {"result": "upheld"},
    "letter": {"number": 1},
}
"""Where a name means another thing."""
WHOLE: dict[str, Any] = {
    "append_event": {"event": {"kind": "archived", "on": "2026-03-02"}, "evidence": "移交清单", "seen": 6},
    "assign": {"person": "chengban", "task": "主办", "due_on": "2026-03-02"},
    "assign_many": {"requests": [1, 2], "person": "chengban"},
    "redact": {"ground": {"article": "15", "reason": "个人隐私"}, "proposals": [1, 2]},
    "write_letter": {"word": "青科公复", "elements": {"reasons": "经检索，予以公开。"}, "seen": 1},
    "add_line": {"name": "科技型企业认定", "decisions": 3, "evidence": "许可台账"},
    "deadline": {
        "body": "qinglan-kjj", "channel": "in_person", "as_of": "2026-03-02",
        "events": [{"kind": "submitted", "on": "2026-03-02"}],
    },
    "extra_rows": {"rows": {}},
    "register_request": {
        "body": "qinglan-kjj", "applicant": {"kind": "natural_person"}, "subject": "2025年科技项目资金分配结果",
        "channel": "in_person", "events": [{"kind": "submitted", "on": "2026-03-02"}], "evidence": "申请书",
    },
}  # fmt: skip
APPLICATION = {
    "kind": "natural_person", "applicant": {"name": "江一诺", "document": "other", "id_number": "护照 E00000000"},
    "telephone": "13800000000", "wanted": [{"name": "2025年科技项目资金分配结果"}], "form": "paper", "way": "post",
    "post": "青澜县人民路1号",
}  # fmt: skip
WHOLE |= {
    "apply.application": APPLICATION,
    "receive_application.application": APPLICATION,
    "receive_application.arrival": {"channel": "in_person", "submitted_on": "2026-03-02", "evidence": "申请书"},
    "decide_item.decision": {"outcome": "granted", "articles": ["36(2)"], "reason": "可以公开"},
    "search_applicant": {"who": "江一诺"},
    "answer_message": {"answer": "已经公开，见本机关网站。"},
    "give_opinion": {"kind": "section", "conclusion": "agree", "text": "同意公开。"},
}
DAY = "2026-03-02"


def curl(described: dict[str, Any], method: str, path: str, operation: dict[str, Any]) -> str:
    """The command, a line an option; signed in where the operation asks for it."""
    signed, name = bool(operation.get("security")), operation["operationId"]
    lines = []
    asked = []
    for each in operation.get("parameters", []):
        value = sample(described, each["schema"], each["name"], name)
        if each["in"] == "path":
            path = path.replace("{" + each["name"] + "}", str(value))
        elif each["in"] == "header":
            lines.append(f'-H "{each["name"]}: $(uuidgen)"')
        elif each.get("required"):
            asked.append(f"{each['name']}={value}")
    if signed:
        lines.append("-b $COOKIES")
        if method != "GET":
            lines.append('-H "X-CSRFToken: $TOKEN" -H "Referer: $HOST/"')
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" in content:
        body = WHOLE.get(name) or sample(described, content["application/json"]["schema"], "", name)
        lines += ["-H 'Content-Type: application/json'", f"-d {shlex.quote(json.dumps(body, ensure_ascii=False))}"]
    elif content:
        lines += _form(described, next(iter(content.values()))["schema"], name)
    verb = [] if method == "GET" else [f"-X {method}"]
    whole = f"$HOST{path}" + (f"?{'&'.join(asked)}" if asked else "")
    if any("format" in str(each) and "binary" in str(each) for each in operation["responses"].get(200, {}).values()):
        lines.append("-OJ")
    return " \\\n  ".join([" ".join(["curl", *verb, f'"{whole}"']), *lines])


def _form(described: dict[str, Any], schema: dict[str, Any], operation: str) -> list[str]:
    schema = _followed(described, schema)
    lines = []
    for name, each in schema.get("properties", {}).items():
        told = _followed(described, each)
        if "binary" in json.dumps(told):
            lines += [f"-F {name}=@文件.pdf"] if name in schema.get("required", ()) else []
        elif name in schema.get("required", ()):
            value = WHOLE.get(f"{operation}.{name}") or sample(described, each, name, operation)
            text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
            lines.append(f"-F {shlex.quote(f'{name}={text}')}")
    return lines or ["-F seen=0"]


def sample(described: dict[str, Any], schema: dict[str, Any], name: str, operation: str) -> Any:
    """A value that the schema takes: by the name of the field, by its list of words, by its type."""
    schema = _followed(described, schema)
    if name in OF.get(operation, {}):
        return OF[operation][name]
    if schema.get("type") == "object" and "properties" in schema:
        return {
            each: sample(described, schema["properties"][each], each, operation) for each in schema.get("required", ())
        }
    if "enum" in schema and (name not in VALUES or VALUES[name] not in schema["enum"]):
        return next(each for each in schema["enum"] if each)
    if "const" in schema:
        return schema["const"]
    known = VALUES.get(name)
    if known is not None and _fits(schema, known):
        return known
    return _by_type(described, schema, operation)


def _fits(schema: dict[str, Any], value: Any) -> bool:
    kinds = {"string": str, "integer": int, "array": list, "object": dict}
    return isinstance(value, kinds.get(schema.get("type", ""), object))


def _by_type(described: dict[str, Any], schema: dict[str, Any], operation: str) -> Any:
    kind = schema.get("type")
    if kind == "string":
        return DAY if schema.get("format") == "date" else "说明"
    if kind == "array":
        return [sample(described, schema["items"], "", operation)] if schema.get("minItems") else []
    return {"integer": max(1, schema.get("minimum", 1)), "number": 0.5, "boolean": True, "object": {}}.get(str(kind))


def _followed(described: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The schema itself behind references; the first of several that is not null."""
    while "$ref" in schema or "anyOf" in schema or "allOf" in schema:
        if "$ref" in schema:
            schema = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        else:
            listed = schema.get("anyOf") or schema["allOf"]
            schema = next(each for each in listed if each.get("type") != "null")
    return schema
