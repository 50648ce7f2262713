"""One who listens at GET /v1/stream, as a browser does: what comes, and where he would go on."""

import json
import select
import socket
import time


class Listener:
    """`last` is the id that a browser would send as Last-Event-ID when it comes again; `wrap` makes
    a socket of TLS of a plain one."""

    def __init__(self, ledger, query="", last=None, receive_buffer=None, wrap=None, key=None):
        host, port = ledger.url.split("//")[1].rsplit(":", 1)
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.connect((host, int(port)))
        if wrap:
            self.socket = wrap(self.socket)
        headers = f"Last-Event-ID: {last}\r\n" if last else ""
        if key:
            headers += f"Authorization: Bearer {key}\r\n"
        self.socket.sendall(f"GET /v1/stream{query} HTTP/1.1\r\nHost: x\r\n{headers}\r\n".encode())
        self.raw, self.text, self.closed = b"", b"", False
        self.head = None
        self.last = last
        self.messages = []

    def fileno(self):
        return self.socket.fileno()

    def take(self, seconds=0.0):
        """What is there, waiting at most so long for it."""
        if not getattr(self.socket, "pending", int)():  # TLS may hold what the socket gave
            readable, _, _ = select.select([self], [], [], max(0.0, seconds))
            if not readable:
                return
        try:
            piece = self.socket.recv(1 << 20)
        except ConnectionError:
            piece = b""
        self.closed = not piece
        self.raw += piece
        if self.head is None and b"\r\n\r\n" in self.raw:
            self.head, self.raw = self.raw.split(b"\r\n\r\n", 1)
        if self.head is None:
            return
        while b"\r\n" in self.raw:  # chunks
            size, rest = self.raw.split(b"\r\n", 1)
            if len(rest) < int(size, 16) + 2:
                break
            self.text += rest[: int(size, 16)]
            self.raw = rest[int(size, 16) + 2:]
        *whole, self.text = self.text.split(b"\n\n")
        for block in whole:
            fields = dict(line.split(b": ", 1) for line in block.split(b"\n"))
            if b"event" not in fields:
                continue
            if b"id" in fields:
                self.last = fields[b"id"].decode()
            self.messages.append((fields[b"event"].decode(), json.loads(fields[b"data"])))

    def of(self, event):
        return [data for name, data in self.messages if name == event]

    def until(self, condition, seconds=30):
        deadline = time.monotonic() + seconds
        while not condition(self):
            assert not self.closed, (self.head, self.messages[-3:])
            assert time.monotonic() < deadline, f"not within {seconds} s: {self.messages[-3:]}"
            self.take(0.2)
        return self

    def close(self):
        self.socket.close()
