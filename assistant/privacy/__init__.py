"""What the machine says about itself and people's data."""
