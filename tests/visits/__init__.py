"""Reading a visit, and what it says of itself."""
