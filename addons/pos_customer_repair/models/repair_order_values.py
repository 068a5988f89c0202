import base64
import binascii
import math
from datetime import datetime

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype

_TEXTS = {"item": 200, "serial": 100, "fault": 5000}
_VALUES = {"partner_id", "product_id", "price", "date", "photos", *_TEXTS}
_PHOTOS = 5
_PHOTO_BYTES = 5_000_000  # what the till sends is a tenth of it


class RepairOrder(models.Model):
    """What a till sends of a work order, read with mistrust."""

    _inherit = "repair.order"

    # by type of their content: how their files end
    _customer_photo_types = {
        "image/jpeg": "jpg",
        "image/png": "png",
        "image/webp": "webp",
    }

    @api.model
    def _customer_parse_repair(self, values):
        """
        :return: dict with each of the values, empty or checked
        :raise UserError: with what to correct
        """
        if not isinstance(values, dict) or values.keys() - _VALUES:
            raise UserError(
                self.env._("A work order must be given by the names of its values.")
            )
        parsed = {
            name: self._customer_parse_text(values.get(name), longest)
            for name, longest in _TEXTS.items()
        }
        parsed["partner_id"] = self._customer_parse_record(
            "res.partner", values.get("partner_id")
        )
        if not parsed["partner_id"]:
            raise UserError(self.env._("Choose the customer of the repair."))
        parsed["product_id"] = self._customer_parse_record(
            "product.product", values.get("product_id")
        )
        if not (parsed["product_id"] or parsed["item"]):
            raise UserError(self.env._("Say what the customer brings."))
        if not parsed["fault"]:
            raise UserError(self.env._("Say what is to be done."))
        parsed["price"] = self._customer_parse_price(values.get("price"))
        parsed["date"] = self._customer_parse_day(values.get("date"))
        parsed["photos"] = self._customer_parse_photos(values.get("photos") or [])
        return parsed

    @api.model
    def _customer_parse_text(self, text, longest):
        if not isinstance(text or "", str):
            raise UserError(self.env._("Texts of a work order must be texts."))
        return (text or "").strip()[:longest]

    @api.model
    def _customer_parse_record(self, model, record_id):
        """The record that the user may read, empty for none."""
        if not record_id:
            return self.env[model]
        if not isinstance(record_id, int) or not 0 < record_id < 2**31:
            raise UserError(
                self.env._("The customer and the product are given by ids.")
            )
        if model == "res.partner":
            record_id = self.env["customer.redirect"]._resolve(record_id)
        record = self.env[model].browse(record_id).exists()
        if not record:
            raise UserError(
                self.env._(
                    "The customer or the product was deleted meanwhile. Choose again."
                )
            )
        record.check_access("read")
        return record

    @api.model
    def _customer_parse_price(self, price):
        if price in (None, False, ""):
            return None
        is_number = isinstance(price, int | float) and not isinstance(price, bool)
        if not is_number or not math.isfinite(price) or not 0 <= price < 10**9:
            raise UserError(self.env._("The agreed price is no amount."))
        return price

    @api.model
    def _customer_parse_day(self, day):
        if not day:
            return None
        try:
            return datetime.strptime(day, "%Y-%m-%d").date()
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._("The day when it shall be ready is no day.")
            ) from error

    @api.model
    def _customer_parse_photos(self, photos):
        """:return: list of pairs of type and content"""
        if not isinstance(photos, list) or len(photos) > _PHOTOS:
            raise UserError(
                self.env._("A work order takes up to %(count)s photos.", count=_PHOTOS)
            )
        return [self._customer_parse_photo(photo) for photo in photos]

    @api.model
    def _customer_parse_photo(self, photo):
        try:
            content = base64.b64decode(photo, validate=True)
        except (TypeError, ValueError, binascii.Error):
            content = b""
        kind = guess_mimetype(content) if content else None
        if kind not in self._customer_photo_types or len(content) > _PHOTO_BYTES:
            raise UserError(
                self.env._(
                    "A photo is a JPEG, PNG or WebP picture of at most 5 MB. Take it "
                    "again or choose another file."
                )
            )
        return kind, content
