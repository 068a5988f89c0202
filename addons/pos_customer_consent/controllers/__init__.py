from . import consent_display
