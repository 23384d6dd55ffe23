"""What other programs put into a .bib file: ratings, comments, groups, and who they are."""

from reviewkit.dialects.metadata import Group, Metadata, metadata_of
from reviewkit.dialects.profile import Comment, Profile, profile_of
from reviewkit.dialects.programs import Evidence, Program, program_of
from reviewkit.dialects.seeking import profiles

__all__ = [
    "Comment",
    "Evidence",
    "Group",
    "Metadata",
    "Profile",
    "Program",
    "metadata_of",
    "profile_of",
    "profiles",
    "program_of",
]
