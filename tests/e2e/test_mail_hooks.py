"""Mail providers that push over HTTP, in each one's own wire format, against a running ledgerd."""

import base64
import hashlib
import hmac
import json
import subprocess
import time
import urllib.parse

import pytest

from house import LEDGERD, Ledger, event

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}
TOPIC = "arn:aws:sns:eu-central-1:123456789012:mail"
OFFER = "<a1@gurt.example>"
BUYER, BOSS = "buyer@firm.example", "boss@firm.example"


def openssl(*arguments, stdin=b""):
    return subprocess.run(["openssl", *arguments], input=stdin, capture_output=True, check=True,
                          timeout=60).stdout


class Keys:
    """The private sides: SendGrid's on P-256, SNS's RSA with a certificate of its own."""

    def __init__(self, folder):
        self.sendgrid, self.sns = folder / "sendgrid.pem", folder / "sns.pem"
        self.certificate = folder / "sns.crt"
        openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", self.sendgrid)
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=sns.amazonaws.com",
                "-days", "3", "-keyout", self.sns, "-out", self.certificate)
        spki = openssl("ec", "-in", self.sendgrid, "-pubout", "-outform", "DER")
        self.sendgrid_public = base64.b64encode(spki).decode()

    def sign(self, key, text, digest="-sha256"):
        return base64.b64encode(openssl("dgst", digest, "-sign", key, stdin=text)).decode()


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    return Keys(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def hooks(tmp_path, keys):
    options = ["--sendgrid-key", keys.sendgrid_public, "--mailgun-signing-key", "mg-key",
               "--postmark-user", "pm", "--postmark-password", "pm-secret", "--ses-topic", TOPIC,
               "--ses-certificate", keys.certificate, "--mail-own-domains", "gurt.example",
               "--mail-offer-category", "offer"]
    with Ledger(tmp_path / "data", options=options) as ledger:
        for one in [
            event("h1", "manager.hired", {"manager_id": "m-1", "name": "Олена Коваль",
                                          "hired_on": "2026-01-05",
                                          "emails": ["olena@gurt.example"]}),
            event("h2", "client.registered", {"client_id": "c-1", "name": "ТОВ «Ромашка»",
                                              "emails": [BUYER, BOSS]}),
        ]:
            answer = ledger.post(one)
            assert answer.status == 201, answer.body
        settle(ledger)
        yield ledger


def settle(ledger):
    end = ledger.get("/v1/status").json["log_end"]
    assert ledger.get(f"/v1/clients?at_least={end}&max_wait=30000").status == 200


def lines(ledger, kind):
    """Data of the events of a type, in the order of the log."""
    text = ledger.get("/v1/log?texts=opened", Accept="application/x-ndjson").body.decode()
    events = [json.loads(line) for line in text.splitlines()]
    return [one["data"] for one in events if one["type"] == f"org.salesledger.{kind}.v1"]


def facts(ledger):
    return [(one["message_id"], one["recipient"], one["status"])
            for one in lines(ledger, "offer.delivery_changed")]


def waiting(ledger):
    return [one["field"] for one in ledger.get("/v1/quarantine").json["items"]]


def counted(ledger):
    """E-mailed offers of the manager on the day of the letter."""
    settle(ledger)
    board = ledger.get("/v1/quotas?date=2026-11-24").json
    (manager,) = [one for one in board["managers"] if one["manager_id"] == "m-1"]
    (figure,) = [one for one in manager["metrics"] if one["metric"] == "email_offers"]
    return figure["counted"]


def postmark(ledger, record, credentials="pm:pm-secret"):
    sent = {**JSON, "Authorization": "Basic " + base64.b64encode(credentials.encode()).decode()}
    return ledger.request("POST", "/v1/hooks/postmark", json.dumps(record).encode(), sent).status


LETTER = {
    "FromFull": {"Email": "olena@gurt.example", "Name": "Олена"},
    "ToFull": [{"Email": BUYER, "Name": ""}], "CcFull": [],
    "BccFull": [{"Email": "451d9b@inbound.postmarkapp.com", "Name": ""}],
    "OriginalRecipient": "451d9b@inbound.postmarkapp.com", "Subject": "Пропозиція №7",
    "MessageID": "22c74902", "Date": "Tue, 24 Nov 2026 10:15:00 +02:00", "TextBody": "Добрий день",
    "Headers": [{"Name": "Message-ID", "Value": OFFER},
                {"Name": "Received-SPF", "Value": "Pass (sender SPF authorized) identity=mailfrom; "
                                                  "envelope-from=olena@gurt.example"}],
    "Attachments": [{"Name": "Ціни.pdf", "ContentType": "application/pdf",
                     "Content": base64.b64encode(b"%PDF" * 300_000).decode()}]}


def test_postmark(hooks):
    # An offer that the manager has blind-copied to the ledger, with a price list of 1.2 MB.
    assert postmark(hooks, LETTER) == 200
    assert postmark(hooks, LETTER) == 200
    (offer,) = lines(hooks, "offer.emailed")
    assert offer["recipients"] == [BUYER] and offer["attachments"][0]["size_bytes"] == 1_200_000
    assert counted(hooks) == 1
    # Another letter under the same id changes nothing of the first.
    assert postmark(hooks, dict(LETTER, Subject="Зовсім інше")) == 200
    assert lines(hooks, "offer.emailed") == [offer]
    assert waiting(hooks) == ["id"]
    hooks.ctl("quarantine", "dismiss", "0:0", "--reason", "тест")
    # A letter in her name of which Postmark says that it is not hers.
    forged = dict(LETTER, Attachments=[], Headers=[
        {"Name": "Message-ID", "Value": "<f@evil.example>"},
        {"Name": "Received-SPF", "Value": "Fail (not authorized) envelope-from=olena@gurt.example"}])
    assert postmark(hooks, forged) == 200
    assert lines(hooks, "offer.emailed")[1]["authentication_failure"] == "spf=fail"
    assert counted(hooks) == 1
    # The letter of a client is no offer of the house.
    theirs = dict(LETTER, FromFull={"Email": BUYER}, ToFull=[{"Email": "olena@gurt.example"}],
                  Headers=[{"Name": "Message-ID", "Value": "<b@firm.example>"}])
    assert postmark(hooks, theirs) == 200
    assert len(lines(hooks, "offer.emailed")) == 2
    bounce = {"RecordType": "Bounce", "ID": 42, "Type": "HardBounce", "MessageID": "8839",
              "Metadata": {"message-id": OFFER}, "Email": BUYER, "Details": "550 no such user",
              "BouncedAt": "2026-11-24T11:00:10.2735393+02:00"}
    assert postmark(hooks, bounce, "pm:guess") == 403
    assert facts(hooks) == []
    assert postmark(hooks, bounce) == 200
    assert postmark(hooks, bounce) == 200
    assert facts(hooks) == [(OFFER, BUYER, "bounced_hard")]
    # It came back for good: the offer counts no longer, on its own day.
    assert counted(hooks) == 0
    assert waiting(hooks) == []
    assert postmark(hooks, dict(bounce, ID=43, Type="Unsubscribe")) == 200
    assert "consents" in hooks.ctl("quarantine", "list").stdout
    assert hooks.request("POST", "/v1/hooks/postmark", b"{}", JSON).status == 403


def sendgrid(ledger, keys, events, at=None, change=b""):
    at = str(int(time.time())) if at is None else at
    body = json.dumps(events).encode() + b"\r\n"
    signature = keys.sign(keys.sendgrid, at.encode() + body)
    sent = {**JSON, "X-Twilio-Email-Event-Webhook-Signature": signature,
            "X-Twilio-Email-Event-Webhook-Timestamp": at}
    return ledger.request("POST", "/v1/hooks/sendgrid", body + change, sent).status


def test_sendgrid(hooks, keys):
    delivered = {"email": BUYER, "timestamp": 1795500000, "event": "delivered", "smtp-id": OFFER,
                 "sg_event_id": "e1", "sg_message_id": "x.filter1", "category": "offer"}
    bounce = dict(delivered, email=BOSS, event="bounce", sg_event_id="e2", type="blocked",
                  reason="421 try later")
    assert sendgrid(hooks, keys, [delivered, bounce], change=b" ") == 403
    assert facts(hooks) == []
    assert sendgrid(hooks, keys, [delivered, bounce]) == 200
    both = [(OFFER, BUYER, "delivered"), (OFFER, BOSS, "bounced_soft")]
    assert facts(hooks) == both
    # Again, a day later by the first signature and anew: what is known counts once.
    yesterday = str(int(time.time()) - 30 * 3600)
    assert sendgrid(hooks, keys, [delivered, bounce], at=yesterday) == 200
    assert sendgrid(hooks, keys, [bounce, delivered]) == 200
    assert facts(hooks) == both
    # One bad event, one that lies ahead and one that is no object fail nobody else.
    ahead = dict(delivered, sg_event_id="e9", timestamp=int(time.time()) + 86400)
    partly = [dict(bounce, sg_event_id="e3", event="bounce", type="bounce"),
              dict(delivered, sg_event_id="e4", timestamp="soon"), 7, ahead, dict(event="open")]
    assert sendgrid(hooks, keys, partly) == 200
    assert facts(hooks) == [*both, (OFFER, BOSS, "bounced_hard")]
    assert waiting(hooks) == ["1.timestamp"]
    assert sendgrid(hooks, keys, [ahead]) == 200
    assert sorted(waiting(hooks)) == ["1.timestamp", "time"]
    assert sendgrid(hooks, keys, []) == 200
    # More than our own API takes at once.
    many = [dict(delivered, sg_event_id=f"m{n}", note="x" * 500) for n in range(1500)]
    assert sendgrid(hooks, keys, many) == 200
    assert len(facts(hooks)) == 1503
    assert sendgrid(hooks, keys, many) == 200
    assert len(facts(hooks)) == 1503


def mailgun(token="t1", at=None, key="mg-key", **changes):
    at = str(int(time.time())) if at is None else at
    digest = hmac.new(key.encode(), (at + token).encode(), hashlib.sha256).hexdigest()
    data = {"event": "failed", "id": "G9Bn", "timestamp": 1795500000.908181, "recipient": BUYER,
            "severity": "permanent", "reason": "bounce", "tags": ["offer"],
            "message": {"headers": {"message-id": OFFER[1:-1], "subject": "Пропозиція",
                                    "from": "Олена <olena@gurt.example>", "to": BUYER}},
            "delivery-status": {"code": 550, "message": "no such\r\nuser"}, **changes}
    signature = {"timestamp": at, "token": token, "signature": digest}
    return json.dumps({"signature": signature, "event-data": data}).encode()


def test_mailgun(hooks):
    def send(body, label=JSON):
        return hooks.request("POST", "/v1/hooks/mailgun", body, label).status

    accepted = mailgun("t0", event="accepted", id="A1")
    assert send(accepted) == 200
    (offer,) = lines(hooks, "offer.emailed")
    assert offer["sender"] == "olena@gurt.example" and counted(hooks) == 1
    failed = mailgun()
    assert send(failed) == 200
    assert send(failed) == 200
    assert facts(hooks) == [(OFFER, BUYER, "bounced_hard")]
    assert counted(hooks) == 0
    # Signed anew it is the same; a stolen signature is no key for another event.
    assert send(mailgun("t2")) == 200
    assert send(failed.replace(BUYER.encode(), BOSS.encode())) == 406
    assert send(mailgun("t3", key="guess", id="X")) == 403
    assert send(mailgun("t4", at=str(int(time.time()) - 25 * 3600), id="X")) == 406
    assert send(mailgun("t5", at=str(int(time.time()) - 23 * 3600))) == 200
    assert send(b"x") == 403
    assert facts(hooks) == [(OFFER, BUYER, "bounced_hard")]
    assert waiting(hooks) == []
    assert send(mailgun("t6", id="B", severity="so-so")) == 200
    assert waiting(hooks) == ["event-data.severity"]
    # The legacy form tells of its own time.
    at = str(int(time.time()))
    digest = hmac.new(b"mg-key", (at + "t7").encode(), hashlib.sha256).hexdigest()
    legacy = {"event": "complained", "recipient": BOSS, "Message-Id": OFFER, "timestamp": at,
              "token": "t7", "signature": digest}
    assert send(urllib.parse.urlencode(legacy).encode(), FORM) == 200
    assert facts(hooks)[1:] == [(OFFER, BOSS, "complained")]
    metrics = hooks.get("/metrics").body.decode()
    assert 'webhook_deliveries_total{result="forged"} 4' in metrics


def sns(keys, message, version="2", topic=TOPIC, kind="Notification", age_s=0, **more):
    at = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(time.time() - age_s))
    fields = {"Type": kind, "MessageId": "22b80b92", "TopicArn": topic,
              "Message": message if isinstance(message, str) else json.dumps(message),
              "Timestamp": at, **more}
    signed = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
    if kind != "Notification":
        signed = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"]
    text = "".join(f"{name}\n{fields[name]}\n" for name in signed if name in fields)
    digest = "-sha1" if version == "1" else "-sha256"
    signature = keys.sign(keys.sns, text.encode(), digest)
    host = "https://sns.eu-central-1.amazonaws.com/"
    return json.dumps({**fields, "SignatureVersion": version, "Signature": signature,
                       "SigningCertURL": host + "SimpleNotificationService-0f.pem"}).encode()


