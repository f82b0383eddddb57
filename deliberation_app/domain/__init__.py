"""What law and procedure say, in pure Python."""

import os

# Names are read sign by sign: the dictionary of phrases would only cost every process that writes a name 35 MB.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
