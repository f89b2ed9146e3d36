import stat
import time
from dataclasses import replace

import dns.resolver
import pandas as pd
import pytest

from leadscore.cli import options
from leadscore.enrichment import mail_lookup
from leadscore.enrichment.mail_domains import REASONS
from leadscore.enrichment.mail_lookup import IN_FLIGHT, LookupOptions, look_up, split_server
from leadscore.enrichment.step import MailVerdict
from leadscore.enrichment.steps import enrich
from leadscore.errors import OutputError, UsageError
from leadscore.state.mail_cache import KEPT, cached
from leadscore.state.store import open_state
from tests.enrichment.fakedns import FakeDns

# The 21 behaviours of reliability.md T12, and some more.
BEHAVIOURS = {
    "plain": ("ok", "mx"),
    "slow": ("ok", "mx"),
    "address": ("ok", "address"),
    "texttimeout": ("ok", "address"),
    "textfailure": ("ok", "address"),
    "nullmx": ("fail", "null_mx"),
    "nxdomain": ("fail", "no_such_domain"),
    "nodata": ("fail", "no_records"),
    "private": ("fail", "private_address"),
    "spf": ("fail", "refuses_mail"),
    "mxaddress": ("fail", "wrong_mx"),
    "mxlocalhost": ("fail", "wrong_mx"),
    "servfail": ("unknown", "server_failure"),
    "refused": ("unknown", "server_failure"),
    "notimp": ("unknown", "server_failure"),
    "yxdomain": ("unknown", "server_failure"),
    "timeout": ("unknown", "time_out"),
    "garbage": ("unknown", "time_out"),
    "wrongid": ("unknown", "time_out"),
    "loop": ("unknown", "server_failure"),
    "truncated": ("unknown", "server_failure"),
    "mixedmx": ("ok", "mx"),
    "spfsends": ("ok", "address"),
    "ipv6": ("ok", "address"),
}


@pytest.fixture
def server():
    fake = FakeDns()
    yield fake
    fake.close()


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    monkeypatch.setattr(mail_lookup, "LIFETIME", 2.0)
    monkeypatch.setattr(mail_lookup, "_TRY", 1.5)


def asking(server, budget=30.0):
    return LookupOptions(f"127.0.0.1:{server.port}", budget)


def test_every_behaviour_of_a_name_server_gives_its_verdict(server):
    found = look_up([f"{label}.com" for label in BEHAVIOURS], asking(server))

    assert {domain.removesuffix(".com"): tuple(verdict) for domain, verdict in found.items()} == BEHAVIOURS
    assert {verdict.reason for verdict in found.values()} <= set(REASONS)


def test_a_domain_is_asked_about_once(server):
    look_up(["plain.com", "plain.com", "address.com"], asking(server))

    assert server.asked == {
        ("plain.com.", "MX"): 1,
        **{("address.com.", kind): 1 for kind in ("MX", "A", "AAAA", "TXT")},
    }


def test_no_more_than_the_budget_is_spent_and_no_more_than_fifty_asked_at_a_time(server):
    start = time.monotonic()
    found = look_up([f"timeout{number}.com" for number in range(3_000)], asking(server, budget=1.0))

    assert time.monotonic() - start < 30  # seconds; all of them, fifty at a time, would take a hundred and twenty
    assert set(found.values()) == {MailVerdict("unknown", "out_of_time")}
    assert len(found) == 3_000
    assert len({name for name, _ in server.asked}) <= IN_FLIGHT


def test_nobody_listens_there(server):
    port = server.port
    server.close()
    found = look_up(["plain.com"], LookupOptions(f"127.0.0.1:{port}", 5.0))
    assert found["plain.com"].verdict == "unknown"


@pytest.mark.parametrize("problem", [dns.resolver.NoResolverConfiguration, OSError])
def test_a_machine_without_a_name_server(monkeypatch, problem):
    def refuse(*_, **__):
        raise problem

    monkeypatch.setattr("dns.asyncresolver.Resolver", refuse)
    assert look_up(["a.fr"], LookupOptions()) == {"a.fr": MailVerdict("unknown", "no_resolver")}


def test_nothing_to_ask(server):
    assert look_up([], asking(server)) == {}
    assert not server.asked


