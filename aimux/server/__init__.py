"""The server: owns the terminals of the panes and decides everything; clients draw what it sends."""
