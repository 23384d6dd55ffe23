"""Papers from bibliographic services: asked politely, and only when the user switched it on.

`resolver.Resolver` is the object to begin with. Importing this package alone loads no
network library, so that `import reviewkit` stays light.
"""
