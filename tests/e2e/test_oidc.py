"""People sign in at the house's own issuer, against the real ledgerd: by a browser that keeps cookies and
follows nothing by itself, so that each step can be done wrong."""

import http.client
import json
import threading
import time
import urllib.parse

import pytest

from house import Ledger, free_port, until
from issuer import Key, SignIn

START = "/v1/session/oidc/start?return_to=%23%2Fclient%2Fc-1"


def location(answer):
    return answer.getheader("Location")


def word(answer):
    """What the login page is told; "in" of whom the dashboard is shown."""
    assert answer.status == 303
    place = location(answer)
    if not place.startswith("/#/login"):
        return "in"
    return dict(urllib.parse.parse_qsl(place.partition("?")[2])).get("error")


class Browser:
    """Of one person: cookies by name, sent where their path says."""

    def __init__(self, ledger):
        self.ledger, self.cookies = ledger, {}

    def get(self, path, **headers):
        sent = [f"{name}={value}" for name, (value, under) in self.cookies.items()
                if path.partition("?")[0].startswith(under)]
        if sent:
            headers["Cookie"] = "; ".join(sent)
        connection = http.client.HTTPConnection(self.ledger.url.removeprefix("http://"), timeout=60)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.text = answer.read().decode()
        connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            pair, *attributes = line.split("; ")
            name, value = pair.split("=", 1)
            under = next(a.removeprefix("Path=") for a in attributes if a.startswith("Path="))
            if "Max-Age=0" in attributes:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = (value, under)
        return answer

    def at_issuer(self):
        """Starts, and gives the path that the issuer sends the browser back to."""
        away = location(self.get(START))
        parts = urllib.parse.urlsplit(away)
        connection = http.client.HTTPConnection(parts.netloc, timeout=60)
        connection.request("GET", f"{parts.path}?{parts.query}")
        back = location(connection.getresponse())
        connection.close()
        assert back.startswith(self.ledger.url)
        return back.removeprefix(self.ledger.url)

    def sign_in(self):
        return word(self.get(self.at_issuer()))

    def who(self):
        answer = self.get("/v1/session")
        return json.loads(answer.text)["principal"] if answer.status == 200 else None


class House(Ledger):
    def __init__(self, data, issuer, *more):
        port = free_port()
        super().__init__(data, port=port, options=[
            "--access", "on", *issuer.options(f"http://127.0.0.1:{port}"), *more])

    def start(self, ready=True):
        super().start(ready)
        key = self.data / "access" / "admin.key"
        self.people = lambda *words: super(House, self).ctl("--key-file", key, "people", *words)
        until(lambda: "authorize" in (location(Browser(self).get(START)) or ""))
        return self


@pytest.fixture
def issuer(tmp_path):
    made = SignIn([Key(tmp_path, name, name) for name in ("RS256", "ES256")], "ledger-web")
    yield made
    made.close()


@pytest.fixture
def house(tmp_path, issuer):
    with House(tmp_path / "data", issuer, "--oidc-name", "House SSO") as running:
        running.people("add", "olena", "--role", "auditor", "--name", "Олена", "--subject", "olena")
        yield running


def test_a_person_signs_in_and_lands_where_he_wanted(house, issuer):
    browser = Browser(house)
    assert json.loads(browser.get("/v1/session/oidc").text) == {"offered": True, "name": "House SSO"}
    assert browser.who() is None
    answer = browser.get(browser.at_issuer())
    assert answer.status == 303 and location(answer) == "/#/client/c-1"
    session = next(line for line in answer.headers.get_all("Set-Cookie") if "session" in line
                   and "oidc" not in line)
    assert "HttpOnly" in session and "SameSite=Strict" in session
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert browser.who() == "olena"
    assert browser.get("/v1/status").status == 200
    assert [name for name in browser.cookies if "oidc" in name] == []
    # Another who is named ends the first one's session, and begins his own.
    house.people("add", "ivan", "--role", "auditor", "--name", "Іван", "--subject", "7f3a")
    former = browser.cookies["ledger_session"]
    issuer.person = "7f3a"
    assert browser.sign_in() == "in" and browser.who() == "ivan"
    first = Browser(house)
    first.cookies["ledger_session"] = former
    assert first.who() is None
    # Who is shut out is out at once, and does not come back in.
    house.people("shut-out", "ivan")
    assert browser.who() is None
    assert browser.sign_in() == "unknown"


