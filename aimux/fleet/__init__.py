"""Several hosts as one fleet, over NATS JetStream: a connection, what leaves, what comes."""