def test_amazon_ses(hooks, keys):
    def send(body):
        plain = {"Content-Type": "text/plain; charset=UTF-8"}
        return hooks.request("POST", "/v1/hooks/ses", body, plain).status

    mail = {"timestamp": "2026-11-24T08:00:00.000Z", "messageId": "0102-1",
            "source": "olena@gurt.example", "destination": [BUYER, BOSS],
            "headers": [{"name": "Message-ID", "value": OFFER}], "tags": {"kind": ["offer"]},
            "commonHeaders": {"from": ["Олена <olena@gurt.example>"], "subject": "Пропозиція"}}
    assert send(sns(keys, {"eventType": "Send", "mail": mail, "send": {}})) == 200
    (offer,) = lines(hooks, "offer.emailed")
    assert offer["recipients"] == [BUYER, BOSS] and counted(hooks) == 1
    bounce = {"notificationType": "Bounce", "mail": mail,
              "bounce": {"bounceType": "Permanent", "timestamp": "2026-11-24T08:00:05.000Z",
                         "bouncedRecipients": [{"emailAddress": BOSS, "status": "5.1.1"}]}}
    told = sns(keys, bounce, "1", Subject="Amazon SES")
    assert send(told.replace(b"5.1.1", b"5.1.2")) == 403
    assert send(sns(keys, bounce, topic=TOPIC + "2")) == 403
    assert send(b"") == 403
    assert send(sns(keys, bounce, age_s=4 * 3600)) == 403
    assert facts(hooks) == []
    assert send(told) == 200
    assert send(told) == 200
    # The configuration set tells the same, by the other version of the signature.
    bounce["eventType"] = bounce.pop("notificationType")
    assert send(sns(keys, bounce)) == 200
    assert facts(hooks) == [(OFFER, BOSS, "bounced_hard")]
    assert counted(hooks) == 1, "one of two has it"
    partly = {"eventType": "Delivery", "mail": mail,
              "delivery": {"timestamp": "2026-11-24T08:00:04Z", "recipients": [BUYER, "nobody"]}}
    assert send(sns(keys, partly)) == 200
    assert facts(hooks)[1:] == [(OFFER, BUYER, "delivered")]
    assert waiting(hooks) == ["delivery.recipients.1"]
    # A pinned certificate: nothing is fetched, and a person reads which address confirms.
    url = "https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336"
    confirmation = {"kind": "SubscriptionConfirmation", "Token": "2336"}
    assert send(sns(keys, "You have chosen", SubscribeURL=url, **confirmation)) == 200
    assert url in hooks.log_path.read_text()
    elsewhere = sns(keys, "You have chosen", SubscribeURL="http://10.0.0.1/", **confirmation)
    assert send(elsewhere) == 403
    assert hooks.get("/v1/quarantine").json["waiting"] == 1


