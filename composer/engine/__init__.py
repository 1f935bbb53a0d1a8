"""The model in a process of its own: a client, a protocol, a worker that may die."""
