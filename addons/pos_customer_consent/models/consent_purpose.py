from odoo import api, models


class ConsentPurpose(models.Model):
    """What a till asks for: a short list, loaded whole at each opening."""

    _name = "consent.purpose"
    _inherit = ["consent.purpose", "pos.load.mixin"]

    @api.model
    def _load_pos_data_domain(self, data, config):
        return [
            ("company_id", "=", config.company_id.id),
            ("ask_in_pos", "=", True),
            ("wording_ids.published_at", "!=", False),
        ]

    @api.model
    def _load_pos_data_fields(self, config):
        return [
            "code",
            "name",
            "sequence",
            "ask_at_creation",
            "answer_required",
            "is_condition",
        ]

    @api.model
    def _server_date_to_domain(self, domain):
        """Whole each time: a purpose changes with its wordings too."""
        return domain

    def _unrelevant_records(self, config):
        """What a till holds from before and asks for no more leaves it."""
        return (self - self.filtered_domain(self._load_pos_data_domain({}, config))).ids

    def _asked_at_creation(self, config):
        """The purposes that ``config`` asks new customers for.

        :return: ``consent.purpose``
        """
        # sudo: what customers are asked is no secret
        purposes = self.sudo().search(self._load_pos_data_domain({}, config))
        return purposes.filtered("ask_at_creation")
