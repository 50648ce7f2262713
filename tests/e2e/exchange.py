"""What an Asterisk exchange shows to the outside, scripted: a CDR file, the manager interface."""

import os
import socket
import threading

COLUMNS = ("AccountCode Source Destination DestinationContext CallerID Channel DestinationChannel "
           "LastApplication LastData StartTime AnswerTime EndTime Duration BillableSeconds "
           "Disposition AMAFlags UniqueID UserField PeerAccount LinkedID Sequence").split()


def leg(number, *, device=101, minute=0, seconds=60, linkedid=None, src="0501112200"):
    """An inbound call that a manager answered after five seconds, as values by column."""
    day, start = "2026-11-24", 8 * 3600 + minute * 60
    clock = lambda s: f"{day} {s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}"  # noqa: E731
    unique = f"1764000000.{number}"
    values = ["", src, "600", "from-trunk", f'"A, ""B""" <{src}>', f"PJSIP/trunk-{number:08x}",
              f"PJSIP/{device}-{number:08x}", "Queue", "sales,t", clock(start), clock(start + 5),
              clock(start + 5 + seconds), 5 + seconds, seconds, "ANSWERED", "DOCUMENTATION",
              unique, "", "", linkedid or unique, number]
    return dict(zip(COLUMNS, map(str, values)))


def csv(values):
    quoted = lambda text: '"' + text.replace('"', '""') + '"'  # noqa: E731
    bare = {"Duration", "BillableSeconds", "Sequence"}
    return ",".join(v if k in bare else quoted(v) for k, v in values.items()) + "\n"


class CdrFile:
    """Master.csv, which Asterisk opens for every record."""

    def __init__(self, folder):
        folder.mkdir()
        self.path = folder / "Master.csv"
        self.path.touch()

    def write(self, text):
        with open(self.path, "a") as file:
            file.write(text)

    def add(self, *legs):
        for values in legs:
            self.write(csv(values))

    def rotate(self):
        """As logrotate does with `create` and `delaycompress`."""
        older = sorted(self.path.parent.glob("Master.csv.*"), reverse=True)
        for file in older:
            number = int(file.suffix[1:])
            file.rename(file.with_suffix(f".{number + 1}"))
        self.path.rename(self.path.with_name("Master.csv.1"))
        self.path.touch()

    def copy_and_empty(self):
        """As logrotate does with `copytruncate`."""
        self.path.with_name("Master.csv.1").write_bytes(self.path.read_bytes())
        os.truncate(self.path, 0)


class Manager:
    """The manager interface: takes one client after another, and events to send to it."""

    def __init__(self, secret="s3cret"):
        self.secret = secret
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = "127.0.0.1:%d" % self.listener.getsockname()[1]
        self.client = None
        self.logins = 0
        self.asked_for = []
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            with client:
                self.talk(client)

    def talk(self, client):
        client.sendall(b"Asterisk Call Manager/7.0.3\r\n")
        for action in self.actions(client):
            kind = action.get("Action")
            good = kind != "Login" or action.get("Secret") == self.secret
            if good:
                client.sendall(b"Response: Success\r\nMessage: OK\r\n\r\n")
            else:
                client.sendall(b"Response: Error\r\nMessage: Authentication failed\r\n\r\n")
            if kind == "Login" and good:
                self.asked_for.append(action["Events"])
                self.client, self.logins = client, self.logins + 1

    @staticmethod
    def actions(client):
        text = b""
        while True:
            try:
                piece = client.recv(4096)
            except OSError:
                return
            if not piece:
                return
            text += piece
            *whole, text = text.split(b"\r\n\r\n")
            for action in whole:
                yield dict(line.split(": ", 1) for line in action.decode().split("\r\n"))

    def send(self, text):
        """In two pieces, since a stream promises no more."""
        data = text.encode()
        self.client.sendall(data[:17])
        self.client.sendall(data[17:])

    def cdr(self, values):
        lines = "".join(f"{key}: {value}\r\n" for key, value in values.items())
        self.send(f"Event: Cdr\r\nPrivilege: cdr,all\r\n{lines}\r\n")

    def linkedid_end(self, linkedid):
        self.send(f"Event: CEL\r\nPrivilege: call,all\r\nEventName: LINKEDID_END\r\n"
                  f"LinkedID: {linkedid}\r\n\r\n")

    def drop_client(self):
        self.client.shutdown(socket.SHUT_RDWR)

    def close(self):
        self.listener.close()
