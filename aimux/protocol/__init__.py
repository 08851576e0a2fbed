"""What processes say to each other: messages and framing."""
