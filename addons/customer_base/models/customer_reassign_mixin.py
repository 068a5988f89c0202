from odoo import api, models
from odoo.exceptions import AccessError, LockError, UserError, ValidationError


class CustomerReassignMixin(models.AbstractModel):
    """A document that gets another customer by a manager's word, on the record.

    Inherit it beside ``customer.document.mixin`` and set ``_customer_reassign_event``.
    Say in ``_customer_reassign_refusal`` when the customer must stay, and bring along in
    ``_customer_reassign_apply`` what belongs to whoever has the document.
    """

    _name = "customer.reassign.mixin"
    _description = "Document that may get another Customer"

    # event of the journal, and under which key its row holds the id of the document
    _customer_reassign_event = None
    _customer_reassign_key = "document"

    # -- public ----------------------------------------------------------------------

    def customer_reassign(self, partner_id, reason, note=None):
        """Give this document another customer, or one if it had none.

        :param int partner_id: id of the customer, False for none; the id of somebody
            merged since leads to who they are now
        :param str reason: code, one of ``_get_customer_reassign_reasons``
        :param str note: free text, kept where it can be erased
        :return: ids of the documents that changed, those that go together with this one
            among them; empty when it is the customer's already
        :raise AccessError: for users who are no customer managers
        :raise UserError: with the reason when the customer must stay, and the way out
        :raise ValidationError: for an unknown reason or an id that is none
        """
        self.ensure_one()
        self._check_customer_reassign()
        self.check_access("read")
        partner = self._get_customer_reassign_partner(partner_id)
        return self._customer_reassign(partner, reason, note)

    def customer_reassign_preview(self, partner_id):
        """What a change of the customer would do, before anybody is asked to decide.

        :param int partner_id: as for ``customer_reassign``
        :return: ``{"changes", "refusals", "effects", "reasons"}``: whether it does
            anything; sentences, empty when nothing stands in the way; sentences; list of
            code and label of each reason
        :raise AccessError: for users without the Customers app, or without the document
        """
        self.ensure_one()
        self.env["res.partner"]._check_customer_user()
        self.check_access("read")
        partner = self._get_customer_reassign_partner(partner_id)
        documents = self._get_customer_reassign_documents(partner)
        effects = documents._customer_reassign_effects(partner)
        if not documents:
            effects = [self.env._("This is the customer already: nothing changes.")]
        return {
            "changes": bool(documents),
            "refusals": documents._customer_reassign_refusals(partner),
            "effects": effects,
            "reasons": self._get_customer_reassign_reasons(),
        }

    def action_customer_reassign(self):
        """Open the window that asks for the new customer and the reason.

        :return: action
        :raise AccessError: for users who are no customer managers
        """
        self.ensure_one()
        self._check_customer_reassign()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "customer_base.customer_reassign_wizard_action"
        )
        action["context"] = {"default_document_ref": f"{self._name},{self.id}"}
        return action

    # -- the parts of it --------------------------------------------------------------

    def _check_customer_reassign(self):
        """:raise AccessError: when the user is no customer manager"""
        if not self.env.su and not self.env.user.has_group(
            "customer_base.group_customer_manager"
        ):
            raise AccessError(
                self.env._(
                    "Only a customer manager changes the customer of a document. Ask "
                    "one of them."
                )
            )

    @api.model
    def _get_customer_reassign_models(self):
        """Names of the models whose documents may get another customer."""
        names = self.pool.descendants([self._name], "_inherit")
        return sorted(name for name in names if not self.env[name]._abstract)

    @api.model
    def _get_customer_reassign_reasons(self):
        # in tuples, the codes would be exported as texts to translate
        labels = {
            "wrong_customer": self.env._("The wrong customer was chosen"),
            "no_customer": self.env._("No customer was chosen"),
            "requested": self.env._("The customer asks for it"),
            "other": self.env._("Another reason"),
        }
        return list(labels.items())

    @api.model
    def _get_customer_reassign_partner(self, partner_id):
        """The customer with this id, or with the one that it leads to after a merge."""
        partners = self.env["res.partner"]
        if partner_id is None or partner_id is False:
            return partners
        if (
            not isinstance(partner_id, int)
            or isinstance(partner_id, bool)
            or not 0 < partner_id < 2**31
        ):
            raise ValidationError(
                self.env._("The customer must be given by the id, a whole number.")
            )
        partner = partners.browse(self.env["customer.redirect"]._resolve(partner_id))
        if not partner.exists():
            raise UserError(
                self.env._(
                    "This customer is no longer there: somebody deleted them meanwhile. "
                    "Search again."
                )
            )
        partner.check_access("read")
        return partner

    def _get_customer_reassign_documents(self, partner):
        """This document with those that are never divided from it.

        Empty when ``partner`` has it already.
        """
        # sudo: whoever may read the document may know whose it is
        document = self.sudo()
        if document.partner_id == partner:
            return document.browse()
        return document

    def _customer_reassign_refusals(self, partner):
        """Why these must keep their customer: sentences with the way out."""
        refusals = [document._customer_reassign_refusal(partner) for document in self]
        return [refusal for refusal in refusals if refusal]

    def _customer_reassign_refusal(self, partner):
        """Why this document must keep its customer, "" when nothing speaks against it."""
        self.ensure_one()
        theirs, ours = partner.company_id, self.company_id
        if theirs and ours and theirs not in ours.parent_ids:
            return self.env._(
                "“%(customer)s” is a customer of “%(theirs)s”, and “%(document)s” is one "
                "of “%(ours)s”. Choose a customer of that company.",
                customer=partner.display_name,
                theirs=theirs.sudo().name,  # sudo: its name only
                document=self.display_name,
                ours=ours.name,
            )
        return ""

    def _customer_reassign_effects(self, partner):
        """What happens to these documents, for whoever decides on it: sentences."""
        return []

    def _customer_reassign(self, partner, reason, note=None):
        """Change the customer of this document in the name of the user of the environment.

        For callers who have checked rights.
        """
        documents = self._get_customer_reassign_documents(partner)
        reasons = dict(self._get_customer_reassign_reasons())
        if reason not in tuple(reasons):  # of a caller: it need not be hashable
            raise ValidationError(
                self.env._(
                    "Give one of these reasons: %(codes)s.", codes=", ".join(reasons)
                )
            )
        if not documents:
            return []
        try:
            documents._customer_reassign_lock()
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody else is changing this document. Try again in a moment."
                )
            ) from error
        if refusals := documents._customer_reassign_refusals(partner):
            raise UserError("\n".join(refusals))
        # sudo: who may was checked before; a manager of customers need not sell
        partner = partner.sudo()
        documents = documents.with_company(self.sudo().company_id)  # sudo: as above
        old = documents.partner_id
        documents._customer_reassign_apply(old, partner)
        documents._customer_reassign_record(old, partner, reason, note)
        return documents.ids

    def _customer_reassign_lock(self):
        """:raise LockError: when somebody else is changing one of these"""
        self.lock_for_update()

    def _customer_reassign_apply(self, old, new):
        """Give these documents, and what goes with them, from ``old`` to ``new``.

        Either may be empty. Called with all rights.
        """
        self.write({"partner_id": new.id})

    def _customer_reassign_record(self, old, new, reason, note):
        """Write down for both customers and on the document what happened, and why."""
        for document in self:
            # a note may name the person who had the document: it is erased with them
            notes = {old or new: note}
            for partner, side in ((old, "from"), (new, "to")):
                if partner:
                    self.env["customer.journal"]._log(
                        partner._ensure_customer_uuid(),
                        self._customer_reassign_event,
                        reason=reason,
                        note=notes.get(partner),
                        side=side,
                        **{self._customer_reassign_key: document.id},
                    )
            document.message_post(
                body=self._customer_reassign_message(old, new, reason)
            )

    @api.model
    def _customer_reassign_message(self, old, new, reason):
        nobody = self.env._("no customer")
        return self.env._(
            "Customer changed from %(old)s to %(new)s. %(reason)s.",
            old=old.display_name or nobody,
            new=new.display_name or nobody,
            reason=dict(self._get_customer_reassign_reasons())[reason],
        )