def test_letters_wait_until_the_house_says_its_domains(tmp_path):
    options = ["--postmark-user", "pm", "--postmark-password", "pm-secret"]
    with Ledger(tmp_path / "data", options=options) as ledger:
        short = dict(LETTER, Attachments=[])
        assert postmark(ledger, short) == 200
        assert postmark(ledger, short) == 200
        assert "mail-own-domains" in ledger.ctl("quarantine", "list").stdout
        assert ledger.get("/v1/quarantine").json["waiting"] == 1
        ledger.stop()
        ledger.options = [*options, "--mail-own-domains", "gurt.example"]
        ledger.start()
        assert "1 released, 0 left" in ledger.ctl("quarantine", "replay").stdout
        assert [one["message_id"] for one in lines(ledger, "offer.emailed")] == [OFFER]
        assert postmark(ledger, short) == 200
        assert ledger.get("/v1/quarantine").json["waiting"] == 0


def test_an_age_of_signatures(tmp_path, hooks, keys):
    now = int(time.time())
    assert sendgrid(hooks, keys, [], at=str(now - 71 * 3600)) == 200
    assert sendgrid(hooks, keys, [], at=str(now - 73 * 3600)) == 403
    options = ["--sendgrid-key", keys.sendgrid_public, "--sendgrid-hours-max", "48"]
    with Ledger(tmp_path / "short", options=options) as ledger:
        assert sendgrid(ledger, keys, [], at=str(now - 47 * 3600)) == 200
        assert sendgrid(ledger, keys, [], at=str(now - 49 * 3600)) == 403
        # What has no key has no path.
        for sender in ("mailgun", "postmark", "ses"):
            assert ledger.request("POST", f"/v1/hooks/{sender}", b"{}", JSON).status == 404


def test_wrong_settings(tmp_path, keys):
    def refused(*options):
        done = subprocess.run([LEDGERD, "--data", tmp_path / "data", "--listen", "127.0.0.1:0",
                               *options], capture_output=True, text=True, timeout=60)
        assert done.returncode != 0
        return done.stderr

    assert "sendgrid-key" in refused("--sendgrid-key", "MFkw")
    assert "postmark-password" in refused("--postmark-user", "pm")
    assert "arn:aws:sns" in refused("--ses-topic", "mail")
    assert "ses-certificate" in refused("--ses-certificate", tmp_path / "none.pem")
    assert "lower case" in refused("--mail-own-domains", "olena@gurt.example")
    assert "mailgun-hours-max" in refused("--mailgun-hours-max", "0")
