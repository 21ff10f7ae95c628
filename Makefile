# gongkai：常用命令。`make` 列出全部。
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
export GONGKAI_HOME ?= $(CURDIR)/var

.PHONY: help setup run test quick lint types contracts docs bench lock clean

help: ## 列出全部命令
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

setup: .venv/ready ## 只建环境：.venv/，含 .venv/bin/gongkai

.venv/ready: requirements.lock pyproject.toml
	@deploy/setup.sh "$(PYTHON)"

run: setup ## 启动平台：环境、数据库、青澜县演示数据、门户、工作台、后台任务
	@deploy/run.sh "$(PORT)"

test: setup ## 全部测试（含浏览器）：SQLite 必测，PostgreSQL 有应答则测
	@deploy/test.sh

quick: setup ## 不开浏览器、只用 SQLite 的测试
	@.venv/bin/pytest -q -n 2 -m "not browser"

lint: setup ## 代码风格
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .

types: setup ## 类型
	@.venv/bin/mypy

contracts: setup ## 楼层：谁可以引用谁
	@.venv/bin/lint-imports

docs: setup ## 重新生成 docs/reference 中由程序生成的页面
	@.venv/bin/python docs/generate.py

bench: setup ## 性能测量，每项给出与另一做法的比值
	@for each in benchmarks/[a-z]*_*.py; do echo "== $$each"; .venv/bin/python "$$each" || exit 1; done

lock: setup ## 更新带摘要的依赖清单 requirements.lock
	@.venv/bin/uv pip compile -q --upgrade --generate-hashes --no-emit-index-url --no-header --extra dev pyproject.toml -o requirements.lock

clean: ## 删除环境和缓存（不动 GONGKAI_HOME）
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build test-results
