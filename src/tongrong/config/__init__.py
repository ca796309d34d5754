"""Settings of the operational database and of the processes that use it."""
