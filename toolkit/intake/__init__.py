"""Old material from anybody: what is out of date or shuts people out in it."""
