"""The daemon: owns the PTYs, the screens and the state, and decides everything."""
