from . import consent_receipt
