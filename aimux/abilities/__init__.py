"""What an outer terminal can do: how it is asked, what its answers mean, what options make of it.

Pure, and without a word on who asks: the client does, and `aimux doctor`.
"""
