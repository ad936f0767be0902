"""The written reason that every decision needs: the same as at the door, where the PPDP's answer needs one too."""

from lumbung.portal.intake.reasons import LONGEST, checked

__all__ = ["LONGEST", "checked"]
