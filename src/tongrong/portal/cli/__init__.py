"""The command line `tongrong`: one file a command; heavy rooms are imported inside them."""
