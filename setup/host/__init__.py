"""Brings a real Odoo 19 up on this machine, for trying the suite and for testing it.

Standard library only: this package runs before anything is installed. What needs a package runs in the virtual
environment as a process of its own (``inside.py``, Odoo, pytest).
"""
