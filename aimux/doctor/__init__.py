"""`aimux doctor`: what the terminal can do, what is set, what is wrong and how to mend it.

Needs neither a server nor a terminal, and changes nothing.
"""