def test_two_pages_of_one_browser_sign_in_side_by_side(house):
    browser = Browser(house)
    one, two = browser.at_issuer(), browser.at_issuer()
    assert word(browser.get(two)) == "in"
    assert word(browser.get(one)) == "in"
    assert browser.who() == "olena"


def test_answers_that_are_played_again_or_swapped(house, issuer):
    mine, others = Browser(house), Browser(house)
    back = mine.at_issuer()
    kept = dict(mine.cookies)
    assert word(mine.get(back)) == "in"
    asked = issuer.exchanges
    mine.cookies.update(kept)
    assert word(mine.get(back)) == "outdated"          # replayed, with the cookie kept
    # Whoever lures a browser onto his own answer signs it in as nobody.
    bait = others.at_issuer()
    assert word(mine.get(bait)) == "outdated" and mine.who() == "olena"
    victim = Browser(house)
    assert word(victim.get(bait)) == "outdated" and victim.who() is None
    # His code with her state: the code is bound to his challenge, and his browser had the other state.
    hers = victim.at_issuer()
    code = dict(urllib.parse.parse_qsl(bait.partition("?")[2]))["code"]
    swapped = dict(urllib.parse.parse_qsl(hers.partition("?")[2]))
    swapped["code"] = code
    path = hers.partition("?")[0] + "?" + urllib.parse.urlencode(swapped)
    assert issuer.exchanges == asked
    assert word(victim.get(path)) == "failed" and victim.who() is None
    assert issuer.exchanges == asked + 1
    assert word(victim.get(hers)) == "outdated"        # and it is over
    # Her state with his cookie's value under her cookie's name.
    again = victim.at_issuer()
    thief = Browser(house)
    thief.at_issuer()
    name = next(name for name in victim.cookies if "oidc" in name)
    thief.cookies[name] = next(each for each in thief.cookies.values())
    assert word(thief.get(again)) == "outdated" and thief.who() is None
    assert word(victim.get(again)) == "in"


def test_nobody_is_sent_elsewhere(house):
    browser = Browser(house)
    for place in ["//evil.example", "https://evil.example", "/\\evil.example", "#/a\r\nX: y",
                  "javascript:alert(1)"]:
        answer = browser.get("/v1/session/oidc/start?" + urllib.parse.urlencode({"return_to": place}))
        assert answer.status == 422 and location(answer) is None
        assert json.loads(answer.text)["field"] == "return_to"
    # What a request says of its host is no word about where the issuer sends browsers back to.
    away = location(browser.get(START, Host="evil.example"))
    back = dict(urllib.parse.parse_qsl(away.partition("?")[2]))["redirect_uri"]
    assert back == f"{house.url}/v1/session/oidc/callback"


def test_tokens_that_are_not_for_this_sign_in(house, issuer):
    for claim, value in [("nonce", "another"), ("nonce", None), ("iss", "https://evil.example"),
                         ("aud", "crm"), ("azp", "crm"), ("exp", 1_700_000_000)]:
        issuer.spoilt = {claim: value}
        assert Browser(house).sign_in() == "failed", claim
    issuer.spoilt = {}
    back = Browser(house).at_issuer()
    mixed = Browser(house)
    mine = mixed.at_issuer()
    evil = mine.replace(urllib.parse.quote(issuer.name, safe=""), "https%3A%2F%2Fevil.example")
    assert evil != mine and word(mixed.get(evil)) == "failed"
    assert back != mine
    # An ID token is no key: without --oidc-audience nobody brings tokens.
    token = issuer.token(issuer.keys[0], "olena", aud="ledger-web")
    assert house.get("/v1/status", Authorization=f"Bearer {token}").status == 401
    assert Browser(house).sign_in() == "in"


