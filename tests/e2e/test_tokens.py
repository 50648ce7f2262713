"""Tokens of the house's own sign-in (JWT), against the real ledgerd and a scripted issuer."""

import hashlib
import hmac
import json
import subprocess

import pytest

from access_house import House
from house import LEDGERD, until
from issuer import Issuer, Key, b64


@pytest.fixture
def signing(tmp_path):
    keys = {name: Key(tmp_path, name, name) for name in ("ES256", "RS256", "EdDSA")}
    issuer = Issuer(list(keys.values()))
    yield issuer, keys
    issuer.close()


def status_of(ledger, token):
    """As a client reads it that heeds Retry-After while the issuer's keys are on their way."""
    asked = until(lambda: (a := ledger.get("/v1/status", **ledger.bearer(token))).status != 503 and a)
    return asked.status


def test_tokens_of_the_houses_own_sign_in(tmp_path, signing):
    issuer, keys = signing
    with House(tmp_path / "data", issuer.options()) as house:
        house.ctl("people", "add", "olena", "--role", "auditor", "--name", "Олена", "--subject", "olena")
        house.ctl("people", "add", "ivan", "--role", "auditor", "--name", "Іван", "--subject", "7f3a")
        # By no id of ours: whoever the issuer calls "admin" is not the administrator.
        assert status_of(house, issuer.token(keys["ES256"], "admin")) == 401
        for key in keys.values():
            assert status_of(house, issuer.token(key, "olena")) == 200
        assert status_of(house, issuer.token(keys["ES256"], "7f3a")) == 200
        assert status_of(house, issuer.token(keys["ES256"], "ivan")) == 401
        assert status_of(house, issuer.token(keys["ES256"], "nobody")) == 401
        house.ctl("people", "shut-out", "olena")
        assert status_of(house, issuer.token(keys["ES256"], "olena")) == 401


def test_forged_tokens(tmp_path, signing):
    issuer, keys = signing
    key = keys["RS256"]
    public = key.spki
    stranger = Key(tmp_path, "stranger", "RS256")
    with House(tmp_path / "data", issuer.options()) as house:
        house.ctl("people", "add", "olena", "--role", "auditor", "--name", "Олена", "--subject", "admin")
        assert status_of(house, issuer.token(key, "admin")) == 200
        good = issuer.token(key, "admin")
        head, body, signature = good.split(".")
        other = b64(json.dumps({"sub": "admin"}).encode())
        hs256 = lambda text: hmac.new(public, text, hashlib.sha256).digest()
        forged = {
            "none": issuer.token(key, "admin", {"alg": "none"}, lambda _: b""),
            "HS256 by the public key": issuer.token(key, "admin", {"alg": "HS256"}, hs256),
            "another's algorithm": issuer.token(key, "admin", {"kid": "ES256"}),
            "a stranger's key": issuer.token(stranger, "admin", {"kid": "RS256"}),
            "his own key in it": issuer.token(stranger, "admin", {"kid": "RS256",
                                                                  "jwk": stranger.jwk()}),
            "other claims": f"{head}.{other}.{signature}",
            "no signature": f"{head}.{body}.",
            "cut": good[:-4],
            "another issuer": issuer.token(key, "admin", iss="https://evil.example"),
            "another audience": issuer.token(key, "admin", aud="crm"),
            "expired": issuer.token(key, "admin", exp=1_700_000_000),
            "not yet": issuer.token(key, "admin", nbf=4_000_000_000),
            "for ever": issuer.token(key, "admin", exp=None),
            "an extension": issuer.token(key, "admin", {"crit": ["exp"]}),
        }
        for why, token in forged.items():
            assert status_of(house, token) == 401, why
        assert status_of(house, good) == 200


def test_an_issuer_rotates_its_keys_and_goes_away(tmp_path, signing):
    issuer, keys = signing
    fresh = Key(tmp_path, "fresh", "EdDSA")
    with House(tmp_path / "data", issuer.options()) as house:
        house.ctl("people", "role", "admin", "admin", "--subject", "admin")
        assert status_of(house, issuer.token(keys["ES256"], "admin")) == 200
        issuer.keys = [fresh]
        assert status_of(house, issuer.token(fresh, "admin")) == 200
        assert status_of(house, issuer.token(keys["ES256"], "admin")) == 401
        issuer.away = True
        asked = issuer.fetches
        for i in range(20):  # keys that nobody has: no flood of fetches
            assert status_of(house, issuer.token(fresh, "admin", {"kid": f"k{i}"})) == 401
        assert issuer.fetches <= asked + 1
        assert status_of(house, issuer.token(fresh, "admin")) == 200


def test_what_would_let_others_in_is_refused_at_the_start(tmp_path):
    def refusal(*options):
        done = subprocess.run([LEDGERD, "--data", tmp_path / "d", *options], capture_output=True,
                              text=True, timeout=60)
        assert done.returncode == 1
        return json.loads(done.stderr.splitlines()[-1])

    beyond = refusal("--access", "on", "--listen", "0.0.0.0:0")
    assert beyond["setting"] == "listen" and "passwords" in beyond["reason"]
    assert refusal("--listen", "0.0.0.0:0")["setting"] == "listen"
    here = ("--access", "on", "--listen", "127.0.0.1:0", "--oidc-issuer", "https://x.example")
    assert refusal(*here)["setting"] == "oidc-audience"
    here += ("--oidc-audience", "ledger")
    plain = ("--oidc-issuer", "http://sso.house.example")
    assert refusal(*here[:4], *plain, *here[6:])["setting"] == "oidc-issuer"
    assert refusal(*here, "--oidc-client-id", "ledger")["setting"] == "oidc-redirect-base"
    assert refusal(*here, "--oidc-jwks", "http://sso.house.example/jwks")["setting"] == "oidc-jwks"
    assert refusal(*here, "--oidc-jwks", "http://127.0.0.1.evil.example/")["setting"] == "oidc-jwks"
