"""The tools by which agents reach each other."""

EXCHANGE_TOOLS = ()
