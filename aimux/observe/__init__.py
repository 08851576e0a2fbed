"""What was run and asked for, kept and searched; and what may be done next. It is given a store."""
