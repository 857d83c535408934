"""The kinds of providers, and how a rule compares what a provider says of somebody."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """The two ways in which institutions let their people sign in elsewhere."""

    OIDC = "oidc", "OpenID Connect"
    SAML = "saml", "SAML"


class Operator(TextChoices):
    """How an attribute is compared. An attribute with several values matches if one of them does."""

    EQUALS = "equals", "is"
    ONE_OF = "one_of", "is one of"
    CONTAINS = "contains", "contains"


#: The most specific rule wins: the higher, the more specific.
SPECIFICITY = {Operator.EQUALS: 3, Operator.ONE_OF: 2, Operator.CONTAINS: 1}


class Gone(TextChoices):
    """Why somebody no longer comes in through a provider."""

    BY_HAND = "by_hand", "Ended by the lead"
    REFUSED = "refused", "The provider no longer knows the account"
