from .charters import CharterPage, ChartersPage, RepresentativesPage
from .directory import DirectoryPage
from .exhibition import ExhibitionPage, ExhibitPage, RoomPage, ScenePage, SchoolPack
from .files import Download, Picture, PictureRendition
from .links import LinkCheck, LostLink
from .news import EventPage, NewsIndexPage, NewsPage
from .newsletters import NewsletterPage
from .pages import NationalHomePage, OrganisationHomePage, SitesPage, StandardPage
from .routes import FinderPage, QuestionsPage, RegistrationPage, RoutesPage, TeachersPage
from .stories import StoriesPage, StoryPage

__all__ = [
    "CharterPage",
    "ChartersPage",
    "DirectoryPage",
    "Download",
    "EventPage",
    "ExhibitPage",
    "ExhibitionPage",
    "FinderPage",
    "LinkCheck",
    "LostLink",
    "NationalHomePage",
    "NewsIndexPage",
    "NewsPage",
    "NewsletterPage",
    "OrganisationHomePage",
    "Picture",
    "PictureRendition",
    "QuestionsPage",
    "RegistrationPage",
    "RepresentativesPage",
    "RoomPage",
    "RoutesPage",
    "ScenePage",
    "SchoolPack",
    "SitesPage",
    "StandardPage",
    "StoriesPage",
    "StoryPage",
    "TeachersPage",
]
