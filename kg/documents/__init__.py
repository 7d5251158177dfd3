"""Documents told apart: what the head of one says of it, its identifier, and what looks wrong about it."""
