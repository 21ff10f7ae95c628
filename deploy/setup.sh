#!/usr/bin/env bash
# Builds .venv with the locked dependencies and the package itself. Safe to run again.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${1:-python3}

say() { printf '▸ %s\n' "$*"; }

if ! "$python" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "需要 Python 3.11 或更高版本（Debian 12：apt-get install python3 python3-venv）" >&2
  exit 1
fi
# Debian keeps ensurepip in a package of its own.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "安装 python3-venv"
    apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
  else
    echo "缺少 python3-venv，请先执行：sudo apt-get install python3-venv" >&2
    exit 1
  fi
fi
[ -x .venv/bin/python ] || { say "建立虚拟环境 .venv"; "$python" -m venv .venv; }
say "安装依赖（按 requirements.lock，逐个核对摘要）"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
say "安装 gongkai"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
touch .venv/ready
say "就绪：.venv/bin/gongkai --help"
