"""Who may change the points of cards: code that checked, never a caller by themselves."""

from odoo.tools.misc import clean_context


class Booking(int):
    """Value of the context key ``loyalty_booking`` that lets code change points.

    The key counts only with this class, which no call from outside can put there. An
    integer, so that a context may still be handed on as JSON, where it means nothing.
    """


def booking(records):
    """``records`` for code that books the points of a document it has checked.

    Prefer ``loyalty.card._book``: this is for core's own code, which writes points in
    the name of whoever sells. Defaults of the caller stay out of what is booked.
    """
    return without_defaults(records).with_context(loyalty_booking=Booking(True))


def without_defaults(records):
    """``records`` without the ``default_`` keys of whoever calls."""
    return records.with_env(records.env(context=clean_context(records.env.context)))


def may_book(env):
    """Whether the code that runs may change points and history."""
    return env.su or isinstance(env.context.get("loyalty_booking"), Booking)
