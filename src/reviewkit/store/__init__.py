"""The operation log on disk: durable appends, incremental reading, watching."""
