"""`gongkai serve` for real: it answers, its worker works, it stops whole, and says why it cannot start."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from installed import Installation, installation

PATIENCE = 120
"""Seconds until a machine is taken to be stuck, not slow."""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("home")) as made:
        made.begin()
        assert made.run("demo", "--items", 0)[0] == 0
        yield made


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def wait_for(what: Callable[[], object], process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.2)


def get(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def descendants(process: int) -> set[int]:
    """All processes beneath one, as /proc tells them."""
    found: set[int] = set()
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in task.read_text().split():
            found |= {int(child)} | descendants(int(child))
    return found


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def words(process: int) -> str:
    return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()


@contextmanager
def serving(made: Installation) -> Iterator[tuple[subprocess.Popen[str], int]]:
    port = free_port()
    command = [sys.executable, "-m", "gongkai.cli", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=made.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        wait_for(lambda: listens(port), process)
        yield process, port
    finally:
        for each in descendants(process.pid) if process.poll() is None else ():
            os.kill(each, signal.SIGKILL)
        process.kill()
        process.communicate()


def worker_of(process: subprocess.Popen[str]) -> int:
    (found,) = [each for each in descendants(process.pid) if words(each).strip().endswith("gongkai.cli worker")]
    return found


def kept(made: Installation) -> int:
    """Keep a file as the demo's officer would, for the worker of `serve` to read; its number."""
    code = (
        "import django; django.setup(); from gongkai.bureau.orgs.models import Person; "
        "from gongkai.bureau.annual.services import keep; import uuid; "
        "officer = Person.objects.get(username='zhuanyuan'); "
        "print(*keep(officer, 'qinglan-kjj', [('说明.txt', ('这不是年度报告。' + uuid.uuid4().hex).encode())]))"
    )
    variables = made.environment | {"DJANGO_SETTINGS_MODULE": "gongkai.settings"}
    done = subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_its_worker_works_and_it_stops_whole(how: signal.Signals, installed: Installation) -> None:
    with serving(installed) as (process, port):
        assert get(port, "/healthz") == (200, '{"status": "ok"}')
        status, shown = get(port, "/")
        assert status == 200
        assert "政府信息公开" in shown
        assert get(port, "/desk/")[0] == 302
        check = kept(installed)
        state = f"SELECT state FROM annual_keptcheck WHERE id = {check}"
        wait_for(lambda: installed.sql(state) != [("waiting",)], process)
        assert installed.sql(state)[0][0] in {"read", "unreadable"}
        family = descendants(process.pid)
        assert worker_of(process) in family
        process.send_signal(how)
        printed, told = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, told
        assert told.splitlines()[-1] == "已停止。"
        assert f"  工作台  http://127.0.0.1:{port}/desk/" in printed.splitlines()
        assert "    zhuanyuan      沈若溪  公开专员" in printed.splitlines()
        assert "Traceback" not in told
        assert [each for each in family if alive(each)] == []
        assert not listens(port)


def test_when_one_half_dies_the_other_stops_too(installed: Installation) -> None:
    with serving(installed) as (process, port):
        family = descendants(process.pid)
        os.kill(worker_of(process), signal.SIGKILL)
        _, told = process.communicate(timeout=PATIENCE)
        assert process.returncode == 1
        assert told.splitlines()[-1] == "后台任务意外停止，平台已停下"
        assert [each for each in family if alive(each)] == []
        assert not listens(port)


def test_a_port_in_use_is_named_before_anything_is_started(installed: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = f"127.0.0.1:{port}：已有别的程序在用；应为另一个端口：gongkai serve --port 8001\n"
        assert installed.run("serve", "--port", port) == (2, "", said)


def test_an_installation_is_made_by_serving_it(tmp_path: Path) -> None:
    with installation(tmp_path / "new") as made, serving(made) as (process, port):
        assert get(port, "/healthz")[0] == 200
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)
        assert made.run("verify")[0] == 0
