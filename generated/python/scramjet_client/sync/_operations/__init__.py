"""The methods of the client classes that come from the description."""
