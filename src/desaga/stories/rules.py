"""Who may do what with stories. (The names are those that `website` and `stories` agreed on.)"""

import rules

from desaga.organisations.rules import has_role, is_lead, runs_the_programme
from desaga.organisations.states import Role

edits_stories = runs_the_programme | has_role(Role.EDITOR)
publishes_stories = is_lead

rules.add_perm("stories.see", edits_stories | publishes_stories)
# To write stories, ask the person, run calls, hand in, take down.
rules.add_perm("stories.edit", edits_stories)
# To moderate: publish what an editor handed in, or give it back.
rules.add_perm("stories.publish", publishes_stories)
