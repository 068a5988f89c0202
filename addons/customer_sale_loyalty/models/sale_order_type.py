from odoo import models


class SaleOrder(models.Model):
    """Programmes that are for customers of some types only."""

    _inherit = "sale.order"

    def _get_program_domain(self):
        return [*super()._get_program_domain(), *self._get_type_domain()]

    def _get_trigger_domain(self):
        return [*super()._get_trigger_domain(), *self._get_type_domain("program_id.")]

    def _get_type_domain(self, path=""):
        """Programmes that take this customer, by the type that counts today."""
        self.ensure_one()
        customer_type = self._get_loyalty_type()
        return [
            "|",
            (f"{path}customer_type_ids", "=", False),
            (f"{path}customer_type_ids", "in", customer_type.ids),
        ]

    def _get_loyalty_type(self):
        # sudo: whether a customer is a student is for the programme to know
        partner = self.partner_id.sudo().commercial_partner_id
        types = partner._get_effective_customer_types(self.company_id)
        return types.get(partner, self.env["customer.type"])

    def _try_apply_program(self, program, coupon=None):
        if refusal := self._get_type_refusal(program):
            return {"error": refusal}
        return super()._try_apply_program(program, coupon)

    def _try_apply_code(self, code):
        result = super()._try_apply_code(code)
        if "error" in result:
            # sudo: the programme of a code that somebody entered
            program = self.sudo()._find_program_of_code(code)
            if refusal := program and self._get_type_refusal(program):
                return {"error": refusal}
        return result

    def _find_program_of_code(self, code):
        """The programme of this company that ``code`` is for, whoever it takes."""
        companies = self.env["loyalty.program"]._check_company_domain(self.company_id)
        rule = self.env["loyalty.rule"].search(
            [("mode", "=", "with_code"), ("code", "=", code)]
        )
        card = self.env["loyalty.card"].search([("code", "=", code)])
        return (rule.program_id | card.program_id).filtered_domain(companies)[:1]

    def _get_type_refusal(self, program):
        """Why ``program`` is not for this customer, "" when it is: a sentence."""
        if program._takes_customer(self.partner_id, self.company_id):
            return ""
        return self.env._(
            "“%(program)s” is for these customers only: %(types)s.",
            program=program.name,
            # sudo: types of whatever company
            types=", ".join(program.sudo().customer_type_ids.mapped("name")),
        )
