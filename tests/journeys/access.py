"""A shop served by several processes, and those who talk to it over plain HTTP."""

import contextlib
import json
import re
import time
from urllib.parse import urlsplit

import psutil
import requests
import websocket

from host import places
from host.database import Host

ACTING, SESSION = "customer_acting", "session_id"
# what a browser says of a page that a person asked for
INTERACTIVE = {
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-User": "?1",
}
# ``python -m odoo`` cannot start the process of the websockets: it runs ``argv[0]``
LAUNCHER = "import odoo.cli\n\nodoo.cli.main()\n"


class Refused(Exception):
    """What the server answers to a call that it refuses."""

    def __init__(self, error):
        data = error.get("data", {})
        self.name = data.get("name", "").rpartition(".")[2]
        super().__init__(f"{self.name}: {data.get('message')}")


class Prefork(Host):
    """Two processes for pages, one for websockets on a port of its own, as in production."""

    def configure(self, name, **options):
        if "gevent_port" in options:
            self.websocket_port = options["gevent_port"]
            options |= {"workers": 2, "db_maxconn_gevent": 8}
        return super().configure(name, **options)

    def command(self, name, *arguments, **options):
        launcher = self.folder / "odoo_server.py"
        launcher.write_text(LAUNCHER, encoding="ascii")
        return [
            self.python,
            launcher,
            "-c",
            self.configure(name, **options),
            *arguments,
        ]


class Shop:
    """The running shop: its addresses, its database, its processes."""

    def __init__(self, host, name, address):
        self.host, self.name, self.address = host, name, address

    def sql(self, query):
        return self.host.server.sql(query, self.name)

    def value(self, query):
        """The one value of a query, as text."""
        [[value]] = self.sql(query)
        return value

    def user(self, login):
        return int(self.value(f"SELECT id FROM res_users WHERE login = '{login}'"))

    def partner(self, login):
        return int(
            self.value(f"SELECT partner_id FROM res_users WHERE login = '{login}'")
        )

    def key(self):
        """The headers of a call with the operator's key, as another system makes it."""
        key = self.value(
            "SELECT value FROM ir_config_parameter WHERE key = 'access.key'"
        )
        return {"Authorization": f"Bearer {key}"}

    def last(self, column):
        """A column of the newest row of the log."""
        return self.value(
            f"SELECT {column} FROM customer_impersonation ORDER BY id DESC LIMIT 1"
        )

    def back_in_time(self, *columns):
        """Set instants of the newest row of the log back by an hour."""
        past = ", ".join(
            f"{column} = {column} - interval '1 hour'" for column in columns
        )
        self.sql(
            f"UPDATE customer_impersonation SET {past}"
            " WHERE id = (SELECT max(id) FROM customer_impersonation)"
        )

    def browser(self, login=None):
        browser = Browser(self)
        if login:
            browser.log_in(login)
        return browser

    def age(self, cookies, hours):
        """Make a session older than it is, as if it had been opened hours ago."""
        sid = cookies[SESSION]
        path = self.host.folder / "sessions" / sid[:2] / sid
        session = json.loads(path.read_text(encoding="utf-8"))
        session["create_time"] -= hours * 3600
        path.write_text(json.dumps(session), encoding="utf-8")

    @contextlib.contextmanager
    def user_with(self, login, values, before):
        """A user changed by an administrator, and changed back."""
        boss, user = self.browser("boss"), [self.user(login)]
        boss.rpc("res.users", "write", user, values)
        try:
            yield
        finally:
            self.browser("boss").rpc("res.users", "write", user, before)

    def archived(self, login):
        return self.user_with(login, {"active": False}, {"active": True})

    def without_the_right(self, login):
        """An operator who may not log in as customers any more."""
        right = self.group("customer_base.group_customer_impersonate")
        return self.user_with(
            login, {"group_ids": [[3, right, 0]]}, {"group_ids": [[4, right, 0]]}
        )

    def group(self, xmlid):
        module, _dot, name = xmlid.partition(".")
        return int(
            self.value(
                "SELECT res_id FROM ir_model_data"
                f" WHERE module = '{module}' AND name = '{name}'"
            )
        )

    # -- processes ---------------------------------------------------------------------

    def _master(self):
        config = f"{self.name}.conf"
        found = [
            process
            for process in psutil.process_iter(["cmdline"])
            if any(config in part for part in process.info["cmdline"] or ())
            and "gevent" not in process.info["cmdline"]
        ]
        return next(p for p in found if p.parent() not in found)

    def workers(self):
        """The processes that answer requests."""
        return [
            process
            for process in self._master().children()
            if "gevent" not in process.cmdline()
        ]

    def kill_workers(self):
        """Kill them, as a lack of memory does, and wait for others."""
        dead = self.workers()
        for process in dead:
            process.kill()
        psutil.wait_procs(dead, timeout=30)
        for _turn in range(150):
            with contextlib.suppress(requests.RequestException):
                if len(self.workers()) == len(dead):
                    self.browser().get("/web/health")
                    return
            time.sleep(0.2)
        raise AssertionError("no new workers")

    def answering(self):
        """The processes that have answered so far, by the log."""
        log = places.LOGS / f"serving-{self.name}.log"
        lines = log.read_text(encoding="utf-8").splitlines()
        return {
            words[2]
            for words in map(str.split, lines)
            if "werkzeug:" in words and len(words) > 3
        }


