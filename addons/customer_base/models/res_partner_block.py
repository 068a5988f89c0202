from datetime import date, datetime

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .customer_block import END_OF_DAY, LIFT_REASONS, REASONS, SCOPES


class ResPartner(models.Model):
    """What a customer may not do: given, lifted, asked for.

    A block of a company holds for its contacts, as its type does. That of a contact
    holds for this person alone.
    """

    _inherit = "res.partner"

    customer_block_ids = fields.One2many(
        "customer.block",
        "partner_id",
        string="Blocks",
        readonly=True,
        groups="customer_base.group_customer_manager",
    )
    # groups: a portal user reads their own partner, every field without groups
    customer_blocked_login = fields.Boolean(
        string="Blocked: login",
        compute="_compute_customer_blocked",
        compute_sudo=True,
        search="_search_customer_blocked_login",
        groups="base.group_user",
    )
    customer_blocked_pos = fields.Boolean(
        string="Blocked: till and quotations",
        compute="_compute_customer_blocked",
        compute_sudo=True,
        search="_search_customer_blocked_pos",
        groups="base.group_user",
    )
    customer_blocked_credit = fields.Boolean(
        string="Blocked: purchase on account",
        compute="_compute_customer_blocked",
        compute_sudo=True,
        search="_search_customer_blocked_credit",
        groups="base.group_user",
    )
    customer_blocked_marketing = fields.Boolean(
        string="Blocked: marketing",
        compute="_compute_customer_blocked",
        compute_sudo=True,
        search="_search_customer_blocked_marketing",
        groups="base.group_user",
    )
    customer_block_text = fields.Char(
        string="Blocked",
        compute="_compute_customer_block_text",
        compute_sudo=True,
        groups="base.group_user",
        help="What the customer is blocked for, why and until when.",
    )

    @api.depends(
        "customer_block_ids.until",
        "customer_block_ids.lifted_at",
        "commercial_partner_id.customer_block_ids.until",
        "commercial_partner_id.customer_block_ids.lifted_at",
    )
    def _compute_customer_blocked(self):
        blocked = self._customer_blocked_scopes()
        for partner in self:
            for scope, _label in SCOPES:
                partner[f"customer_blocked_{scope}"] = scope in blocked[partner.id]

    @api.depends(
        "customer_block_ids.until",
        "customer_block_ids.lifted_at",
        "commercial_partner_id.customer_block_ids.until",
        "commercial_partner_id.customer_block_ids.lifted_at",
    )
    @api.depends_context("lang", "tz")
    def _compute_customer_block_text(self):
        blocks = self._customer_blocks_in_force()
        for partner in self:
            partner.customer_block_text = partner._customer_block_text_of(
                blocks[partner.id]
            )

    def _customer_block_text_of(self, blocks):
        """One sentence for each end and reason, with the scopes that share them."""
        sentences = []
        for block, same in self._customer_blocks_alike(blocks):
            text = self.env._(
                "%(scopes)s: %(why)s",
                scopes=", ".join(other._label("scope") for other in same),
                why=block._sentence(),
            )
            if block.partner_id != self._origin:
                text += f" ({block.partner_id.display_name})"
            sentences.append(text)
        return " · ".join(sentences)

    def _customer_blocks_alike(self, blocks):
        """:return: list of the first block and all that say the same of other scopes"""
        alike = blocks.grouped(lambda b: (b.reason, b.until, b.partner_id)).values()
        return [(same[0], same) for same in alike]

    def _search_customer_blocked_login(self, operator, value):
        return self._search_customer_blocked("login", operator, value)

    def _search_customer_blocked_pos(self, operator, value):
        return self._search_customer_blocked("pos", operator, value)

    def _search_customer_blocked_credit(self, operator, value):
        return self._search_customer_blocked("credit", operator, value)

    def _search_customer_blocked_marketing(self, operator, value):
        return self._search_customer_blocked("marketing", operator, value)

    @api.model
    def _search_customer_blocked(self, scope, operator, value):
        if operator != "in":
            return NotImplemented
        wanted = {bool(flag) for flag in value}
        if len(wanted) != 1:
            return Domain.TRUE if wanted else Domain.FALSE
        blocks = self.env["customer.block"]
        # sudo: that somebody is blocked is read by those who do not manage blocks
        in_force = blocks.sudo().search(
            blocks._in_force_domain(fields.Datetime.now()) & Domain("scope", "=", scope)
        )
        # ids and no sub-select: both columns have an index, few customers are blocked
        ids = in_force.partner_id.ids
        domain = Domain("id", "in", ids) | Domain("commercial_partner_id", "in", ids)
        return domain if wanted == {True} else ~domain

    # -- asking -----------------------------------------------------------------------

    def _customer_blocks_in_force(self, scopes=None, at=None):
        """Blocks that count for each of these: their own and their company's.

        :param scopes: names of scopes, all by default
        :param datetime at: the instant, now by default
        :return: dict of partner id to ``customer.block``, one for each scope, the
            strictest
        """
        # sudo: that a customer is blocked and why is told to whoever serves them
        blocks, partners = self.env["customer.block"].sudo(), self.sudo()
        holders = {p: p._origin | p._origin.commercial_partner_id for p in partners}
        found = blocks.search_fetch(
            blocks._in_force_domain(at or fields.Datetime.now())
            & Domain("partner_id", "in", self.union(*holders.values()).ids)
            & Domain("scope", "in", scopes or [name for name, _label in SCOPES]),
            ["partner_id", "scope", "reason", "since", "until"],
        ).grouped("partner_id")
        result = {}
        for partner, theirs in holders.items():
            counting = blocks.union(*(found.get(holder, blocks) for holder in theirs))
            by_scope = counting.grouped("scope")
            result[partner.id] = blocks.union(
                *(by_scope[s]._strictest() for s, _label in SCOPES if s in by_scope)
            )
        return result

    def _customer_blocked_scopes(self, at=None):
        """What each of these is blocked for.

        :return: dict of partner id to list of names of scopes
        """
        return {
            partner_id: blocks.mapped("scope")
            for partner_id, blocks in self._customer_blocks_in_force(at=at).items()
        }

    # -- giving and lifting -------------------------------------------------------------

    def customer_block(self, scopes, reason, until=None, note=None):
        """Block the customer; the same call twice blocks once.

        A block in force for a scope is replaced by the new one: the latest word counts.

        :param list scopes: of ``login``, ``pos``, ``credit``, ``marketing``
        :param str reason: ``unpaid``, ``abuse``, ``fraud``, ``own_request``, ``other``
        :param str until: last day (``YYYY-MM-DD``, in the user's time zone) or last
            moment (``YYYY-MM-DD HH:MM:SS``, UTC); without end by default
        :param str note: free text for managers, kept where it can be erased
        :return: list of all scopes that the customer is blocked for now
        :raise AccessError: for users who are no customer managers
        :raise UserError: for an unknown scope or reason, an end that is over, a
            partner who is no customer, and the login of a colleague
        """
        self.ensure_one()
        self._customer_block(scopes, reason, until=until, note=note)
        return self._customer_blocked_scopes()[self.id]

    def customer_unblock(self, scopes=None, reason=None, note=None):
        """Lift blocks of the customer; one who is not blocked stays so.

        :param list scopes: as of ``customer_block``, all by default
        :param str reason: ``settled``, ``mistake``, ``own_request``, ``other``
        :param str note: free text for managers, kept where it can be erased
        :return: list of the scopes that the customer is still blocked for
        :raise AccessError: for users who are no customer managers
        :raise UserError: for an unknown scope or reason, and for a block that is the
            company's
        """
        self.ensure_one()
        self._customer_unblock(scopes, reason, note=note)
        return self._customer_blocked_scopes()[self.id]

    def _customer_block(self, scopes, reason, until=None, note=None):
        """As ``customer_block``, of several customers."""
        self._check_customer_manager()
        self.check_access("write")
        scopes = self._customer_block_scopes(scopes)
        self._check_customer_block_code(reason, REASONS)
        until = self._customer_block_until(until)
        note = self._customer_block_note(note)
        if strangers := self.filtered(lambda p: not p.is_customer):
            raise UserError(
                self.env._(
                    "“%(partner)s” is no customer, and only customers are blocked. A "
                    "contact becomes one by “Customer” on its form.",
                    partner=strangers[0].display_name,
                )
            )
        if "login" in scopes:
            self._check_customer_no_colleague()
        changed = self.filtered(
            lambda p: p._customer_block_one(scopes, reason, until, note)
        )
        changed._customer_blocks_changed()

    def _customer_block_one(self, scopes, reason, until, note):
        """:return: whether anything was to do"""
        former = self._customer_own_blocks(scopes)
        same = former.filtered(
            lambda b: (b.reason, b.until, b.note) == (reason, until, note)
        )
        scopes = [scope for scope in scopes if scope not in same.mapped("scope")]
        if not scopes:
            return False
        (former - same)._lift()
        row = self.env["customer.journal"]._log(
            self._ensure_customer_uuid(),
            "blocked",
            reason=reason,
            note=note,
            scopes=scopes,
            until=until and fields.Datetime.to_string(until),
        )
        # sudo: written by acts, never by users
        self.env["customer.block"].sudo().create(
            [
                {
                    "partner_id": self.id,
                    "scope": scope,
                    "reason": reason,
                    "until": until,
                    "journal_ref": row.id,
                }
                for scope in scopes
            ]
        )
        return True

    def _customer_unblock(self, scopes=None, reason=None, note=None):
        """As ``customer_unblock``, of several customers."""
        self._check_customer_manager()
        self.check_access("write")
        scopes = self._customer_block_scopes(scopes or [name for name, _l in SCOPES])
        if reason:
            self._check_customer_block_code(reason, LIFT_REASONS)
        note = self._customer_block_note(note)
        changed = self.filtered(lambda p: p._customer_unblock_one(scopes, reason, note))
        (self - changed)._check_customer_block_is_own(scopes)
        changed._customer_blocks_changed()

    def _customer_unblock_one(self, scopes, reason, note):
        """:return: whether anything was to do"""
        blocks = self._customer_own_blocks(scopes)
        if not blocks:
            return False
        blocks._lift(reason)
        self.env["customer.journal"]._log(
            self._ensure_customer_uuid(),
            "unblocked",
            reason=reason,
            note=note,
            scopes=sorted(set(blocks.mapped("scope"))),
        )
        return True

    def _customer_own_blocks(self, scopes):
        """Blocks in force that were given to this very partner."""
        blocks = self.env["customer.block"].sudo()  # sudo: whoever comes here may lift
        return blocks.search(
            blocks._in_force_domain(fields.Datetime.now())
            & Domain("partner_id", "=", self.id)
            & Domain("scope", "in", scopes)
        )

    def _check_customer_block_is_own(self, scopes):
        """:raise UserError: for a contact whose block is the company's"""
        for partner_id, blocks in self._customer_blocks_in_force(scopes).items():
            if blocks:
                raise UserError(
                    self.env._(
                        "%(contact)s is blocked through %(company)s. Lift the block of "
                        "the company.",
                        contact=self.browse(partner_id).display_name,
                        company=blocks[0].partner_id.display_name,
                    )
                )

    def _customer_blocks_changed(self):
        """Tell it to whoever holds these customers; the till's module adds its tills.

        Their date of change moves, by which a till that was away asks for them again.

        :return: these customers and the contacts whom their blocks count for
        """
        if not self:
            return self
        # sudo, active_test: contacts count, whether or not the user sees them
        partners = self.sudo().with_context(active_test=False)
        partners = partners.search(
            Domain("id", "in", self.ids)
            | Domain("commercial_partner_id", "in", self.ids)
        )
        # SQL: no field of theirs changes, and the right to block is no right to write
        self.env.cr.execute(
            SQL(
                "UPDATE res_partner SET write_date = %s WHERE id IN %s",
                self.env.cr.now(),
                tuple(partners.ids),
            )
        )
        partners.invalidate_recordset(["write_date"])
        return partners.sudo(False).with_env(self.env)

    # -- selling all the same -------------------------------------------------------------

    def _customer_override_block(self, document):
        """Let one document through although the customer is blocked.

        :param str document: key of the document, see ``customer.document.mixin``
        :raise AccessError: for users who are no customer managers
        """
        self.ensure_one()
        self._check_customer_manager()
        self.env["customer.journal"]._log(
            self._ensure_customer_uuid(), "block_overridden", document=document
        )

    def _customer_block_overridden(self, document, blocks):
        """Whether a manager let ``document`` through after all of ``blocks`` were given.

        Also for somebody who was merged into this customer since.
        """
        self.ensure_one()
        # sudo: the journal is read by managers, the answer is for whoever sells
        env = self.sudo().env
        former = env["customer.redirect"].search([("new_id", "=", self.id)])
        subjects = env["customer.subject"].search(
            [("partner_id", "in", [self.id, *former.mapped("old_id")])]
        )
        rows = env["customer.journal"].search(
            [
                ("subject_uuid", "in", subjects.mapped("uuid")),
                ("event", "=", "block_overridden"),
                ("at", ">=", max(blocks.mapped("since"))),
            ]
        )
        return any(row.details.get("document") == document for row in rows)

    # -- parameters -----------------------------------------------------------------------

    @api.model
    def _customer_block_scopes(self, scopes):
        """:raise UserError: unless ``scopes`` are names of scopes, one at least"""
        names = [name for name, _label in SCOPES]
        known = isinstance(scopes, list | tuple) and all(s in names for s in scopes)
        if not known or not scopes:
            raise UserError(
                self.env._(
                    "Say what to block, as a list of some of: %(scopes)s.",
                    scopes=", ".join(names),
                )
            )
        return [name for name in names if name in scopes]

    @api.model
    def _check_customer_block_code(self, code, selection):
        """:raise UserError: unless ``code`` is one of ``selection``"""
        codes = [name for name, _label in selection]
        if code not in codes:
            raise UserError(
                self.env._(
                    "The reason must be one of: %(codes)s. What there is to say beyond "
                    "that goes into the note.",
                    codes=", ".join(codes),
                )
            )

    @api.model
    def _customer_block_note(self, note):
        if note and not isinstance(note, str):
            raise UserError(self.env._("The note must be a text."))
        return (note or "").strip() or False

    @api.model
    def _customer_block_until(self, until):
        """The last moment in UTC, of a day or of an instant; False without end.

        :raise UserError: for what is no date, and for a date that is over
        """
        if not until:
            return False
        try:
            if not isinstance(until, str | date):
                raise TypeError
            is_day = isinstance(until, str) and len(until) == 10
            is_day |= isinstance(until, date) and not isinstance(until, datetime)
            moment = fields.Datetime.to_datetime(until)
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._(
                    "“%(until)s” is no date. Write it as 2031-12-24.",
                    until=str(until)[:50],
                )
            ) from error
        if is_day:
            last = self.env.tz.localize(datetime.combine(moment, END_OF_DAY))
            moment = last.astimezone(pytz.utc).replace(tzinfo=None)
        if moment < fields.Datetime.now():
            raise UserError(
                self.env._(
                    "The block would be over before it begins: choose a later end."
                )
            )
        return moment

    # -- the whole life of what is kept here ----------------------------------------------

    def _customer_merge_into(self, target):
        """A block beats none: the customer who remains has those of all."""
        # sudo: written by acts, never by users
        blocks = self.env["customer.block"].sudo()
        if moved := blocks.search([("partner_id", "in", self.ids)]):
            moved.partner_id = target
            target._customer_blocks_changed()
        return super()._customer_merge_into(target)

    def _customer_export(self):
        # sudo: the customer's own data, whoever was chosen to export them
        blocks = self.sudo().customer_block_ids
        return {
            **super()._customer_export(),
            "blocks": [
                {
                    "scope": block.scope,
                    "reason": block.reason,
                    "note": block.note or "",
                    "since": fields.Datetime.to_string(block.since),
                    "until": fields.Datetime.to_string(block.until) or "",
                    "lifted": fields.Datetime.to_string(block.lifted_at) or "",
                }
                for block in blocks
            ],
        }

    def _customer_erasure_plan(self):
        # sudo: what there is to forget does not depend on who looks
        blocks = self.sudo().customer_block_ids
        return [
            *super()._customer_erasure_plan(),
            {
                "model": "customer.block",
                "field": "partner_id",
                "ids": blocks.ids,
                "action": "delete",
            },
            {
                "model": "customer.journal.note",
                "field": "body",
                "ids": self._customer_block_notes().ids,
                "action": "mask",
            },
        ]

    def _customer_block_notes(self):
        """What managers wrote about blocks of the customer, lifted ones included."""
        # sudo: as above
        rows = (
            self.env["customer.journal"]
            .sudo()
            .search(
                [
                    ("subject_uuid", "=", self.customer_uuid),
                    ("event", "in", ("blocked", "unblocked")),
                ]
            )
        )
        notes = self.env["customer.journal.note"].sudo()  # sudo: as above
        return notes.search([("journal_ref", "in", rows.ids)])

    # -- told to whoever serves them ------------------------------------------------------

    @api.model
    def _customer_rows(self, found):
        """Rows of a list say who is blocked at the till, by one small query for all."""
        rows = super()._customer_rows(found)
        blocked = self._customer_blocked_ids("pos", [row["id"] for row in rows])
        return [{**row, "blocked": row["id"] in blocked} for row in rows]

    @api.model
    def _customer_blocked_ids(self, scope, ids):
        """Of ``ids`` those blocked now: a scanned code has no time for records."""
        self.env["customer.block"].flush_model()
        query = SQL(
            """
            SELECT partner.id
              FROM res_partner AS partner
              JOIN customer_block AS block
                ON block.partner_id IN (partner.id, partner.commercial_partner_id)
             WHERE partner.id = ANY(%(ids)s)
               AND block.scope = %(scope)s
               AND block.lifted_at IS NULL
               AND (block.until IS NULL OR block.until >= %(now)s)
            """,
            ids=list(ids),
            scope=scope,
            now=fields.Datetime.now(),
        )
        return {row[0] for row in self.env.execute_query(query)}

    def _customer_card(self, config):
        blocks = self._customer_blocks_in_force()[self.id]
        return {
            **super()._customer_card(config),
            "block": [block._customer_card_block(self) for block in blocks],
        }