@pytest.mark.parametrize("domain", ["a" * 64 + ".fr", "..", ".", "a..b", "\udcff.fr", "x" * 300, "*.fr", "xn--.fr"])
def test_names_that_are_none_are_unknown_or_fail(server, domain):
    assert look_up([domain], asking(server))[domain].verdict in ("unknown", "fail")


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("192.0.2.1", ("192.0.2.1", 53)),
        ("192.0.2.1:5353", ("192.0.2.1", 5353)),
        ("2001:db8::1", ("2001:db8::1", 53)),
        ("[2001:db8::1]:54", ("2001:db8::1", 54)),
        ("[2001:db8::1]", ("2001:db8::1", 53)),
    ],
)
def test_servers(text, server):
    assert split_server(text) == server


@pytest.mark.parametrize("text", ["dns.example", "192.0.2.1:x", "192.0.2", ""])
def test_servers_that_are_none(text):
    with pytest.raises(ValueError, match=r".*"):
        split_server(text)


def test_a_wrong_server_is_told_in_one_sentence():
    with pytest.raises(UsageError) as raised:
        options.lookup_options(server="dns.example", budget=1)
    assert str(raised.value) == '--dns-server "dns.example" is no address; write it as 192.0.2.1 or 192.0.2.1:53'


# what it does to leads ------------------------------------------------------------------------------------------------


def made(context, **mail):
    leads = pd.DataFrame({"email": ["a@acme.fr", "b@gmail.com", "dupont", ""]}, dtype=object)
    verdicts = {domain.replace("_", "."): verdict for domain, verdict in mail.items()}
    table = enrich(leads, replace(context, mail_domains=verdicts))
    return table[["email_validity", "email_reason", "email_type", "domain_mail", "domain_mail_reason"]]


def test_a_domain_that_takes_no_mail_makes_the_address_fail(context):
    assert made(context, acme_fr=MailVerdict("fail", "null_mx")).to_numpy().tolist() == [
        ["fail", "no_mail", "", "fail", "null_mx"],
        ["ok", "", "free", "unknown", "not_asked"],
        ["fail", "no_at", "", "", "missing"],
        ["", "missing", "", "", "missing"],
    ]


def test_an_unknown_changes_nothing_but_its_reason(context):
    asked = made(context, acme_fr=MailVerdict("unknown", "time_out"), gmail_com=MailVerdict("unknown", "out_of_time"))
    offline = made(context)
    pd.testing.assert_frame_equal(asked.drop(columns="domain_mail_reason"), offline.drop(columns="domain_mail_reason"))


def test_the_command_asks_the_server_it_is_told(cli, leads, server, read, tmp_path):
    state = tmp_path / "state.db"
    arguments = ("enrich", leads, "-o", "-", "--dns", "--dns-server", f"127.0.0.1:{server.port}", "--dns-budget", "9")

    first = read.rows(cli(*arguments, "--state", state).stdout)
    asked = dict(server.asked)
    second = read.rows(cli(*arguments, "--state", state).stdout)

    assert [row["domain_mail"] for row in first] == ["fail", "fail", ""]
    assert [row["email_reason"] for row in first] == ["no_mail", "no_mail", "no_at"]
    assert {name for name, _ in asked} == {"acme.fr.", "gmail.com."}
    assert second == first
    assert dict(server.asked) == asked
    assert stat.S_IMODE(state.stat().st_mode) == 0o600


def test_a_run_that_nobody_answers_scores_as_the_offline_run_does(cli, make, tmp_path, read, server):
    leads = make.csv(tmp_path / "leads.csv", [["E-mail"], ["a@servfail.com"], ["b@timeout.com"], ["c@refused.com"]])
    rows = [
        make.scoring[0],
        ["Mail", "exclusion", 1, "email_validity", "is", "fail", -1000],
        ["Domain", "potential", 1, "domain_mail", "is", "ok", 10],
        ["Domain", "potential", 1, "domain_mail", "otherwise", "", -5],
    ]
    model = make.book(tmp_path / "model.xlsx", Scoring=rows)
    arguments = ("score", leads, "-m", model, "-o", "-")

    offline = cli(*arguments)
    online = cli(*arguments, "--dns", "--dns-server", f"127.0.0.1:{server.port}")

    assert online.exit_code == 0, online.stderr
    assert server.asked
    assert online.stdout == offline.stdout


