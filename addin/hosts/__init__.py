"""The doors: whoever asks the service for something and tells a person what it said."""
