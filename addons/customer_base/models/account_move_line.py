from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _compute_price_unit(self):
        """Price the line of a customer invoice by the type of the customer.

        Core's invoices know no price list. Lines that come from an order bring their
        price along and never pass here.
        """
        result = super()._compute_price_unit()
        for line in self:
            price_unit = line._customer_type_price_unit()
            if price_unit is not None:  # 0 is a price, of a discount of 100 %
                line.price_unit = price_unit
        return result

    def _customer_type_price_unit(self):
        """Price by the list of the customer's type, or None where none applies."""
        self.ensure_one()
        move = self.move_id
        if (
            move.move_type not in ("out_invoice", "out_receipt")
            or not self.product_id
            or not move.partner_id
            or self.display_type != "product"
            or self.is_imported
        ):
            return None
        company = move.company_id
        partner = move.partner_id.with_company(company)
        pricelist = partner.property_product_pricelist
        customer_type = partner._get_effective_customer_types(company)[partner]
        if not customer_type or pricelist != customer_type._effective_pricelists(
            company
        ).get(customer_type.id):
            return None
        price = pricelist._get_product_price(
            self.product_id.with_company(company),
            self.quantity or 1.0,
            date=move.invoice_date or move.date,
        )
        return self.product_id._get_tax_included_unit_price(
            company,
            move.currency_id,
            move.date,
            "sale",
            fiscal_position=move.fiscal_position_id,
            product_uom=self.product_uom_id,
            product_currency=pricelist.currency_id,
            product_price_unit=price,
        )
