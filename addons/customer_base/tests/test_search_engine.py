from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..models import res_partner_search_sql
from .common import CustomerCase


class EngineCase(CustomerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.index = cls.env["customer.search.index"]
        cls.as_user = cls.partners.with_user(cls.user)
        cls.wis = cls.new_customer(
            "Zofia Wiśniewska",
            phone="+31 6 1234 5678",
            country_id=cls.env.ref("base.nl").id,
            email="zofia.w@bakery.example",
            street="Voorstraat 12",
            zip="3512 AB",
            city="Łódź",
        )
        cls.jan = cls.new_customer(
            "Jan Qjansen", street="Kerkweg 7", zip="1234", city="Qtrecht"
        )

    def ids(self, query, **kwargs):
        rows = self.as_user.customer_search(query, **kwargs)["rows"]
        return [row["id"] for row in rows]

    def assertFinds(self, partner, *queries, **kwargs):
        for query in queries:
            self.assertEqual(self.ids(query, **kwargs), partner.ids, query)

    def day(self, partner):
        self.env.flush_all()
        return self.index._served_on(partner.ids).get(partner.id)


@tagged("post_install", "-at_install")
class TestSearchUnderstands(EngineCase):
    """What is typed, and what it means."""

    def test_phone_in_any_writing(self):
        self.assertFinds(
            self.wis,
            "+31612345678",
            "+31 6 1234 5678",
            "0031612345678",
            "0031 6 12345678",
            "0612345678",
            "06-12345678",
            "06 1234 5678",
            "+31 (0)6 12 34 56 78",
            "612345678",
            "06123",
            "31612",
        )

    def test_last_digits(self):
        self.assertFinds(self.wis, "5678", "45678", "12345678")
        self.assertNotIn(self.wis.id, self.ids("3456"))
        self.assertFinds(self.wis, "45678 voorstraat", "5678 wis", "061234 5678 zofia")

    def test_beginning_of_a_number(self):
        self.wis.write({"zip": "75011PQ", "customer_code": "Q-99-4321"})
        self.assertFinds(self.wis, "7501", "75011", "75011pq", "7501 zofia", "4321")
        self.assertEqual(self.ids("5011"), [])
        self.assertFinds(self.wis, "7501", fields=["zip"])
        self.assertEqual(self.ids("7501", fields=["phone"]), [])
        self.assertFinds(self.wis, "5678", fields=["phone"])
        self.assertEqual(self.ids("5678", fields=["zip"]), [])

    def test_national_number_of_another_country(self):
        self.wis.write(
            {"phone": "0475 12 34 99", "country_id": self.env.ref("base.be").id}
        )
        self.assertFinds(self.wis, "0475123499", "+32 475 12 34 99", "3499")

    def test_digits_of_other_scripts(self):
        self.assertFinds(self.wis, "０６１２３４５６７８", "٠٦١٢٣٤٥٦٧٨")

    def test_accents_and_case_do_not_count(self):
        self.assertFinds(
            self.wis, "wisniewska", "WIŚNIEWSKA", "Wísniewska", "zofia lodz"
        )

    def test_words_of_different_fields(self):
        self.assertFinds(self.wis, "wisni 3512", "3512ab zofia", "voorstraat 12 wis")
        self.assertFinds(self.jan, "qjansen 1234", "kerkweg 7")

    def test_parts(self):
        self.assertFinds(self.wis, "bakery.exa", "@bakery", "niewsk", "zofia.w@")

    def test_company_and_contact(self):
        company = self.new_customer("Qbrewery & Sons", is_company=True)
        contact = self.new_customer("Femke Qdoor", parent_id=company.id)
        self.assertFinds(contact, "qdoor", "qbrewery femke")
        self.assertEqual(set(self.ids("qbrewery")), set((company + contact).ids))
        company.name = "Qcellar"
        self.assertFinds(contact, "qcellar qdoor")

    def test_one_letter_wrong(self):
        self.assertFinds(
            self.wis, "wisniewsla", "wisnewska", "wisniiewska", "wisneiwska"
        )
        self.assertFinds(self.wis, "wisniewsla lodz")
        self.assertEqual(self.ids("wisnieslla"), [], "two letters are another name")

    def test_one_letter_wrong_in_an_endless_word(self):
        longest = "qz" * 10
        known = self.new_customer(f"Ann {longest}"), self.new_customer(f"Bo {longest}q")
        self.assertFinds(known[0], f"ann w{longest[1:]}")
        self.assertEqual(self.ids(f"bo w{longest[1:]}q"), [])

    def test_one_letter_wrong_in_a_word_that_others_have(self):
        self.new_customer("Ina Qjanten")
        self.assertFinds(self.jan, "qjanten kerkweg")

    def test_nothing_wrong_when_somebody_fits(self):
        other = self.new_customer("Ina Wisniewsla")
        self.assertFinds(other, "wisniewsla")

    def test_best_match_first(self):
        longer = self.new_customer("Qboskamp Piet")
        street = self.new_customer("Piet Qother", street="Qbos 1")
        exact = self.new_customer("Piet Qbos")
        code = self.new_customer("Piet Qlast", customer_code="qbos")
        self.assertEqual(self.ids("qbos"), [code.id, exact.id, street.id, longer.id])

    def test_a_name_before_a_place_that_very_many_have(self):
        self.patch(res_partner_search_sql, "_RECENT", 2)
        neighbours = (
            self.new_customer("Qa One", city="Qdorp"),
            self.new_customer("Qb Two", city="Qdorp"),
        )
        named = self.new_customer("Piet Qdorp")
        self.env.flush_all()
        self.index._served([partner.id for partner in neighbours])
        self.assertEqual(self.ids("qdorp", limit=1), named.ids)
        self.assertEqual(
            set(self.ids("qdorp", limit=3)),
            {named.id, *(partner.id for partner in neighbours)},
        )

    def test_a_screenful_at_hand_does_not_wait_and_the_next_page_has_the_rest(self):
        self.patch(res_partner_search_sql, "_RECENT", 0)
        served = [self.new_customer(f"Qcrowd{n} Ann").id for n in range(20)]
        strangers = [self.new_customer(f"Ann Other{n}").id for n in range(30)]
        others = [self.new_customer(f"Qcrowd{n} Bob").id for n in range(20, 25)]
        self.env.flush_all()
        self.index._served(served + strangers)
        first = self.as_user.customer_search("qcrow", limit=49)
        self.assertEqual({row["id"] for row in first["rows"]}, set(served))
        self.assertTrue(first["more"])
        second = self.as_user.customer_search("qcrow", offset=20)
        self.assertEqual({row["id"] for row in second["rows"]}, set(others))
        self.assertFalse(second["more"])

    def test_to_the_letter_before_the_beginning_of_a_word(self):
        self.patch(res_partner_search_sql, "_RECENT", 0)
        self.patch(res_partner_search_sql, "_FOUND", 2)
        for number in range(4):
            self.new_customer(f"Ann Qbergen{number}", city="Qstad")
        exact = self.new_customer("Ann Qberg", city="Qstad")
        self.assertEqual(self.ids("qberg qstad", limit=1), exact.ids)

    def test_then_those_served_last(self):
        early, late, never = (self.new_customer(f"Qtwin {n}") for n in "abc")
        self.env.flush_all()
        today = fields.Date.today()
        for partner, days in ((early, 9), (late, 1)):
            self.env.cr.execute(
                SQL(
                    "UPDATE customer_search_index SET served_on = %s WHERE partner_id = %s",
                    today - timedelta(days=days),
                    partner.id,
                )
            )
        self.assertEqual(self.ids("qtwin"), [late.id, early.id, never.id])
        rows = self.as_user.customer_search("qtwin")["rows"]
        self.assertEqual(rows[0]["served_on"], str(today - timedelta(days=1)))
        self.assertFalse(rows[2]["served_on"])

    def test_a_letter_alone(self):
        self.assertIn(self.jan.id, self.ids("qjansen k"))
        self.assertIsInstance(self.ids("j"), list)


@tagged("post_install", "-at_install")
class TestSearchAdvanced(EngineCase):
    """Fields that the user ticks, and filters."""

    def test_each_value_to_its_field(self):
        names = ["name", "street"]
        self.assertFinds(self.wis, "zofia, voorstraat", "Zofia,Voor", fields=names)
        self.assertEqual(self.ids("voorstraat, zofia", fields=names), [])
        self.assertFinds(self.wis, ", voorstraat", fields=names)
        self.assertFinds(self.wis, "lodz, zofia", fields=["city", "name"])

    def test_without_commas_any_of_the_fields(self):
        self.assertFinds(self.wis, "zofia lodz", fields=["name", "city"])
        self.assertEqual(self.ids("zofia lodz", fields=["name"]), [])

    def test_type_tag_vat_and_attribute(self):
        tag = self.env["res.partner.category"].create({"name": "Qtag"})
        attribute = self.env["customer.attribute"].create(
            {"label": "Size", "type": "char"}
        )
        self.jan.write(
            {
                "category_id": [Command.link(tag.id)],
                "customer_type_id": self.reseller.id,
                "vat": "BE0477472701",
                "properties": {attribute.name: "Qlarge"},
            }
        )
        self.assertFinds(self.jan, "qtag", fields=["category_id"])
        self.assertFinds(self.jan, "jan, resell", fields=["name", "customer_type_id"])
        self.assertFinds(self.jan, "be0477472701", fields=["vat"])
        self.assertFinds(self.jan, "qlarge", fields=["properties"])
        self.assertFinds(self.jan, "qlarge", fields=[f"properties.{attribute.name}"])
        self.assertEqual(self.ids("qlarge"), [], "only where it is asked for")
        self.jan.category_id = [Command.clear()]
        self.assertEqual(self.ids("qtag", fields=["category_id"]), [])

    def test_filters(self):
        self.jan.customer_type_id = self.reseller
        self.env.flush_all()
        self.index._served(self.jan.ids)
        today = str(fields.Date.context_today(self.jan))
        self.assertIn(self.jan.id, self.ids("", filters={"type_id": self.reseller.id}))
        self.assertNotIn(
            self.wis.id, self.ids("", filters={"type_id": self.reseller.id})
        )
        self.assertFinds(self.jan, "qjansen", filters={"served_after": today})
        self.assertEqual(
            self.ids("qjansen", filters={"served_before": "2001-01-31"}), []
        )
        self.assertFinds(self.wis, "wisniewska", filters={"never_served": True})
        self.assertEqual(self.ids("qjansen", filters={"never_served": True}), [])

    def test_filters_of_a_wrong_kind(self):
        for bad in (5, [1], {"type_id": "x"}, {"no": 1}, {"served_after": "soon"}):
            with self.refused(UserError):
                self.as_user.customer_search("", filters=bad)


@tagged("post_install", "-at_install")
class TestSearchScan(EngineCase):
    def test_code_and_barcode(self):
        self.jan.customer_code = "Card-77"
        self.wis.barcode = "0421234567890"
        self.assertEqual(self.as_user.customer_scan("card-77")["id"], self.jan.id)
        self.assertEqual(self.as_user.customer_scan(" CARD-77 ")["id"], self.jan.id)
        self.assertEqual(self.as_user.customer_scan("0421234567890")["id"], self.wis.id)
        for code in ("card-7", "card-777", "", None, "zofia", "=card-77"):
            self.assertFalse(self.as_user.customer_scan(code), code)

    def test_archived_and_foreign(self):
        self.jan.customer_code = "Card-78"
        self.jan.active = False
        self.assertFalse(self.as_user.customer_scan("card-78"))
        other = self.new_company()
        self.jan.write({"active": True, "company_id": other.id})
        self.assertFalse(self.as_user.customer_scan("card-78"))

    def test_refused(self):
        nobody = self.new_user("nobody", "base.group_user")
        with self.refused(AccessError, "Customers: User"):
            self.partners.with_user(nobody).customer_scan("x")
        with self.refused(UserError):
            self.as_user.customer_scan(5)


@tagged("post_install", "-at_install")
class TestSearchIndex(EngineCase):
    """The index follows, whoever writes."""

    def sql(self, query, *values):
        self.env.flush_all()
        self.env.cr.execute(SQL(query, *values))
        self.env.invalidate_all()

    def test_written_by_sql(self):
        self.sql(
            "UPDATE res_partner SET name = 'Qmarco', complete_name = 'Qmarco'"
            " WHERE id = %s",
            self.jan.id,
        )
        self.assertFinds(self.jan, "qmarco")
        self.assertEqual(self.ids("qjansen"), [])
        self.sql("UPDATE res_partner SET active = false WHERE id = %s", self.jan.id)
        self.assertEqual(self.ids("qmarco"), [])

    def test_deleted_by_sql(self):
        gone = self.new_customer("Qgone")
        self.env.flush_all()
        subject = self.env["customer.subject"].search([("partner_id", "=", gone.id)])
        self.sql("DELETE FROM res_partner WHERE id = %s", gone.id)
        self.env.cr.execute(
            SQL("SELECT 1 FROM customer_search_index WHERE partner_id = %s", gone.id)
        )
        self.assertFalse(self.env.cr.fetchall())
        self.assertTrue(subject)

    def test_tags_moved_by_sql(self):
        tag = self.env["res.partner.category"].create({"name": "Qmoved"})
        self.jan.category_id = tag
        self.sql(
            "UPDATE res_partner_res_partner_category_rel SET partner_id = %s"
            " WHERE partner_id = %s",
            self.wis.id,
            self.jan.id,
        )
        self.assertFinds(self.wis, "qmoved", fields=["category_id"])

    def test_merged_by_core(self):
        self.jan.write({"email": "one@example.com"})
        twin = self.new_customer("Jan Qtwinned", email="one@example.com")
        merge = self.env["base.partner.merge.automatic.wizard"].create({})
        merge._merge((self.jan + twin).ids, self.jan)
        self.assertEqual(self.ids("qtwinned"), [])
        self.assertFinds(self.jan, "qjansen")

    def test_a_write_that_changes_nothing_searched(self):
        self.env.flush_all()
        self.env.cr.execute("SELECT pg_current_xact_id()")
        before = self._row_version(self.jan)
        self.jan.customer_note = "Rings twice"
        self.env.flush_all()
        self.assertEqual(self._row_version(self.jan), before)
        self.jan.city = "Qelsewhere"
        self.env.flush_all()
        self.assertNotEqual(self._row_version(self.jan), before)

    def _row_version(self, partner):
        self.env.cr.execute(
            SQL(
                "SELECT ctid::text FROM customer_search_index WHERE partner_id = %s",
                partner.id,
            )
        )
        return self.env.cr.fetchone()

    def test_an_invoice_is_a_sale(self):
        self.assertFalse(self.day(self.jan))
        self.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": self.jan.id}
        )
        today = str(fields.Date.context_today(self.jan))
        self.assertEqual(self.day(self.jan), today)
        self.env["account.move"].create(
            {"move_type": "in_invoice", "partner_id": self.wis.id}
        )
        self.assertFalse(self.day(self.wis), "a bill is none")

    def test_sales_of_the_past(self):
        self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.wis.id,
                "invoice_date": "2020-02-02",
            }
        )
        self.sql("UPDATE customer_search_index SET served_on = NULL")
        self.index._note_past_sales("account.move")
        self.assertEqual(self.day(self.wis), "2020-02-02")

    def test_rebuilt_and_restarted(self):
        cron = self.env.ref("customer_base.customer_search_rebuild_cron")
        self.sql("UPDATE customer_search_index SET body = '', tokens = '{}'")
        self.assertEqual(self.ids("qjansen"), [])
        self.index._plan_rebuild()
        self.assertEqual(self.index._rebuild_progress(), 0)
        # killed before: those below are done
        self.sql("UPDATE customer_search_state SET rebuilt_to = %s", self.wis.id)
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertFinds(self.jan, "qjansen")
        self.assertEqual(self.ids("wisniewska"), [])
        self.assertIsNone(self.index._rebuild_progress())
        self.index._plan_rebuild()
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertFinds(self.wis, "wisniewska")

    def test_leaves_with_the_module(self):
        self.index._drop()
        self.env.cr.execute(
            "SELECT 1 FROM pg_trigger WHERE tgname LIKE 'customer_search%'"
            " UNION ALL SELECT 1 FROM pg_proc WHERE proname LIKE 'customer_search%'"
            " UNION ALL SELECT 1 FROM pg_class WHERE relname LIKE 'customer_search%'"
        )
        self.assertFalse(self.env.cr.fetchall())
        self.jan.name = "Written without it"
        self.env.flush_all()
        self.index._install()
        self.assertFinds(self.jan, "written without")

    def test_missing_extension(self):
        self.patch(type(self.env.cr), "execute", self._without_trigrams())
        with self.refused(UserError, "CREATE EXTENSION pg_trgm"):
            self.index._check_extension()

    def _without_trigrams(self):
        execute = type(self.env.cr).execute

        def answer(cursor, query, params=None, **kwargs):
            if "extname = 'pg_trgm'" in str(query):
                query = "SELECT 1 WHERE false"
            elif "pg_available_extension_versions" in str(query):
                query = "SELECT false"
            return execute(cursor, query, params, **kwargs)

        return answer


