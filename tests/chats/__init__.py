"""Reading a chat, and what it says of itself."""
