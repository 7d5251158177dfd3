"""Tests read the English messages, whatever the language of the machine."""

from __future__ import annotations

import os

os.environ["KG_LANG"] = "en"
