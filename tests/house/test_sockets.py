"""The suite cannot speak to anybody but this machine."""

import socket

import pytest
import pytest_socket


@pytest.mark.filterwarnings("ignore::UserWarning")  # the guard warns before it raises
def test_no_socket_beyond_loopback() -> None:
    with pytest.raises((pytest_socket.SocketBlockedError, pytest_socket.SocketConnectBlockedError)):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_warnings_are_errors(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.getini("filterwarnings")[0] == "error"
