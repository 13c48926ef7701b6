"""The gold graphs of the seed articles, and the floors that the figures of a build must not fall below."""
