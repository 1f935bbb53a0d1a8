"""Writers: Evidence and a Brief in, events and at the end a Post out."""