class Browser:
    """A browser without a window: cookies, forms and calls.

    Each request has a connection of its own, so that any of the processes may answer.
    """

    def __init__(self, shop, cookies=None):
        self.shop = shop
        self.http = requests.Session()
        self.http.headers["Connection"] = "close"
        host = urlsplit(shop.address).hostname
        for name, value in (cookies or {}).items():
            self.http.cookies.set(name, value, domain=host, path="/")

    @property
    def cookies(self):
        return {cookie.name: cookie.value for cookie in self.http.cookies}

    def copy(self, *names):
        """A thief's browser with some of the cookies of this one, all by default."""
        cookies = self.cookies
        return Browser(self.shop, {name: cookies[name] for name in names or cookies})

    def get(self, path, **options):
        return self._send("GET", path, **options)

    def form(self, path, csrf=True, **values):
        """Send a form, with the token of a page of this session."""
        if csrf:
            values["csrf_token"] = self.csrf_token()
        return self._send("POST", path, data=values)

    def csrf_token(self):
        page = self.get("/web/login").text
        return re.search(r'csrf_token: "(\w+)"', page)[1]

    def _send(self, method, path, **options):
        url = path if path.startswith("http") else self.shop.address + path
        return self.http.request(method, url, timeout=90, **options)

    def call(self, path, **params):
        """A call of a page's script.

        :raise Refused: with the name of the server's error
        """
        answer = self._send("POST", path, json={"jsonrpc": "2.0", "params": params})
        if "error" in (body := answer.json()):
            raise Refused(body["error"])
        return body.get("result")

    def rpc(self, model, method, *args, **kwargs):
        return self.call(
            f"/web/dataset/call_kw/{model}/{method}",
            model=model,
            method=method,
            args=args,
            kwargs=kwargs,
        )

    def json2(self, model, method, headers, **body):
        return self._send(
            "POST", f"/json/2/{model}/{method}", json=body, headers=headers
        )

    def log_in(self, login):
        self.form("/web/login", login=login, password=login * 3)
        assert self.who() == login

    def who(self):
        """The login of whoever the server takes this browser for, None for nobody."""
        try:
            uid = self.call("/web/session/get_session_info")["uid"]
        except Refused:
            return None
        return self.shop.value(f"SELECT login FROM res_users WHERE id = {uid}")

    @contextlib.contextmanager
    def websocket(self):
        """A websocket of this browser that has subscribed to what its user may hear."""
        source = self.shop.host.odoo / "odoo/addons/bus/websocket.py"
        version = re.search(r'_VERSION = "(.+)"', source.read_text(encoding="utf-8"))[1]
        port = self.shop.host.websocket_port
        line = websocket.create_connection(
            f"ws://127.0.0.1:{port}/websocket?version={version}",
            cookie="; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            timeout=30,
        )
        try:
            subscribe = {"channels": [], "last": 0}
            line.send(json.dumps({"event_name": "subscribe", "data": subscribe}))
            yield line
        finally:
            line.close()

    # -- acting ------------------------------------------------------------------------

    def ask(self, login, **options):
        """Ask for the link; its path.

        :raise Refused: when the operator may not act for this customer
        """
        answer = self.rpc(
            "res.partner",
            "customer_impersonate",
            [self.shop.partner(login)],
            **{"reason": "help", **options},
        )
        return answer["url"].removeprefix(self.shop.address)

    def ask_for_elsewhere(self, login, **options):
        """Ask for a link for another browser, as a till does; its path and its token."""
        link = self.ask(login, **options)
        self.shop.sql(
            "UPDATE customer_impersonation SET elsewhere = true"
            " WHERE id = (SELECT max(id) FROM customer_impersonation)"
        )
        return link, link.rpartition("/")[2]

    def act_as(self, login, **options):
        """Log in as a customer, in this browser."""
        self.get(self.ask(login, **options))
        assert self.who() == login
        assert ACTING in self.cookies
        return self

    def leave(self):
        return self.form("/customer/acting/leave")
