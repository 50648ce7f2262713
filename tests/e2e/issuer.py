"""A sign-in of a house's own, as far as the ledger meets it: keys that sign tokens, their set, and people
who sign in there by authorization code. `python3 issuer.py CLIENT_ID PERSON` runs one for a browser, until
its standard input ends."""

import base64
import hashlib
import html
import http.server
import json
import pathlib
import secrets
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def openssl(*arguments, stdin=b""):
    return subprocess.run(["openssl", *map(str, arguments)], input=stdin, capture_output=True,
                          check=True, timeout=60).stdout


class Key:
    """One of the issuer's: ES256, RS256 or EdDSA."""

    def __init__(self, folder, kid, algorithm):
        self.kid, self.algorithm, self.file = kid, algorithm, folder / f"{kid}.pem"
        kind = {"ES256": ("EC", "-pkeyopt", "ec_paramgen_curve:P-256"),
                "RS256": ("RSA", "-pkeyopt", "rsa_keygen_bits:2048"), "EdDSA": ("ED25519",)}
        openssl("genpkey", "-algorithm", *kind[algorithm], "-out", self.file)
        self.spki = openssl("pkey", "-in", self.file, "-pubout", "-outform", "DER")

    def jwk(self):
        jwk = {"kid": self.kid, "use": "sig", "alg": self.algorithm}
        if self.algorithm == "ES256":
            return {**jwk, "kty": "EC", "crv": "P-256", "x": b64(self.spki[-64:-32]),
                    "y": b64(self.spki[-32:])}
        if self.algorithm == "EdDSA":
            return {**jwk, "kty": "OKP", "crv": "Ed25519", "x": b64(self.spki[-32:])}
        modulus = openssl("rsa", "-in", self.file, "-modulus", "-noout").decode().split("=")[1]
        return {**jwk, "kty": "RSA", "n": b64(bytes.fromhex(modulus.strip())), "e": "AQAB"}

    def sign(self, text):
        if self.algorithm == "EdDSA":
            unsigned = self.file.with_suffix(".txt")  # it is read twice, which no pipe allows
            unsigned.write_bytes(text)
            return openssl("pkeyutl", "-sign", "-rawin", "-inkey", self.file, "-in", unsigned)
        signature = openssl("dgst", "-sha256", "-sign", self.file, stdin=text)
        if self.algorithm == "RS256":
            return signature
        at = 4  # SEQUENCE { INTEGER r, INTEGER s }
        r = signature[at:at + signature[3]]
        at += signature[3] + 2
        s = signature[at:at + signature[at - 1]]
        return b"".join(int.from_bytes(each, "big").to_bytes(32, "big") for each in (r, s))


class Issuer:
    """Serves the set of `keys` over HTTP on this machine."""

    name = "https://sso.house.example"

    def __init__(self, keys):
        self.keys, self.fetches, self.away = keys, 0, False
        issuer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                issuer.answer(self, "")

            def do_POST(self):
                issuer.answer(self, self.rfile.read(int(self.headers["Content-Length"])).decode())

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, request, _):
        self.fetches += 1
        self.send(request, self.key_set())

    def send(self, request, body, status=200, **headers):
        request.send_response(503 if self.away else status)
        for name, value in headers.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body if isinstance(body, bytes) else json.dumps(body).encode())

    def key_set(self):
        return {"keys": [key.jwk() for key in self.keys]}

    @property
    def base(self):
        return f"http://127.0.0.1:{self.server.server_port}"

    @property
    def url(self):
        return f"{self.base}/jwks"

    def options(self, *more):
        return ["--oidc-issuer", self.name, "--oidc-audience", "ledger",
                "--oidc-jwks", self.url, *more]

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def token(self, key, sub, header=None, sign=None, **claims):
        head = {"alg": key.algorithm, "kid": key.kid, "typ": "JWT", **(header or {})}
        body = {"iss": self.name, "aud": "ledger", "sub": sub,
                "exp": int(time.time()) + 300, **claims}
        text = f"{b64(json.dumps(head).encode())}.{b64(json.dumps(body).encode())}"
        return f"{text}.{b64((sign or key.sign)(text.encode()))}"


