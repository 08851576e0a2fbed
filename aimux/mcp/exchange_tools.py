"""x"""
EXCHANGE_TOOLS = ()
