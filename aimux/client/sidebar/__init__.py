"""What stands beside the panes. A panel is a file here and a line in `panels.PANELS`."""
