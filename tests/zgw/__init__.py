"""A stand-in for a registry behind the ZGW APIs: a real server on a port, which behaves as one was seen to behave."""