@tagged("post_install", "-at_install")
class TestSearchBackOffice(EngineCase):
    """Fields and lists of contacts."""

    def names(self, text, operator="ilike"):
        found = self.as_user.name_search(
            text, [("id", "in", (self.wis + self.jan).ids)], operator
        )
        return [id_ for id_, _name in found]

    def test_name_search(self):
        self.assertEqual(self.names("wisniewska lodz"), self.wis.ids)
        self.assertEqual(self.names("06 1234 5678"), self.wis.ids)
        self.assertEqual(self.names("5678"), self.wis.ids)

    def test_other_operators_stay_core(self):
        self.assertEqual(self.names("wisniewska", "="), [])
        self.assertEqual(self.names("Zofia Wiśniewska", "="), self.wis.ids)

    def test_whoever_is_a_contact_is_found(self):
        supplier = self.partners.create({"name": "Qsupplier Inc"})
        found = self.partners.name_search("qsupplier")
        self.assertEqual([id_ for id_, _name in found], supplier.ids)
        supplier.active = False
        self.assertFalse(self.partners.name_search("qsupplier"))
        archived = self.partners.with_context(active_test=False)
        self.assertTrue(archived.name_search("qsupplier"))

    def test_in_a_list(self):
        found = self.as_user.search([("display_name", "ilike", "lodz zofia")])
        self.assertEqual(found, self.wis.with_user(self.user))
        count = self.as_user.search_count([("display_name", "ilike", "lodz zofia")])
        self.assertEqual(count, 1)

    def test_not_ilike_and_punctuation(self):
        self.assertNotIn(
            self.wis, self.partners.search([("display_name", "not ilike", "zofia")])
        )
        self.assertIsInstance(self.partners.name_search("---"), list)

    def test_setting_gives_core_back(self):
        self.env["ir.config_parameter"].set_param(
            "customer_base.core_quick_search", "True"
        )
        self.assertEqual(self.names("lodz zofia"), [])
        self.assertEqual(self.names("zofia"), self.wis.ids)
