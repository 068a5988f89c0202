import socket
from unittest.mock import patch

from odoo.http import Application

from odoo.addons.bus.websocket import CloseCode, _kick_all

PATH = "/pos_customer_test_network"


class Network:
    """The wire between a browser and the server, which a tour cuts and mends.

    Cut where it meets the server, it is cut for everything in the browser, its service
    worker and its socket too. A step of a tour fetches ``PATH`` with one of

    * ``?cut``: nothing gets through, until
    * ``?mend``: everything does;
    * ``?lose=method``: the next call of ``method`` is done, and its answer gets lost, with
      everything after it;
    * ``?ask``: nothing changes. The answer says ``cut`` or ``open``.
    """

    def __init__(self):
        self.is_cut = False
        self.loses = None
        self.served = Application.__call__

    def __enter__(self):
        def serve(application, environ, start_response):
            return self.pass_on(application, environ, start_response)

        self.patcher = patch.object(Application, "__call__", serve)
        self.patcher.start()
        return self

    def __exit__(self, *exc_info):
        self.patcher.stop()

    def pass_on(self, application, environ, start_response):
        path = environ["PATH_INFO"]
        if path == PATH:
            self.obey(environ["QUERY_STRING"])
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [b"cut" if self.is_cut else b"open"]
        if self.is_cut:
            start_response("200 OK", [])
            environ["socket"].shutdown(socket.SHUT_RDWR)
            return []
        answer = self.served(application, environ, start_response)
        if self.loses and path.endswith(self.loses):
            list(answer)
            self.obey("cut")
            environ["socket"].shutdown(socket.SHUT_RDWR)
        return answer

    def obey(self, query):
        word, _is, method = query.partition("=")
        if word == "ask":
            return
        self.is_cut = word == "cut"
        self.loses = method or None
        if self.is_cut:
            _kick_all(CloseCode.GOING_AWAY)
