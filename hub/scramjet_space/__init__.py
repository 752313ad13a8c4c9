"""The Space and the Platform. They talk to Hubs over their API and never import the Hub."""
