"""What a plan promises when nothing else was agreed (section 6; guide p. 14).

>>> STANDARD_ALLOWANCES["critical"]
600
"""

from __future__ import annotations

STANDARD_ALLOWANCES = {"critical": 600, "high": 1200, "medium": 1800, "low": 2400}
"""Severity → business minutes from opening to solution."""
