import json

from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestAttributeRpc(HttpCase):
    """The same rights when the screens are bypassed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for role in ("user", "manager"):
            new_test_user(
                cls.env,
                f"att_rpc_{role}",
                password=f"att_rpc_{role}",
                groups=f"base.group_user,customer_base.group_customer_{role}",
            )
        cls.attribute = cls.env["customer.attribute"].create([{"label": "Brand"}])
        cls.option = (
            cls.env["customer.attribute"]
            .create(
                [
                    {
                        "label": "C",
                        "type": "tags",
                        "option_ids": [(0, 0, {"label": "Red"})],
                    }
                ]
            )
            .option_ids
        )
        cls.customer = cls.env["res.partner"].create(
            {"name": "RPC", "is_customer": True}
        )
        cls.customer.properties = {cls.attribute.name: "Lumière"}

    def _call(self, role, model, method, *args, **kwargs):
        self.authenticate(f"att_rpc_{role}", f"att_rpc_{role}")
        response = self.url_open(
            "/web/dataset/call_kw",
            data=json.dumps(
                {
                    "params": {
                        "model": model,
                        "method": method,
                        "args": list(args),
                        "kwargs": kwargs,
                    }
                }
            ),
            headers={"Content-Type": "application/json"},
        ).json()
        error = response.get("error", {}).get("data", {}).get("name")
        return error, response.get("result")

    def test_customer_user_is_refused(self):
        ids = self.attribute.ids
        definition = self.env["customer.attribute"]._definition_record()
        calls = [
            ("customer.attribute", "create", [{"label": "Mine"}]),
            ("customer.attribute", "write", ids, {"is_offered": False}),
            ("customer.attribute", "unlink", ids),
            ("customer.attribute", "action_delete_with_values", ids),
            ("customer.attribute.option", "write", self.option.ids, {"label": "x"}),
            ("customer.attribute.option", "unlink", self.option.ids),
            (
                "properties.base.definition",
                "write",
                definition.ids,
                {"properties_definition": []},
            ),
        ]
        for model, method, *args in calls:
            with self.subTest(model=model, method=method):
                error, _result = self._call("user", model, method, *args)
                self.assertEqual(error, "odoo.exceptions.AccessError")
        self.assertTrue(self.attribute.exists().is_offered)

    def test_customer_user_works_with_values(self):
        ids = self.customer.ids
        error, rows = self._call("user", "res.partner", "read", ids, ["properties"])
        self.assertFalse(error)
        values = {row["name"]: row.get("value") for row in rows[0]["properties"]}
        self.assertEqual(values[self.attribute.name], "Lumière")
        domain = [(f"properties.{self.attribute.name}", "ilike", "lumi")]
        error, found = self._call("user", "res.partner", "search", domain)
        self.assertEqual((error, found), (None, ids))
        # What the search bar of the list asks for before it offers attributes.
        error, found = self._call(
            "user",
            "properties.base.definition",
            "web_search_read",
            [],
            {"properties_definition": {}, "display_name": {}},
        )
        self.assertFalse(error)
        labels = [e["string"] for e in found["records"][0]["properties_definition"]]
        self.assertIn("Brand", labels)
        error, till = self._call(
            "user", "customer.attribute", "search_read", [], ["name", "show_at_till"]
        )
        self.assertFalse(error)
        self.assertTrue(till)

    def test_manager_defines_without_being_administrator(self):
        error, [row_id] = self._call(
            "manager", "customer.attribute", "create", [{"label": "Size"}]
        )
        self.assertFalse(error)
        error, _result = self._call(
            "manager", "customer.attribute", "write", [row_id], {"label": "Shoe"}
        )
        self.assertFalse(error)
        error, _result = self._call(
            "manager", "customer.attribute", "unlink", self.attribute.ids
        )
        self.assertEqual(error, "odoo.exceptions.UserError")

    def test_private_methods_are_private(self):
        for method in ("_push", "_mirror", "_definition_record"):
            error, _result = self._call("manager", "customer.attribute", method, [])
            self.assertTrue(error, method)