def test_the_environment_says_how_to_look_up(cli, leads, server, monkeypatch, tmp_path):
    for name, value in {
        "LEADSCORE_DNS": "1",
        "LEADSCORE_DNS_SERVER": f"127.0.0.1:{server.port}",
        "LEADSCORE_DNS_BUDGET": "9",
        "LEADSCORE_STATE": str(tmp_path / "state.db"),
    }.items():
        monkeypatch.setenv(name, value)
    assert cli("enrich", leads, "-o", "-").exit_code == 0
    assert server.asked
    assert (tmp_path / "state.db").exists()


# the cache ------------------------------------------------------------------------------------------------------------


class Clock:
    def __init__(self):
        self.now = 1_000_000.0

    def __call__(self):
        return self.now


def test_verdicts_are_kept_as_long_as_they_are_worth_it(tmp_path):
    clock, asked = Clock(), []
    verdicts = {f"{verdict}.fr": MailVerdict(verdict, "x") for verdict in KEPT}

    def ask(domains):
        asked.extend(domains)
        return {domain: verdicts[domain] for domain in domains}

    with open_state(tmp_path / "state.db") as connection:
        look_up_new = cached(connection, ask, clock)
        for days, expected in (
            (0, ["ok.fr", "fail.fr", "unknown.fr"]),
            (0.5, ["unknown.fr"]),
            (7.1, ["fail.fr", "unknown.fr"]),
        ):
            clock.now, asked[:] = 1_000_000.0 + days * 86_400, []
            assert look_up_new(verdicts) == verdicts
            assert asked == expected
    with open_state(tmp_path / "state.db") as connection:
        clock.now = 1_000_000.0 + 30.1 * 86_400
        asked[:] = []
        cached(connection, ask, clock)(["ok.fr"])
        assert asked == ["ok.fr"]
        assert connection.execute("SELECT count(*) FROM mail_domains").fetchone() == (1,)


@pytest.mark.parametrize("reason", ["out_of_time", "no_resolver"])
def test_what_was_never_asked_is_asked_by_the_next_run(tmp_path, reason):
    asked = []

    def ask(domains):
        asked.append(list(domains))
        return dict.fromkeys(asked[-1], MailVerdict("unknown", reason))

    with open_state(tmp_path / "state.db") as connection:
        for _ in range(2):
            assert cached(connection, ask, time.time)(["a.fr"]) == {"a.fr": MailVerdict("unknown", reason)}
    assert asked == [["a.fr"], ["a.fr"]]


def test_many_domains_are_found_again(tmp_path):
    domains = [f"d{number}.fr" for number in range(1_201)]
    with open_state(tmp_path / "state.db") as connection:
        cached(connection, lambda asked: dict.fromkeys(asked, MailVerdict("ok", "mx")), time.time)(domains)
        again = cached(connection, lambda asked: {} if not asked else pytest.fail(str(asked)), time.time)(domains)
    assert sorted(again) == sorted(domains)


@pytest.mark.parametrize("content", [b"not a database at all, but a file of somebody", b"Name;Email\r\n"])
def test_a_file_that_is_no_state_is_left_alone(tmp_path, content):
    path = tmp_path / "leads.csv"
    path.write_bytes(content)
    with pytest.raises(OutputError, match=r"leads\.csv .*; give another file with --state"), open_state(path):
        pass
    assert path.read_bytes() == content


def test_a_database_of_somebody_else_is_left_alone(tmp_path):
    import sqlite3

    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE mail_domains (domain TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(OutputError, match="is no state of leadscore"), open_state(path):
        pass
    assert path.read_bytes() == before


def test_a_state_of_a_later_version_is_left_alone(tmp_path):
    path = tmp_path / "state.db"
    with open_state(path) as connection:
        connection.execute("PRAGMA user_version = 999")
    with pytest.raises(OutputError, match="was written by a later version of leadscore"), open_state(path):
        pass


def test_a_state_that_cannot_be_made(tmp_path):
    with (
        pytest.raises(OutputError, match=r"the state state\.db cannot be opened: .*"),
        open_state(tmp_path / "no" / "state.db"),
    ):
        pass
