"""What one can do with rounds: start one, send it, chase it, answer, pass on, close."""
