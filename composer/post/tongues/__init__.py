"""The built-in writer for the languages that have a file in `resources/tongues`."""
