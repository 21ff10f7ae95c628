#!/usr/bin/env bash
# The whole platform for a look: an installation under GONGKAI_HOME, the demo county once, then the servers.
set -euo pipefail
cd "$(dirname "$0")/.."
port=${1:-8000}

if [ ! -e "$GONGKAI_HOME/installed" ]; then
  .venv/bin/gongkai init
  .venv/bin/gongkai demo
  touch "$GONGKAI_HOME/installed"
fi
exec .venv/bin/gongkai serve --port "$port"
