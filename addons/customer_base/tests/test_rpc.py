import json
import uuid as uuidlib
from functools import partial

from odoo import SUPERUSER_ID, api
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import PASSWORD, CustomerCase, CustomerHttpCase, call_together

ACCESS = "odoo.exceptions.AccessError"
USER = "odoo.exceptions.UserError"
SENTENCES = (
    ACCESS,
    USER,
    "odoo.exceptions.ValidationError",
    "odoo.exceptions.MissingError",
)
UUID = "0d2f4c1e-3a55-4b7e-9a43-5a8f6a1f8b10"


class Refusal(Exception):
    def __init__(self, name, message, status=200):
        super().__init__(f"{name}: {message}")
        self.name, self.message, self.status = name, message, status


@tagged("post_install", "-at_install")
class RpcCase(CustomerCase, HttpCase):
    """Real JSON-RPC at the door, one group for each user."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.new_customer(
            "Ann Rpc",
            customer_note="zzcomment",
            customer_sensitive_note="zzpeanut",
            customer_type_id=cls.student.id,
        )
        cls.portal_partner = cls.new_customer("Portal", customer_note="zzportal")
        cls.portal_partner.customer_sensitive_note = "zzlatex"
        cls.users = {
            "user": cls.user,
            "manager": cls.manager,
            "admin": cls.new_user(
                "admin", "base.group_system,customer_base.group_customer_manager"
            ),
            "sensitive": cls.new_user(
                "sensitive", "base.group_user,customer_base.group_customer_sensitive"
            ),
            "internal": cls.new_user("internal", "base.group_user"),
            "contacts": cls.new_user(
                "contacts", "base.group_user,base.group_partner_manager"
            ),
            "portal": cls.new_user(
                "portal", "base.group_portal", partner_id=cls.portal_partner.id
            ),
        }

    def login(self, who):
        self.authenticate(self.users[who].login, PASSWORD)

    def rpc(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        with mute_logger("odoo.http", "odoo.sql_db"):
            answer = self.url_open(
                "/web/dataset/call_kw",
                data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
                headers={"Content-Type": "application/json"},
                timeout=60,
            ).json()
        self.env.invalidate_all()
        if error := answer.get("error"):
            raise Refusal(error["data"]["name"], error["data"]["message"])
        return answer.get("result")

    def assertRefused(self, names, model, method, *args, **kwargs):
        names = (names,) if isinstance(names, str) else names
        with self.assertRaises(Refusal) as refusal:
            self.rpc(model, method, *args, **kwargs)
        message = f"{model}.{method}{args}: {refusal.exception}"
        self.assertIn(refusal.exception.name, names, message)
        self.assertTrue(refusal.exception.message, message)
        return refusal.exception.message


@tagged("post_install", "-at_install")
class TestRpc(RpcCase):
    """Every public method at the door."""

    # -- the public methods -----------------------------------------------------------

    def calls(self):
        """Every public method of the module as (model, method, args)."""
        ids = self.customer.ids
        return [
            ("res.partner", "customer_search", ["Ann Rpc"]),
            ("res.partner", "customer_scan", [self.customer.customer_code]),
            ("res.partner", "customer_card", [ids]),
            ("res.partner", "customer_upsert", [{"name": "Via Rpc"}, UUID]),
            ("res.partner", "customer_renew_type", [ids]),
        ]

    def test_customer_users_may(self):
        for who in ("user", "manager", "admin"):
            self.login(who)
            for model, method, args in self.calls():
                self.assertTrue(self.rpc(model, method, *args), (who, method))

    def test_others_may_not(self):
        for who in ("sensitive", "internal", "contacts", "portal"):
            self.login(who)
            for model, method, args in self.calls():
                self.assertRefused(ACCESS, model, method, *args)
        self.assertFalse(self.partners.search([("name", "=", "Via Rpc")]))

    def test_unknown_records(self):
        self.login("user")
        for method in ("customer_card", "customer_renew_type"):
            self.assertRefused(SENTENCES, "res.partner", method, [2**31 - 1])

    # -- types ------------------------------------------------------------------------

    def test_types_are_for_managers(self):
        for who in ("user", "sensitive", "internal", "contacts", "portal"):
            self.login(who)
            for method, args in (
                ("create", [{"name": "Mine", "discount": 90}]),
                ("write", [self.student.ids, {"discount": 90}]),
                ("unlink", [self.reseller.ids]),
                ("copy", [self.reseller.ids]),
                ("action_make_default", [self.reseller.ids]),
                ("action_archive", [self.reseller.ids]),
                ("name_create", ["Mine"]),
            ):
                self.assertRefused(ACCESS, "customer.type", method, *args)
        self.assertEqual(self.student.discount, 10)
        self.assertTrue(self.reseller.exists())
        self.assertFalse(self.reseller.is_default)

    def test_the_default_is_not_given_up(self):
        self.login("manager")
        self.assertRefused(
            "odoo.exceptions.ValidationError",
            "customer.type",
            "write",
            self.default_type.ids,
            {"is_default": False},
            context={"customer_type_default_moves": True},
        )

    def test_manager_makes_types(self):
        self.login("manager")
        type_id = self.rpc("customer.type", "create", {"name": "M", "discount": 3})
        self.rpc("customer.type", "write", [type_id], {"discount": 4})
        self.rpc("customer.type", "action_make_default", [type_id])
        self.assertTrue(self.types.browse(type_id).is_default)
        self.rpc("customer.type", "action_make_default", self.default_type.ids)
        self.rpc("customer.type", "unlink", [type_id])

    def test_bad_types_are_refused_in_a_sentence(self):
        self.login("manager")
        for vals in (
            {"discount": -1},
            {"discount": 101},
            {"is_default": True},
            {"code": "t-student"},
            {"pricelist_id": self.student.technical_pricelist_ids[0].id},
            {"proof_required": True, "proof_months": -3},
        ):
            message = self.assertRefused(
                SENTENCES, "customer.type", "write", self.reseller.ids, vals
            )
            self.assertIn("Reseller", message)

    def test_reserved_type(self):
        company = self.new_customer(
            "Staff Co", is_company=True, customer_type_id=self.staff.id
        )
        staff, own = self.staff.id, self.customer.ids
        for who in ("user", "contacts"):
            self.login(who)
            for method, args, kwargs in (
                ("create", [{"name": "R", "customer_type_id": staff}], {}),
                (
                    "create",
                    [{"name": "R", "is_customer": True}],
                    {"context": {"default_customer_type_id": staff}},
                ),
                ("write", [own, {"customer_type_id": staff}], {}),
                ("web_save", [own, {"customer_type_id": staff}], {"specification": {}}),
                ("write", [own, {"parent_id": company.id}], {}),
                ("write", [company.ids, {"child_ids": [[4, own[0]]]}], {}),
                ("write", [company.ids, {"child_ids": [[6, 0, own]]}], {}),
                (
                    "write",
                    [
                        company.ids,
                        {"child_ids": [[0, 0, {"name": "R", "is_customer": True}]]},
                    ],
                    {},
                ),
                ("write", [company.ids, {"customer_type_id": False}], {}),
                ("write", [company.ids, {"customer_type_until": "2099-01-01"}], {}),
            ):
                message = self.assertRefused(
                    ACCESS, "res.partner", method, *args, **kwargs
                )
                self.assertIn("Staff", message, args)
        self.assertEqual(self.customer.customer_type_id, self.student)
        self.assertEqual(company.customer_type_id, self.staff)
        self.assertFalse(self.partners.search([("name", "=", "R")]))

    # -- blocks -----------------------------------------------------------------------

    def test_blocks_are_for_managers(self):
        ids = self.customer.ids
        calls = [
            ("customer_block", [ids, ["pos"], "abuse"]),
            ("customer_unblock", [ids]),
            ("action_customer_block", [ids]),
            ("action_customer_unblock", [ids]),
        ]
        for who in ("user", "sensitive", "internal", "contacts", "portal"):
            self.login(who)
            for method, args in calls:
                self.assertRefused(ACCESS, "res.partner", method, *args)
            self.assertRefused(
                ACCESS, "customer.block.wizard", "create", {"scope_pos": True}
            )
            self.assertRefused(ACCESS, "customer.block", "search_read", [])
        self.assertFalse(self.customer.customer_block_ids)
        self.login("manager")
        for method, args in calls:
            self.assertIsNotNone(self.rpc("res.partner", method, *args))
        self.assertTrue(self.rpc("customer.block", "search_read", []))

    def test_blocks_are_written_by_their_methods_only(self):
        ids = self.customer.ids
        self.customer.customer_block(["pos"], "abuse")
        block = self.customer.customer_block_ids
        lifted = {"lifted_at": "2020-01-01 00:00:00"}
        for who in ("admin", "manager", "user"):
            self.login(who)
            for vals in (
                {"customer_block_ids": [[1, block.id, lifted]]},
                {"customer_block_ids": [[2, block.id, 0]]},
                {"customer_block_ids": [[5, 0, 0]]},
                {"customer_block_ids": [[0, 0, {"scope": "login", "reason": "abuse"}]]},
            ):
                self.assertRefused(ACCESS, "res.partner", "write", ids, vals)
            for method in (
                "_customer_block",
                "_customer_unblock",
                "_customer_override_block",
                "_customer_blocks_in_force",
            ):
                self.assertRefused(ACCESS, "res.partner", method, ids, ["pos"])
            self.rpc("res.partner", "write", ids, {"customer_blocked_pos": False})
            self.assertTrue(self.customer.customer_blocked_pos)
        self.assertEqual(self.customer.customer_block_ids, block)
        self.assertFalse(block.lifted_at)

    # -- history ----------------------------------------------------------------------

    def blocked(self):
        self.customer.customer_block(["marketing"], "own_request")
        return self.customer.customer_block_ids

    def test_history_is_nobodys_to_write(self):
        uuid = self.customer.customer_uuid
        row = self.env["customer.journal"]._log(uuid, "deleted", note="words")
        records = {
            "customer.journal": (
                row,
                {
                    "subject_uuid": uuid,
                    "event": "deleted",
                    "channel": "api",
                    "user_ref": 1,
                },
            ),
            "customer.journal.note": (
                self.env["customer.journal.note"].search(
                    [("journal_ref", "=", row.id)]
                ),
                {"journal_ref": 99999, "salt": "s", "body": "b"},
            ),
            "customer.subject": (
                self.subject_of(self.customer),
                {"uuid": UUID, "partner_id": self.customer.id},
            ),
            "customer.redirect": (
                self.env["customer.redirect"].create({"old_id": 1, "new_id": 2}),
                {"old_id": 3, "new_id": self.customer.id},
            ),
            "customer.block": (
                self.blocked(),
                {"scope": "pos", "reason": "abuse", "partner_id": self.customer.id},
            ),
        }
        counts = {name: self.env[name].search_count([]) for name in records}
        for who in ("admin", "manager", "user", "portal"):
            self.login(who)
            for name, (record, vals) in records.items():
                field = next(iter(vals))
                for method, args in (
                    ("create", [vals]),
                    ("create", [[vals]]),
                    ("web_save", [[], vals, {}]),
                    ("write", [record.ids, vals]),
                    ("web_save", [record.ids, vals, {}]),
                    ("unlink", [record.ids]),
                    ("copy", [record.ids]),
                    ("_log", [uuid, "deleted"]),
                ):
                    self.assertRefused(ACCESS, name, method, *args)
                try:  # an import answers with messages or is refused
                    result = self.rpc(name, "load", [field], [[vals[field]]])
                    self.assertFalse(result["ids"])
                except Refusal as refusal:
                    self.assertEqual(refusal.name, ACCESS)
        for name, (record, _vals) in records.items():
            self.assertTrue(record.exists())
            self.assertEqual(self.env[name].search_count([]), counts[name])

    def test_journal_is_read_by_managers(self):
        for who, may in (("manager", True), ("user", False), ("internal", False)):
            self.login(who)
            for name in ("customer.journal", "customer.journal.note"):
                if may:
                    self.rpc(name, "search_read", [])
                else:
                    self.assertRefused(ACCESS, name, "search_read", [])

    def test_locks_of_emails_are_nobodys(self):
        self.env["customer.email.lock"]._take(["ann@example.com"])
        for who in ("admin", "manager", "user", "portal"):
            self.login(who)
            self.assertRefused(ACCESS, "customer.email.lock", "search_read", [])
            self.assertRefused(ACCESS, "customer.email.lock", "create", {"key": "k"})

    def test_duplicates_are_decided_by_managers(self):
        other = self.new_customer("Ann Again")
        pair = self.customer._customer_flag(other, ["phone"], "pos")
        values = {"partner_id": self.customer.id, "other_id": self.portal_partner.id}
        for who in ("user", "internal", "contacts", "portal"):
            self.login(who)
            for method in ("action_dismiss", "action_reopen", "unlink"):
                self.assertRefused(ACCESS, "customer.duplicate", method, pair.ids)
            self.assertRefused(ACCESS, "customer.duplicate", "create", values)
        self.assertEqual(pair.state, "open")
        self.login("manager")
        self.assertRefused(ACCESS, "customer.duplicate", "create", values)
        self.assertRefused(ACCESS, "customer.duplicate", "_flag", 1, 2, [], "pos")
        self.rpc("customer.duplicate", "action_dismiss", pair.ids)
        self.assertEqual(pair.state, "dismissed")

    def test_no_second_customer_with_an_email(self):
        self.customer.email = "ann.rpc@example.com"
        self.company.customer_email_unique = True
        values = {"name": "Anna", "email": "Ann.Rpc@example.com", "is_customer": True}
        self.login("user")
        for method, args, kwargs in (
            ("create", [values], {}),
            ("create", [[values]], {}),
            ("web_save", [[], values, {}], {}),
            ("write", [self.portal_partner.ids, {"email": values["email"]}], {}),
            ("customer_upsert", [{"name": "A", "email": values["email"]}, UUID], {}),
            (
                "create",
                [values],
                {"context": {"customer_duplicate_source": "web"}},
            ),
        ):
            self.assertRefused(SENTENCES, "res.partner", method, *args, **kwargs)
        same = [("email_normalized", "=", "ann.rpc@example.com")]
        self.assertEqual(self.partners.search(same), self.customer)

    # -- notes ------------------------------------------------------------------------

    def test_sensitive_note_in_every_way(self):
        ids = self.customer.ids
        note = "customer_sensitive_note"
        leaf = [(note, "ilike", "zzpeanut")]
        ways = [
            ("res.partner", "read", [ids, [note]], {}),
            ("res.partner", "web_read", [ids, {note: {}}], {}),
            ("res.partner", "search", [leaf], {}),
            ("res.partner", "search_count", [leaf], {}),
            ("res.partner", "search_read", [[], [note]], {}),
            ("res.partner", "name_search", [""], {"domain": leaf}),
            ("res.partner", "search", [[]], {"order": note}),
            ("res.partner", "formatted_read_group", [[], [note], ["__count"]], {}),
            ("res.partner", "formatted_read_group", [leaf, [], ["__count"]], {}),
            (
                "res.partner",
                "formatted_read_group",
                [[], [], [f"{note}:array_agg"]],
                {},
            ),
            ("res.partner", "read_group", [[], [note], [note]], {}),
            ("res.partner", "export_data", [ids, [note]], {}),
            ("res.partner", "filtered_domain", [ids, leaf], {}),
            ("res.partner", "mapped", [ids, note], {}),
            ("res.partner", "search", [[(f"parent_id.{note}", "ilike", "z")]], {}),
            ("res.partner", "search", [[(f"child_ids.{note}", "ilike", "z")]], {}),
            ("res.users", "search", [[(f"partner_id.{note}", "ilike", "z")]], {}),
            ("res.users", "search", [leaf], {}),
            ("res.users", "search_read", [[], [note]], {}),
            ("res.partner", "write", [ids, {note: "gone"}], {}),
            ("res.partner", "write", [ids, {note: False}], {}),
            ("res.partner", "create", [{"name": "N", note: "x"}], {}),
            (
                "res.partner",
                "create",
                [{"name": "N"}],
                {"context": {f"default_{note}": "x"}},
            ),
        ]
        for who in ("user", "manager", "admin", "internal", "contacts", "portal"):
            self.login(who)
            for model, method, args, kwargs in ways:
                try:
                    result = self.rpc(model, method, *args, **kwargs)
                except Refusal as refusal:
                    self.assertNotIn("zzpeanut", str(refusal))
                    self.assertNotIn("zzlatex", str(refusal))
                    continue
                answer = json.dumps(result)
                self.assertNotIn("zzpeanut", answer, (who, method, args))
                self.assertNotIn("zzlatex", answer, (who, method, args))
                self.assertFalse(
                    method in ("search", "search_count", "name_search")
                    and result
                    and kwargs.get("order") is None,
                    (who, method, args, result),
                )
                self.assertNotIn(method, ("write", "filtered_domain"), (who, args))
        self.assertEqual(self.customer.customer_sensitive_note, "zzpeanut")
        self.assertFalse(self.partners.search([("name", "=", "N"), (note, "=", "x")]))

    def test_sensitive_note_order_tells_nothing(self):
        self.login("user")
        self.assertRefused(
            (*SENTENCES, "builtins.ValueError"),
            "res.partner",
            "search",
            [],
            order="customer_sensitive_note",
        )

    def test_sensitive_note_for_its_group(self):
        self.login("sensitive")
        read = self.rpc(
            "res.partner", "read", self.customer.ids, ["customer_sensitive_note"]
        )
        self.assertEqual(read[0]["customer_sensitive_note"], "zzpeanut")
        self.users["sensitive"].group_ids |= self.env.ref(
            "customer_base.group_customer_user"
        )
        self.rpc(
            "res.partner",
            "write",
            self.customer.ids,
            {"customer_sensitive_note": "none"},
        )
        self.assertEqual(self.customer.customer_sensitive_note, "none")

    def test_portal_reads_no_note_of_the_seller(self):
        self.login("portal")
        own = self.portal_partner.ids
        self.assertTrue(self.rpc("res.partner", "read", own, ["name"]))
        for name in ("customer_note", "customer_has_sensitive_note"):
            self.assertRefused(ACCESS, "res.partner", "read", own, [name])
        self.assertRefused(
            ACCESS,
            "res.partner",
            "search_count",
            [("customer_note", "ilike", "zzportal")],
        )
        known = self.rpc("res.partner", "fields_get", [], ["type"])
        names = [name for name in known if name.startswith("customer_")]
        self.assertIn("customer_type_id", names)
        self.assertNotIn("customer_note", names)
        everything = json.dumps(self.rpc("res.partner", "read", own, names))
        self.assertNotIn("zzportal", everything)
        self.assertNotIn("zzlatex", everything)
        self.assertRefused(
            ACCESS, "res.partner", "write", own, {"customer_type_id": self.staff.id}
        )

    # -- partners ---------------------------------------------------------------------

    def test_customer_user_and_others_partners(self):
        supplier = self.partners.create({"name": "The Supplier"})
        colleague = self.users["internal"].partner_id
        self.login("user")
        for partner in (supplier, colleague):
            for vals in ({"email": "mine@example.com"}, {"is_customer": True}):
                self.assertRefused(ACCESS, "res.partner", "write", partner.ids, vals)
        self.assertRefused(ACCESS, "res.partner", "unlink", self.customer.ids)
        partner_id = self.rpc("res.partner", "create", {"name": "By cashier"})
        created = self.partners.browse(partner_id)
        self.assertTrue(created.is_customer and created.customer_code)
        self.assertEqual(created.customer_type_id, self.default_type)
        self.assertTrue(self.subject_of(created).live)

    # -- parameters -------------------------------------------------------------------

    def test_strange_parameters_get_sentences(self):
        self.login("user")
        ids, search = self.customer.ids, "customer_search"
        upsert = "customer_upsert"
        for method, args, kwargs in (
            (search, [5], {}),
            (search, [["a"]], {}),
            (search, [{"a": 1}], {}),
            (search, ["a"], {"limit": "x"}),
            (search, ["a"], {"limit": 1.5}),
            (search, ["a"], {"offset": "x"}),
            (search, ["a"], {"fields": "name"}),
            (search, ["a"], {"fields": [5]}),
            (upsert, [None, UUID], {}),
            (upsert, [["name"], UUID], {}),
            (upsert, ["name", UUID], {}),
            (upsert, [{"name": "A"}, "no uuid"], {}),
            (upsert, [{"name": "A"}, None], {}),
            (upsert, [{"name": "A"}, 7], {}),
            (upsert, [{"name": "A"}, {"a": 1}], {}),
            (upsert, [{"password": "x"}, UUID], {}),
            (upsert, [{"user_ids": [[5]]}, UUID], {}),
            (upsert, [{"name": "A", "customer_type_id": 2**31 - 1}, UUID], {}),
            (upsert, [{"name": "A", "phone": ["1"]}, UUID], {}),
            (upsert, [{"name": "A", "phone": "1", "country_id": "be"}, UUID], {}),
            ("customer_find_duplicates", [None], {}),
            ("customer_find_duplicates", [{"phone": 5}], {}),
            ("customer_find_duplicates", [{"user_ids": 5}], {}),
            ("customer_find_duplicates", [{"name": "A"}], {"limit": "x"}),
        ):
            self.assertRefused(SENTENCES, "res.partner", method, *args, **kwargs)
        for query in (None, "", "a" * 10_000, "😀", "%", "_", "'\"", "\0", "\ud800"):
            self.assertIn("rows", self.rpc("res.partner", search, query))
        for kwargs in (
            {"limit": -1},
            {"limit": 10**9},
            {"limit": None},
            {"offset": -1},
            {"offset": 10**30},
            {"fields": ["customer_sensitive_note"]},
            {"fields": ["user_ids.password"]},
            {"fields": []},
        ):
            found = self.rpc("res.partner", search, "zzpeanut", **kwargs)
            self.assertEqual(found, {"rows": [], "more": False}, kwargs)
        for config in ("x", [1], {}, 10**12, -1):
            self.rpc("res.partner", "customer_card", ids, config_id=config)
        self.assertFalse(self.partners.search([("name", "=", "A")]))

    def test_types_of_a_wrong_kind(self):
        self.login("user")
        for value in ("x", [1], {"id": self.staff.id}, [[6, 0, self.staff.ids]], True):
            try:
                self.rpc(
                    "res.partner",
                    "write",
                    self.customer.ids,
                    {"customer_type_id": value},
                )
            except Refusal:
                continue
            self.assertNotEqual(self.customer.customer_type_id, self.staff)
            self.assertTrue(self.customer.customer_type_id)

    # -- /json/2 ----------------------------------------------------------------------

    def json2(self, who, model, method, **body):
        call = CustomerHttpCase.json2
        answer = call(self, self.users[who], method, model=model, **body)
        if answer.status_code >= 400:
            error = answer.json()
            raise Refusal(error["name"], error["message"], answer.status_code)
        return answer.json()

    def bodies(self):
        ids = self.customer.ids
        return [
            ("customer_search", {"query": "Ann Rpc"}),
            ("customer_card", {"ids": ids}),
            ("customer_upsert", {"values": {"name": "Via Key"}, "uuid": UUID}),
            ("customer_renew_type", {"ids": ids}),
            (
                "customer_find_duplicates",
                {"values": {"customer_code": self.customer.customer_code}},
            ),
        ]

    def test_json2(self):
        for method, body in self.bodies():
            self.assertTrue(self.json2("user", "res.partner", method, **body))
        found = self.json2("user", "res.partner", "customer_search", query="Via Key")
        self.assertEqual([row["name"] for row in found["rows"]], ["Via Key"])

    def test_json2_refuses(self):
        for who in ("sensitive", "internal", "contacts", "portal"):
            for method, body in self.bodies():
                with self.assertRaises(Refusal) as refusal:
                    self.json2(who, "res.partner", method, **body)
                self.assertEqual(refusal.exception.name, ACCESS, (who, method))
                self.assertEqual(refusal.exception.status, 403)
        for method, body in (
            ("action_make_default", {"ids": self.reseller.ids}),
            ("write", {"ids": self.reseller.ids, "vals": {"discount": 90}}),
        ):
            with self.assertRaises(Refusal) as refusal:
                self.json2("user", "customer.type", method, **body)
            self.assertEqual(refusal.exception.name, ACCESS)

    def test_json2_of_no_or_several_records(self):
        """``/json/2`` sends an empty recordset by default."""
        for ids in ([], (self.customer + self.portal_partner).ids):
            for method in ("customer_card", "customer_renew_type", "customer_unblock"):
                with self.assertRaises(Refusal) as refusal:
                    self.json2("user", "res.partner", method, ids=ids)
                self.assertIn("singleton", refusal.exception.message)


@tagged("post_install", "-at_install")
class TestUpsertTogether(CustomerCase):
    """Two calls with one UUID at the same time, each with a connection of its own.

    As the server runs them: in a transaction each, repeated when they collide. Nothing
    of it can be rolled back by the test, which therefore cleans up behind itself.
    """

    def test_two_at_the_same_time(self):
        uuid = str(uuidlib.uuid4())

        def call(name, env):
            return env["res.partner"].customer_upsert({"name": name}, uuid)

        ids, errors = call_together(
            self.registry, partial(call, "T0"), partial(call, "T1")
        )
        try:
            self.assertFalse(errors)
            self.assertEqual(len(ids), 2)
            self.assertEqual(len(set(ids)), 1)
            with self.registry.cursor() as cr:
                cr.execute(
                    "SELECT count(*) FROM customer_subject WHERE uuid = %s", [uuid]
                )
                self.assertEqual(cr.fetchone()[0], 1)
                cr.execute(
                    "SELECT count(*) FROM res_partner WHERE name IN ('T0', 'T1')"
                )
                self.assertEqual(cr.fetchone()[0], 1)
        finally:
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                env["res.partner"].browse(set(ids)).exists().unlink()
                cr.execute(
                    "DELETE FROM customer_journal WHERE subject_uuid = %s", [uuid]
                )
                cr.execute("DELETE FROM customer_subject WHERE uuid = %s", [uuid])
