#!/usr/bin/env bash
# The whole suite: everything on SQLite, then what touches the database again on PostgreSQL where one answers.
# The browser tests and those marked `alike` see the database through the same services; GONGKAI_TEST_ALL=1 runs them
# on PostgreSQL too.
set -uo pipefail
cd "$(dirname "$0")/.."
say() { printf '▸ %s\n' "$*"; }
failed=0

# Debian packages that the tests drive; a machine without root must have them already.
need=()
command -v chromium >/dev/null || need+=(chromium)
fc-list 2>/dev/null | grep -qi 'Noto.*CJK' || need+=(fonts-noto-cjk fontconfig)
command -v soffice >/dev/null || need+=(libreoffice-writer-nogui libreoffice-calc-nogui)
if [ ${#need[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "安装测试所需的软件包：${need[*]}"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${need[@]}" >/dev/null || failed=1
  else
    echo "测试还需要：${need[*]}（apt-get install ${need[*]}）" >&2
    exit 1
  fi
fi

# An installation of its own, so that no test touches the one in use.
GONGKAI_HOME=$(mktemp -d)
export GONGKAI_HOME
trap 'rm -rf "$GONGKAI_HOME"' EXIT
unset DATABASE_URL

step() {
  local name=$1
  shift
  say "$name"
  "$@" || { failed=1; echo "✗ 未通过：$name"; }
}

step "代码风格" .venv/bin/ruff check .
step "代码排版" .venv/bin/ruff format --check .
step "类型" .venv/bin/mypy
step "楼层" .venv/bin/lint-imports
step "全部测试，数据库：SQLite" .venv/bin/pytest -q -n 2 --dist loadfile --no-loadscope-reorder -p no:cacheprovider --basetemp="$GONGKAI_HOME/pytest"

postgres=${GONGKAI_TEST_POSTGRES:-postgres://postgres@127.0.0.1:5432/postgres}
if DATABASE_URL=$postgres .venv/bin/python - <<'PYTHON' 2>/dev/null
import os, psycopg
psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=3).close()
PYTHON
then
  again=(tests/bureau tests/screens -m "not alike")
  [ -z "${GONGKAI_TEST_ALL:-}" ] || again=(tests/bureau tests/screens tests/browser)
  DATABASE_URL=$postgres step "触及数据库的测试，数据库：PostgreSQL" \
    .venv/bin/pytest -q -n 2 --dist loadfile --no-loadscope-reorder -p no:cacheprovider --basetemp="$GONGKAI_HOME/pytest" "${again[@]}"
  say "用到的数据库：SQLite、PostgreSQL"
else
  say "用到的数据库：只有 SQLite（没有 PostgreSQL 应答；可设 GONGKAI_TEST_POSTGRES=postgres://…）"
fi
exit $failed