def test_the_secrets_of_a_sign_in_are_in_no_log(house, issuer):
    browser = Browser(house)
    back = browser.at_issuer()
    given = dict(urllib.parse.parse_qsl(back.partition("?")[2]))
    assert word(browser.get(back)) == "in"
    denied = Browser(house).at_issuer().replace("code=", "error=%3Cb%3E&error_description=no&x=")
    assert word(Browser(house).get(denied)) == "outdated"
    log = house.log_path.read_text()
    assert '"message":"signed in"' in log and '"by":"issuer"' in log and "a sign-in failed" in log
    for secret in [given["code"], given["state"], issuer.seen[0]["nonce"], "eyJ", "<b>",
                   browser.cookies["ledger_session"][0]]:
        assert secret not in log


def test_a_token_endpoint_that_is_slow_or_endless_harms_nobody(house, issuer):
    def endless(request):
        request.send_response(200)
        request.end_headers()
        try:
            for _ in range(160):
                request.wfile.write(b"x" * 65536)
        except OSError:
            pass  # it was hung up, as it should be

    issuer.token_answer = endless
    assert Browser(house).sign_in() == "away"
    silence = threading.Event()
    issuer.token_answer = lambda request: silence.wait(60)
    waiting, told = [Browser(house) for _ in range(2)], []
    backs = [each.at_issuer() for each in waiting]
    threads = [threading.Thread(target=lambda b=b, p=p: told.append(word(b.get(p))))
               for b, p in zip(waiting, backs)]
    asked = issuer.exchanges
    began = time.monotonic()
    for each in threads:
        each.start()
    until(lambda: issuer.exchanges == asked + 2)
    # Others are answered meanwhile, and a third is told to come later.
    assert Browser(house).sign_in() == "too_many"
    key = (house.data / "access" / "admin.key").read_text().strip()
    assert house.get("/v1/log?limit=1", Authorization=f"Bearer {key}").status == 200
    for each in threads:
        each.join(30)
    assert told == ["away", "away"] and time.monotonic() - began < 20
    silence.set()
    issuer.token_answer = None
    assert Browser(house).sign_in() == "in"


def test_an_issuer_that_moves_elsewhere_is_not_followed(house, issuer):
    issuer.token_answer = lambda request: issuer.send(
        request, b"", 307, Location=f"{issuer.base}/elsewhere")
    asked = issuer.exchanges
    assert Browser(house).sign_in() == "failed" and issuer.exchanges == asked + 1


def test_guesses_end_in_a_pause(house):
    path = "/v1/session/oidc/callback?state=s&code=c"
    words = [word(Browser(house).get(path)) for _ in range(11)]
    assert words == ["outdated"] * 10 + ["too_many"]


def test_a_confidential_client_shows_its_secret(tmp_path, issuer):
    issuer.secret = "s3cret:/+ü"
    secret = tmp_path / "secret"
    secret.write_text("another\n")
    with House(tmp_path / "data", issuer, "--oidc-client-secret-file", secret) as house:
        house.people("add", "olena", "--role", "auditor", "--name", "Олена", "--subject", "olena")
        assert Browser(house).sign_in() == "failed"
        assert "invalid_client" in house.log_path.read_text()
        house.stop()
        issuer.secret = urllib.parse.quote("s3cret:/+ü", safe="")
        issuer.client = "ledger-web"
        secret.write_text("s3cret:/+ü\n")
        house.start()
        assert Browser(house).sign_in() == "in"
        assert "s3cret" not in house.log_path.read_text()


def test_an_issuer_that_is_away_and_comes_back_with_other_keys(tmp_path, issuer):
    with House(tmp_path / "data", issuer) as house:
        house.people("add", "olena", "--role", "auditor", "--name", "Олена", "--subject", "olena")
        assert Browser(house).sign_in() == "in"
        browser = Browser(house)
        back = browser.at_issuer()
        issuer.away = True
        assert word(browser.get(back)) == "away"
        issuer.away = False
        issuer.keys = [Key(tmp_path, "fresh", "EdDSA")]
        assert Browser(house).sign_in() == "in"
