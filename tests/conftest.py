"""Tests read the English messages, whatever the language of the machine, and can be interrupted wherever they run."""

from __future__ import annotations

import os
import signal

os.environ["KG_LANG"] = "en"
# A job in a shell's background ignores Ctrl-C, and so would the programs that the tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)
