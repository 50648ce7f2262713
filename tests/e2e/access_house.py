"""A real ledgerd that asks who asks."""

import json

from house import Ledger, event

PASSWORD = "чотири прості слова"


class House(Ledger):
    """A ledger that asks who asks, and its administrator's key."""

    def __init__(self, data, options=(), **more):
        super().__init__(data, options=["--access", "on", *options], **more)

    def start(self, ready=True):
        super().start(ready)
        self.key_file = self.data / "access" / "admin.key"
        self.admin = self.bearer(self.key_file.read_text().strip())
        return self

    @staticmethod
    def bearer(key):
        return {"Authorization": f"Bearer {key}"}

    def ctl(self, *arguments, key=None, **more):
        return super().ctl("--key-file", key or self.key_file, *arguments, **more)

    def send(self, method, path, body, headers=None):
        return self.request(method, path, json.dumps(body).encode(),
                            {"Content-Type": "application/json", **(headers or {})})

    def new_key(self, principal, *more):
        return self.ctl("keys", "create", principal, *more).stdout.strip()

    def post_as(self, key, id, source="asterisk/main"):
        held = event(id, "meeting.held", {"client_id": "c-1", "manager_id": "m-1",
                                          "topic": "ціни"}, source=source)
        return self.post(held, **self.bearer(key))

    def sign_in(self, body):
        answer = self.send("POST", "/v1/session", body)
        if answer.status != 200:
            return answer, {}, {}
        cookie = {"Cookie": answer.headers["Set-Cookie"].split(";")[0]}
        return answer, cookie, {**cookie, "X-CSRF-Token": answer.json["csrf_token"]}

    def changes(self, path):
        self.ctl("export", path)
        lines = [json.loads(line) for line in path.read_bytes().splitlines()]
        return [line for line in lines if line["type"] == "org.salesledger.access.changed.v1"]
