import uuid

from odoo import api, fields, models


class CustomerSubject(models.Model):
    """The pseudonym under which ledgers know a customer.

    ``partner_id`` is a plain integer and not a foreign key: core's merge rewrites every
    foreign key to a partner in raw SQL, and deleting a partner must not touch the row
    by which a ledger is still understood.
    """

    _name = "customer.subject"
    _description = "Customer Subject"
    _log_access = False
    _rec_name = "uuid"
    _allow_sudo_commands = False

    uuid = fields.Char(size=36, required=True, readonly=True)
    partner_id = fields.Integer(required=True, readonly=True)
    live = fields.Boolean(default=True, readonly=True)

    _uuid_unique = models.UniqueIndex("(uuid)")
    _partner_live_unique = models.UniqueIndex("(partner_id) WHERE live")
    _partner_index = models.Index("(partner_id)")

    @api.model
    def _ensure(self, partner_ids):
        """Give each partner a live subject.

        :param partner_ids: ids of partners
        :return: dict of partner id to UUID
        """
        # sudo: nobody creates subjects but this method
        subjects = self.sudo().search_fetch(
            [("partner_id", "in", list(partner_ids)), ("live", "=", True)]
        )
        known = {subject.partner_id: subject.uuid for subject in subjects}
        missing = [pid for pid in partner_ids if pid not in known]
        created = self.sudo().create(  # sudo: as above
            [{"partner_id": pid, "uuid": str(uuid.uuid4())} for pid in missing]
        )
        known.update((subject.partner_id, subject.uuid) for subject in created)
        if created:
            self.env["res.partner"].invalidate_model(["customer_uuid"])
        return known
