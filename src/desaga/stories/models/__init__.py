from .calls import Call, Contribution, ContributionPicture, OfferedStory
from .stories import (
    FieldTag,
    Story,
    StoryApproval,
    StoryEvent,
    StoryKey,
    StoryPicture,
    StoryPictureContent,
    StoryVersion,
    StoryVideo,
    StoryVideoContent,
)

__all__ = [
    "Call",
    "Contribution",
    "ContributionPicture",
    "FieldTag",
    "OfferedStory",
    "Story",
    "StoryApproval",
    "StoryEvent",
    "StoryKey",
    "StoryPicture",
    "StoryPictureContent",
    "StoryVersion",
    "StoryVideo",
    "StoryVideoContent",
]
