"""The services, one file each: what is asked, and a paper out of the answer."""
