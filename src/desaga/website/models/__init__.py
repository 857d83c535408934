from .files import Download, Picture, PictureRendition
from .pages import NationalHomePage, OrganisationHomePage, SitesPage, StandardPage
from .stories import StoriesPage, StoryPage

__all__ = [
    "Download",
    "NationalHomePage",
    "OrganisationHomePage",
    "Picture",
    "PictureRendition",
    "SitesPage",
    "StandardPage",
    "StoriesPage",
    "StoryPage",
]
