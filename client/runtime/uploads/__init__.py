"""What uploads are made of."""