class SignIn(Issuer):
    """One whose `person` signs in at once; with `asks` on a page of its own, as a browser shows it. By the
    name localhost, so that it is another site than the ledger's 127.0.0.1."""

    def __init__(self, keys, client, secret=None, person="olena", asks=False):
        self.client, self.secret, self.person, self.asks = client, secret, person, asks
        self.codes, self.seen, self.exchanges = {}, [], 0
        self.spoilt = {}            # claims that the ID token says otherwise
        self.token_answer = None    # what the token endpoint does instead: f(request)
        super().__init__(keys)

    @property
    def base(self):
        return f"http://localhost:{self.server.server_port}"

    @property
    def name(self):
        return self.base

    def options(self, ledger, *more):
        return ["--oidc-issuer", self.name, "--oidc-client-id", self.client,
                "--oidc-redirect-base", ledger, *more]

    def answer(self, request, body):
        path, _, query = request.path.partition("?")
        given = dict(urllib.parse.parse_qsl(body or query, keep_blank_values=True))
        handler = {"/.well-known/openid-configuration": self.describe, "/jwks": self.keys_asked,
                   "/authorize": self.authorize, "/allow": self.allow, "/deny": self.deny,
                   "/token": self.exchange}.get(path)
        if handler is None:
            return self.send(request, {}, 404)
        handler(request, given)

    def describe(self, request, _):
        self.send(request, {
            "issuer": self.name, "authorization_endpoint": f"{self.base}/authorize",
            "token_endpoint": f"{self.base}/token", "jwks_uri": f"{self.base}/jwks",
            "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [key.algorithm for key in self.keys],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True})

    def keys_asked(self, request, _):
        self.fetches += 1
        self.send(request, self.key_set())

    def authorize(self, request, given):
        assert given["response_type"] == "code" and given["client_id"] == self.client
        assert given["code_challenge_method"] == "S256" and "openid" in given["scope"].split()
        self.seen.append(given)
        if not self.asks:
            return self.allow(request, given)
        query = html.escape(urllib.parse.urlencode(given))
        page = (f"<!doctype html><html lang=en><title>House</title><h1>House</h1>"
                f"<a href='/allow?{query}'>Yes</a> <a href='/deny?{query}'>No</a>")
        self.send(request, page.encode(), **{"Content-Type": "text/html"})

    def allow(self, request, given):
        code = secrets.token_urlsafe(16)
        self.codes[code] = given
        self.back(request, given, code=code)

    def deny(self, request, given):
        self.back(request, given, error="access_denied", error_description="<b>no</b>")

    def back(self, request, given, **answer):
        query = urllib.parse.urlencode({**answer, "state": given["state"], "iss": self.name})
        self.send(request, b"", 303, Location=f"{given['redirect_uri']}?{query}")

    def exchange(self, request, given):
        self.exchanges += 1
        if self.token_answer:
            return self.token_answer(request)
        asked = self.codes.pop(given["code"], None)
        challenge = b64(hashlib.sha256(given["code_verifier"].encode()).digest())
        good = (asked and given["grant_type"] == "authorization_code"
                and given["redirect_uri"] == asked["redirect_uri"]
                and challenge == asked["code_challenge"])
        if not good:
            return self.send(request, {"error": "invalid_grant"}, 400)
        if self.secret:
            wanted = base64.b64encode(f"{self.client}:{self.secret}".encode()).decode()
            known = request.headers["Authorization"] == f"Basic {wanted}"
        else:
            known = given["client_id"] == self.client
        if not known:
            return self.send(request, {"error": "invalid_client"}, 401)
        token = self.token(self.keys[0], self.person, **{
            "aud": self.client, "iat": int(time.time()), "nonce": asked["nonce"], **self.spoilt})
        self.send(request, {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer",
                            "expires_in": 300, "id_token": token})


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        house = SignIn([Key(pathlib.Path(folder), "ES256", "ES256")], sys.argv[1],
                       person=sys.argv[2], asks=True)
        print(house.name, flush=True)
        sys.stdin.read()
        house.close()
