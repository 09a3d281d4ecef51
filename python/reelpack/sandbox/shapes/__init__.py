"""What comes and goes as JSON, written to the contract by itself: one class for each schema."""
