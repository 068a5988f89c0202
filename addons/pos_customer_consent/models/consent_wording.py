from odoo import api, models


class ConsentWording(models.Model):
    """What customers read at a till: of each purpose the latest text in each language."""

    _name = "consent.wording"
    _inherit = ["consent.wording", "pos.load.mixin"]

    @api.model
    def _load_pos_data_domain(self, data, config):
        purposes = [purpose["id"] for purpose in data["consent.purpose"]]
        return [("purpose_id", "in", purposes), ("published_at", "!=", False)]

    @api.model
    def _load_pos_data_fields(self, config):
        return ["purpose_id", "version", "lang", "body"]

    @api.model
    def _server_date_to_domain(self, domain):
        """Whole each time, as the purposes."""
        return domain

    @api.model
    def _load_pos_data_read(self, records, config):
        newest = {}
        for wording in records.sorted("version"):
            newest[wording.purpose_id, wording.lang] = wording
        records = records.browse([wording.id for wording in newest.values()])
        rows = super()._load_pos_data_read(records, config)
        titles = {wording.id: wording._consent_title() for wording in records}
        return [{**row, "_title": titles[row["id"]]} for row in rows]

    def _consent_title(self):
        """The name of the purpose in the language of the text, frozen with it."""
        return (self.notice or {}).get("purpose") or self.purpose_id.name
