"""`manage.py serve` listens where it is told, and says at once where it cannot."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from storymap.management.commands.serve import address_of, gunicorn


@pytest.mark.parametrize(
    ("host", "address"), [("127.0.0.1", "127.0.0.1:80"), ("proxied", "proxied:80"), ("::1", "[::1]:80")]
)
def test_an_address_is_written_as_servers_read_it(host: str, address: str) -> None:
    assert address_of(host, 80) == address


def test_a_process_manager_may_start_it_in_any_directory(tmp_path: Path) -> None:
    settings = {"STORYMAP_DATA_DIR": str(tmp_path), "STORYMAP_SECRET_KEY": "x" * 50, "PYTHONPATH": ""}
    environment = {**os.environ, **settings}
    command = gunicorn("127.0.0.1", 0)
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        said = []
        for line in server.stderr:  # until it listens or gives up
            said.append(line)
            if "Listening at" in line:
                break
        server.terminate()
    assert "Listening at" in said[-1], said


def test_a_port_in_use_is_named_before_anything_else_is_done() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is in use"):
            call_command("serve", port=port)


@pytest.mark.parametrize(
    ("host", "port"), [("192.0.2.1", 8000), ("no address", 8000), ("a" * 70, 8000), ("127.0.0.1", 65536)]
)
def test_an_address_that_is_not_this_machine_s_is_refused(host: str, port: int) -> None:
    with pytest.raises(CommandError, match="Cannot listen on .*address of this machine"):
        call_command("serve", host=host, port=port)
