"""同融 (Tongrong): a fact is entered once; every requirement that reads it is computed."""
